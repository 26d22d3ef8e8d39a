/**
 * The page's structure and nobody's words: what a person can hand to support when WhatsApp has changed its page.
 *
 * Tags, nesting, the names of attributes, and the values of a few attributes that are markup. Every word of it has to
 * stand in `markup-words.json`; whatever does not is masked, here and once more by the agent before it writes the file.
 */
import words from "../markup-words.json";

export interface Structure {
  /** One element a line, indented by a blank a level. */
  readonly lines: string[];
  /** Pieces that no list knows: they stand as `*`. */
  readonly masked: number;
  /** The page was larger than a dump may be. */
  readonly cut: boolean;
}

/** Attributes whose values are shown; of all others the name alone is. */
const SHOWN = new Set([
  "role",
  "id",
  "data-testid",
  "data-icon",
  "aria-selected",
  "contenteditable",
  "type",
  "dir",
]);
/** A tab stop of WhatsApp's: small numbers with a fixed meaning each. */
const TAB_STOP = "data-tab";
const HIGHEST_TAB = 20;

/** Elements whose inside says nothing about the page. */
const CLOSED = new Set(["head", "script", "style", "template", "noscript", "iframe", "canvas", "picture"]);

const MOST_LINES = 3_000;
const DEEPEST = 60;
/** Children of one parent that look the same from outside and differ within: so many are shown, the rest counted. */
const MOST_ALIKE = 6;
const MOST_ATTRIBUTES = 24;
const LONGEST_VALUE = 80;

const TAGS = listed(words.tags);
const NAMES = listed([...words.names, ...words.values]);
const VALUES = listed(words.values);

function listed(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(" ").split(" "));
}

/** A subtree; equal ones have the same number. */
interface Part {
  readonly id: number;
  readonly head: string;
  readonly children: { part: Part; count: number; further: number }[];
}

/** Write down what is below `root`, without a word of what it says. */
export function structureOf(root: Element): Structure {
  const known = new Map<string, number>();
  let masked = 0;
  const mask = (text: string, list: ReadonlySet<string>): string => {
    const safe = maskWords(text, list);
    masked += safe.split("*").length - 1;
    return safe;
  };

  function partOf(element: Element, depth: number): Part {
    const head = headOf(element, mask);
    const children: Part["children"] = [];
    if (depth < DEEPEST && !CLOSED.has(element.localName)) {
      for (const child of element.children) place(partOf(child, depth + 1), children);
    }
    const key = [head, ...children.map(({ part }) => part.id)].join("|");
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    return { id, head, children };
  }

  const lines: string[] = [];
  let cut = false;

  function write(part: Part, depth: number, count: number, further: number): void {
    if (lines.length >= MOST_LINES) {
      cut = true;
      return;
    }
    lines.push(" ".repeat(depth) + part.head + times(count));
    for (const child of part.children) write(child.part, depth + 1, child.count, child.further);
    if (further > 0) lines.push(`${" ".repeat(depth)}${part.head} x ${further} more`);
  }

  write(partOf(root, 0), 0, 1, 0);
  return { lines, masked, cut };
}

/** Put a child beside its likes: one that is the same is counted, and of those that differ within only some are kept. */
function place(part: Part, siblings: Part["children"]): void {
  const same = siblings.find((sibling) => sibling.part.id === part.id);
  const alike = siblings.filter((sibling) => sibling.part.head === part.head);
  const last = alike.at(-1);
  if (same) same.count += 1;
  else if (last && alike.length >= MOST_ALIKE) last.further += 1;
  else siblings.push({ part, count: 1, further: 0 });
}

function times(count: number): string {
  return count > 1 ? ` x ${count}` : "";
}

type Mask = (text: string, list: ReadonlySet<string>) => string;

function headOf(element: Element, mask: Mask): string {
  const tag = element.localName.toLowerCase();
  const parts = [TAGS.has(tag) ? tag : mask("?", TAGS)];
  for (const { name, value } of [...element.attributes].slice(0, MOST_ATTRIBUTES)) {
    const shown = mask(name.toLowerCase(), NAMES);
    parts.push(name === TAB_STOP || SHOWN.has(name) ? `${shown}="${shownValue(name, value, mask)}"` : shown);
  }
  if ([...element.childNodes].some((node) => node.nodeType === 3 && (node.nodeValue ?? "").trim() !== "")) {
    parts.push("(text)");
  }
  return parts.join(" ");
}

function shownValue(name: string, value: string, mask: Mask): string {
  if (name !== TAB_STOP) return mask(value.slice(0, LONGEST_VALUE), VALUES);
  return /^\d{1,2}$/.test(value) && Number(value) <= HIGHEST_TAB ? value : mask("?", VALUES);
}

/** Every word that the list does not have becomes `*`, and so does all that is no word or joint. */
function maskWords(text: string, list: ReadonlySet<string>): string {
  return text
    .split(/([-_:. ]+)/)
    .map((piece, place) => (place % 2 === 1 || piece === "" ? piece : maskPiece(piece, list)))
    .join("")
    .replace(/\*(?:[-_:. ]*\*)+/g, "*");
}

/** A piece with a digit or a foreign letter is an id or a name, whole; in others each word of `camelCase` counts. */
function maskPiece(piece: string, list: ReadonlySet<string>): string {
  if (!/^[a-z]+$/i.test(piece)) return "*";
  const parts = piece.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  return parts.map((part) => (list.has(part.toLowerCase()) ? part : "*")).join("");
}
