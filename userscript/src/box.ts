/** The message box: what it holds, whose it is, and when two texts are the same to a person. */
import { stripBidi } from "./labels";
import { lineOf } from "./text";
import { writtenIn } from "./written";

/** Labels of builds that do not name the chat (before about 2025); those builds show the same text as placeholder. */
const PLAIN_LABELS = new Set([
  "digite uma mensagem",
  "mensagem",
  "type a message",
  "escribe un mensaje",
  "escreva uma mensagem",
  "scrivi un messaggio",
]);

/** What may not be inserted: control characters but newlines, and marks that turn the direction of the text around. */
const UNWANTED = /(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A reply as it is inserted: newlines as `\n`, no control characters, nothing empty at the end. */
export function cleanReply(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(UNWANTED, "")
    .trimEnd();
}

/** The lines of the box, one a paragraph or `<br>`. */
export function boxLines(box: Element): string[] {
  return writtenIn(box).split("\n");
}

/** Whether nobody has written anything: a space is already a draft, invisible marks are not. */
export function isEmpty(box: Element): boolean {
  return boxLines(box).every((line) => line.replace(/[\u200b-\u200d\ufeff]/g, "") === "");
}

/**
 * What must be the same for a text to count as inserted: letters and digits, line by line. WhatsApp turns hyphens into
 * bullets, spaces into no-break ones and emoji into pictures. A line without letters or digits only has to be there.
 */
export function essence(lines: readonly string[]): string {
  return lines
    .filter((line) => stripBidi(line).trim() !== "")
    .map((line) => line.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "") || "·")
    .join("\n");
}

/**
 * Whether all that a box holds can have come from inserting `wanted`: a part of it, its lines run together, or the
 * whole twice. Anything else was written by the person. Both are essences.
 */
export function isOnlyOurs(held: string, wanted: string): boolean {
  const flat = wanted.replaceAll("\n", "");
  return (flat + flat).startsWith(held.replaceAll("\n", ""));
}

/** A chat's name for comparison: no bidi marks, one kind of space and hyphen. */
export function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

function nameKey(name: string): string {
  return stripBidi(name)
    .normalize("NFC")
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

/** Title of the conversation as its header shows it. */
export function titleOf(header: Element): string {
  return lineOf(header);
}

/**
 * Whether the box is the named chat's: its label ends with the name (`Digite uma mensagem para Maria`), as a whole
 * word. Labels spell emoji as characters or leave them out, so letters and digits decide where there are any. A label
 * that names nobody proves nothing, neither way.
 */
export function isBoxOf(box: Element, title: string): boolean {
  const label = nameKey(box.getAttribute("aria-label") ?? "");
  const placeholder = nameKey(box.getAttribute("aria-placeholder") ?? "");
  if (label === "" || label === placeholder || PLAIN_LABELS.has(label.toLowerCase())) return true;
  const name = nameKey(title);
  if (label.endsWith(` ${name}`)) return true;
  const wanted = words(name);
  return wanted.length > 0 && words(label).slice(-wanted.length).join(" ") === wanted.join(" ");
}

/** How a label begins that names a chat; one that begins otherwise may name nobody. */
const NAMING =
  /^(?:(?:digite|escreva) uma mensagem para|mensagem para|(?:type|send|write) a message to|message to|escrib(?:e|ir) un mensaje (?:para|a)|(?:digita|scrivi) un messaggio (?:per|a)) /i;

/** Whether the label surely names a chat, whichever it is. */
export function namesSomebody(box: Element): boolean {
  return NAMING.test(nameKey(box.getAttribute("aria-label") ?? ""));
}

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
