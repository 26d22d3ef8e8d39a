/** What stands in the message box, as one text, and where each of its characters is in the document. */

/** A part of the box's text and the node that it comes from. Lengths and places are UTF-16 units, as in the DOM. */
interface Piece {
  readonly node: Node;
  readonly start: number;
  readonly length: number;
}

interface Written {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** From the first to behind the last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Paragraphs, one a line; the placeholder stands beside them and is not read. */
function blocksOf(box: Element): readonly Element[] {
  const blocks = [...box.querySelectorAll("p, li")].filter((block) => !block.querySelector("p, li"));
  return blocks.length > 0 ? blocks : [box];
}

/** Emoji pictures count as their characters. A `<br>` that only keeps a paragraph open is nothing. */
function read(box: Element): Written {
  const pieces: Piece[] = [];
  let text = "";
  for (const [index, block] of blocksOf(box).entries()) {
    if (index > 0) text += "\n";
    // Marks where the paragraph begins: it may hold nothing.
    pieces.push({ node: block, start: text.length, length: 0 });
    const first = text.length;
    const add = (node: Node, value: string): void => {
      pieces.push({ node, start: text.length, length: value.length });
      text += value;
    };
    const visit = (node: Node): void => {
      if (node.nodeType === 3) add(node, node.nodeValue ?? "");
      else if (node.nodeType === 1) {
        const element = node as Element;
        if (element.tagName === "BR") add(element, "\n");
        else if (element.tagName === "IMG") add(element, element.getAttribute("alt") ?? "");
        else for (const child of element.childNodes) visit(child);
      }
    };
    for (const child of block.childNodes) visit(child);
    const last = pieces[pieces.length - 1];
    if (last && text.length > first && text.endsWith("\n")) {
      text = text.slice(0, -1);
      pieces[pieces.length - 1] = { ...last, length: last.length - 1 };
    }
  }
  return { text, pieces };
}

/** The lines of the box, joined by newlines. */
export function writtenIn(box: Element): string {
  return read(box).text;
}

/** Texts that a person cannot tell apart: the page writes some spaces as no-break ones. */
export function sameWords(one: string, other: string): boolean {
  return words(one) === words(other);
}

function words(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\u00a0", " ");
}

/** What is selected in the box; start and end are the same where only the cursor is there. Null: nothing in the box. */
export function selectedIn(box: Element): Span | null {
  const selection = box.ownerDocument.getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode) return null;
  if (!box.contains(anchorNode) || !box.contains(focusNode)) return null;
  const { pieces } = read(box);
  const ends = [
    placeOf(pieces, anchorNode, selection.anchorOffset),
    placeOf(pieces, focusNode, selection.focusOffset),
  ];
  return { start: Math.min(...ends), end: Math.max(...ends) };
}

/** Select a part of the box's text. The editor learns of it by the next `selectionchange`. */
export function select(box: Element, { start, end }: Span): void {
  const { pieces } = read(box);
  const from = pointAt(pieces, start);
  const to = pointAt(pieces, end);
  box.ownerDocument.getSelection()?.setBaseAndExtent(...from, ...to);
}

function placeOf(pieces: readonly Piece[], node: Node, offset: number): number {
  const own = pieces.find((piece) => piece.node === node);
  if (own && node.nodeType === 3) return own.start + Math.min(offset, own.length);
  const child = node.childNodes[offset];
  if (child) {
    const at = pieces.find(
      (piece) =>
        child.contains(piece.node) ||
        child.compareDocumentPosition(piece.node) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    if (at) return at.start;
  }
  const inside = pieces.filter((piece) => node.contains(piece.node));
  const last = inside[inside.length - 1] ?? pieces[pieces.length - 1];
  return last ? last.start + last.length : 0;
}

function pointAt(pieces: readonly Piece[], place: number): [Node, number] {
  const around = pieces.filter((piece) => piece.start <= place && place <= piece.start + piece.length);
  const text = around.find((piece) => piece.node.nodeType === 3);
  if (text) return [text.node, place - text.start];
  const found = around[around.length - 1];
  if (!found) {
    const first = pieces[0] as Piece;
    return [first.node, 0];
  }
  const parent = found.node.parentNode;
  const isBlock = found.node.nodeName !== "BR" && found.node.nodeName !== "IMG";
  if (isBlock || !parent) return [found.node, 0];
  const behind = found.length > 0 && place > found.start ? 1 : 0;
  return [parent, [...parent.childNodes].indexOf(found.node as ChildNode) + behind];
}
