/** The slash in the message box, read where the person types; and the cursor there. Nothing is written. */

/** So much before the cursor is looked at: the longest typed word, and what stands before its slash. */
const REACH = 48;
const SLASH = /(?:^|\s)(\/(?:[^\s/][^\n/]{0,39})?)$/u;

/** What was typed from its slash on, where it opens the list: at the start of a line or after a space. Else null. */
export function slashIn(before: string): string | null {
  return SLASH.exec(before)?.[1] ?? null;
}

/**
 * The text of the line before the cursor, as far as it matters; null where there is no cursor in the box.
 *
 * Only what lies before the cursor is read, and not all of that: a person may have pasted a whole book, and this runs
 * with every key.
 */
export function beforeCursor(box: Element, selection: Selection | null): string | null {
  const node = selection?.isCollapsed ? selection.anchorNode : null;
  if (!selection || !node || !box.contains(node)) return null;
  const line = lineAround(node, box);
  if (node.nodeType === 3) return ending(node, (node.nodeValue ?? "").slice(0, selection.anchorOffset), line);
  let last: Node | null = node.childNodes[selection.anchorOffset - 1] ?? null;
  if (!last) return ending(node, "", line);
  while (last.lastChild) last = last.lastChild;
  return ending(last, said(last), line);
}

/** The line that a place is in: a paragraph, an entry of a list, or the box itself. */
function lineAround(node: Node, box: Element): Element {
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement;
  const line = element?.closest("p, li") ?? box;
  return box.contains(line) ? line : box;
}

/** The text up to and with a node, going back no further than is needed. */
function ending(node: Node, own: string, line: Element): string {
  let text = own;
  const walker = line.ownerDocument.createTreeWalker(line, 5);
  walker.currentNode = node;
  while (text.length < REACH && !text.includes("\n")) {
    const before = walker.previousNode();
    if (!before || before === line) break;
    text = said(before) + text;
  }
  return text.slice(text.lastIndexOf("\n") + 1).slice(-REACH);
}

/** An emoji is a picture with its character as the description. */
function said(node: Node): string {
  if (node.nodeType === 3) return node.nodeValue ?? "";
  const { tagName } = node as Element;
  if (tagName === "BR") return "\n";
  return tagName === "IMG" ? (node as Element).getAttribute("alt") || "\ufffc" : "";
}

/** A place in the box. */
export interface Cursor {
  readonly node: Node;
  readonly offset: number;
}

/** Where the cursor is in the box; null where it is elsewhere. */
export function cursorIn(box: Element | null): Cursor | null {
  const selection = box?.ownerDocument.getSelection() ?? null;
  const node = selection?.focusNode ?? null;
  return selection && node && box?.contains(node) ? { node, offset: selection.focusOffset } : null;
}

/** The person was in a field of the card and goes on where they were in the box; at its end, where that is gone. */
export function putCursor(box: Element | null, cursor: Cursor | null): void {
  const selection = box?.ownerDocument.getSelection();
  if (!(box instanceof HTMLElement) || !selection || box.ownerDocument.activeElement === box) return;
  box.focus();
  if (cursor && box.contains(cursor.node)) selection.collapse(cursor.node, cursor.offset);
  else {
    selection.selectAllChildren(box);
    selection.collapseToEnd();
  }
}
