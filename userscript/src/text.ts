/** Text out of markup, as a person sees it. */
import { isReadMore, stripBidi } from "./labels";
import type { Registry } from "./registry";

/** Elements that begin on a line of their own. */
const BLOCKS = new Set(["LI", "P", "BLOCKQUOTE", "PRE"]);

/** What was read, and whether the page showed only a part of it. */
export interface ReadText {
  /** Never empty; null when there was no text. */
  readonly text: string | null;
  readonly truncated: boolean;
}

/**
 * The text of a message.
 *
 * The page writes newlines inside its spans, emoji as pictures, list bullets and quote marks in attributes, and hides
 * a second copy of the time beside the text: so neither `innerText` nor `textContent` of the whole bubble will do.
 * Bidi marks are removed and the end is trimmed.
 */
export function readText(element: Element, registry: Registry): ReadText {
  const dropped = `[aria-hidden="true"], svg, ${registry.any("quoted")}, ${registry.any("read_more")}`;
  const out: string[] = [];
  let truncated = false;

  function lineStart(): void {
    const last = out.at(-1);
    if (last !== undefined && !last.endsWith("\n")) out.push("\n");
  }

  function walk(node: Node): void {
    if (node.nodeType === 3) {
      if (node.nodeValue && !isIndentation(node, element)) out.push(node.nodeValue);
      return;
    }
    if (node.nodeType !== 1) return;
    const child = node as Element;
    if (child !== element && child.matches(dropped)) {
      truncated ||= child.matches(registry.any("read_more"));
      return;
    }
    if (child.getAttribute("role") === "button" && isReadMore(child.textContent ?? "")) {
      truncated = true;
      return;
    }
    if (child.tagName === "IMG") {
      out.push(child.getAttribute("alt") ?? child.getAttribute("data-plain-text") ?? "");
      return;
    }
    if (isLargeEmoji(child)) {
      walk(child.children[0] as Element);
      return;
    }
    if (child.tagName === "BR") {
      out.push("\n");
      return;
    }
    if (BLOCKS.has(child.tagName)) lineStart();
    const prefix = child.getAttribute("data-pre-plain-text");
    if (prefix !== null && !prefix.startsWith("[")) out.push(prefix);
    for (const grandchild of child.childNodes) walk(grandchild);
    if (BLOCKS.has(child.tagName)) lineStart();
  }

  walk(element);
  const text = stripBidi(out.filter((piece) => piece !== "").join("")).trimEnd();
  return { text: text === "" ? null : text, truncated };
}

/**
 * One large emoji that is still loading: a coarse picture of it under the fine one. Each large emoji has a frame of its
 * own, in a block; a text's emoji have none, and neither have large ones in some builds: there two are two.
 */
function isLargeEmoji(element: Element): boolean {
  const [coarse, fine, ...more] = element.children;
  return (
    element.tagName === "SPAN" &&
    element.parentElement?.tagName === "DIV" &&
    more.length === 0 &&
    coarse?.tagName === "IMG" &&
    fine?.tagName === "IMG" &&
    coarse.getAttribute("alt") === fine.getAttribute("alt") &&
    (element.textContent ?? "").trim() === ""
  );
}

/** White space that a saved and re-indented file has between the tags; the page's own newlines are inside its spans. */
function isIndentation(node: Node, root: Element): boolean {
  if (node.parentNode !== root || root.childElementCount === 0) return false;
  const value = node.nodeValue ?? "";
  const atEdge = node === root.firstChild || node === root.lastChild;
  return /^\s*$/.test(value) && (atEdge ? value.includes("\n") : /\n[ \t]+$/.test(value));
}

/** Text of a name or title on one line: emoji pictures as characters, no drawings, outer spaces trimmed. */
export function lineOf(element: Element): string {
  const gather = (parent: Element): string =>
    [...parent.childNodes]
      .map((node) => {
        if (node.nodeType === 3) return node.nodeValue ?? "";
        if (node.nodeType !== 1) return "";
        const child = node as Element;
        if (child.tagName === "IMG") return child.getAttribute("alt") ?? "";
        return child.tagName.toLowerCase() === "svg" ? "" : gather(child);
      })
      .join("");
  return stripBidi(gather(element)).replace(/\s+/g, " ").trim();
}

/**
 * Texts of the innermost elements, in document order: what a meta line is made of. It has no emoji, so what a picture is
 * called is no word of it: a photograph may bear its whole caption as its name.
 */
export function leafTexts(root: Element, skip: (element: Element) => boolean): string[] {
  const texts: string[] = [];
  const visit = (element: Element): void => {
    if (skip(element) || element.tagName.toLowerCase() === "svg") return;
    let own = "";
    for (const node of element.childNodes) {
      if (node.nodeType === 3) own += node.nodeValue ?? "";
      else if (node.nodeType === 1) {
        push(own);
        own = "";
        visit(node as Element);
      }
    }
    push(own);
  };
  const push = (text: string): void => {
    const clean = stripBidi(text).trim();
    if (clean !== "") texts.push(clean);
  };
  visit(root);
  return texts;
}

/** Text of a notice: inline elements run on, blocks begin a new line; null when there is none. */
export function blockText(root: Element, skip: (element: Element) => boolean): string | null {
  let text = "";
  const visit = (element: Element): void => {
    const isBlock = element.tagName === "DIV" || BLOCKS.has(element.tagName);
    if (isBlock) text += "\n";
    for (const node of element.childNodes) {
      if (node.nodeType === 3) text += (node.nodeValue ?? "").replace(/\s+/g, " ");
      else if (node.nodeType === 1) {
        const child = node as Element;
        if (child.tagName === "IMG") text += child.getAttribute("alt") ?? "";
        else if (child.tagName.toLowerCase() !== "svg" && !skip(child)) visit(child);
      }
    }
    if (isBlock) text += "\n";
  };
  visit(root);
  const lines = stripBidi(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length > 0 ? lines.join("\n") : null;
}
