/** Which canned replies fit what was typed, the best first. Pure. */
import type { ShelfReply } from "../../contract.gen";

/** A reply with its words folded, so that each key costs no more than a look through them. */
export interface Known {
  readonly reply: ShelfReply;
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
}

/** A piece of a line, and whether it was typed. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** So many characters before the first hit are shown of a text. */
const LEAD = 18;
/** No more of a text than this is looked at for its one line. */
const LINE = 240;
/** Two letters stand inside too many words. */
const INSIDE_FROM = 3;

/** Without case and accents: nobody types "promoção" whole. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Prepare the replies once; they change seldom, and keys come often. */
export function prepared(replies: readonly ShelfReply[]): Known[] {
  return replies.map((reply) => ({
    reply,
    shortcut: folded(reply.shortcut ?? "").replace(/^\//, ""),
    title: folded(reply.title),
    text: folded(reply.text),
  }));
}

/** The typed words, folded. */
export function wordsOf(query: string): string[] {
  return folded(query).split(/\s+/).filter(Boolean);
}

/**
 * The replies that have every typed word, the best first: by its shortcut, the beginning of its title, the beginning of
 * words, anything inside. Among equals the ones for this intent where nothing was typed, then the most used, then the
 * file's order.
 */
export function matching(known: readonly Known[], query: string, intent: string | null): ShelfReply[] {
  const words = wordsOf(query);
  const whole = words.join(" ");
  const found: { reply: ShelfReply; rank: number; near: boolean }[] = [];
  for (const one of known) {
    const rank = rankOf(one, whole, words);
    if (rank === null) continue;
    const near = words.length === 0 && intent !== null && one.reply.intents.includes(intent);
    found.push({ reply: one.reply, rank, near });
  }
  // Sorting is stable: the file's order stays among equals.
  found.sort((a, b) => a.rank - b.rank || Number(b.near) - Number(a.near) || b.reply.uses - a.reply.uses);
  return found.map(({ reply }) => reply);
}

function rankOf({ shortcut, title, text }: Known, whole: string, words: readonly string[]): number | null {
  if (words.length === 0) return 0;
  if (shortcut !== "" && shortcut.startsWith(whole)) return shortcut === whole ? 0 : 1;
  if (title.startsWith(whole)) return 2;
  if (words.every((word) => begins(title, word))) return 3;
  const inside = words.length === 1 && whole.length >= INSIDE_FROM;
  if (inside && (title.includes(whole) || shortcut.includes(whole))) return 4;
  if (words.every((word) => begins(text, word) || begins(title, word))) return 5;
  return inside && text.includes(whole) ? 6 : null;
}

/** Whether a word of `text` begins so. */
function begins(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] as string)) return true;
  }
  return false;
}

/** A line in pieces: what was typed in it, and what stands between. */
export function marked(line: string, words: readonly string[]): Piece[] {
  const { plain, from } = foldedWithPlaces(line);
  const hits = new Uint8Array(line.length);
  for (const word of words) {
    for (const at of placesOf(plain, word)) {
      hits.fill(1, from[at], from[at + word.length] ?? line.length);
    }
  }
  const pieces: Piece[] = [];
  for (let start = 0; start < line.length; ) {
    let end = start + 1;
    while (end < line.length && hits[end] === hits[start]) end++;
    pieces.push({ text: line.slice(start, end), hit: hits[start] === 1 });
    start = end;
  }
  return pieces;
}

/** Where a word is marked: where words begin with it, else inside them, as it was found. */
function placesOf(plain: string, word: string): number[] {
  const all: number[] = [];
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) all.push(at);
  const beginnings = all.filter((at) => at === 0 || !/[\p{L}\p{N}]/u.test(plain[at - 1] as string));
  if (beginnings.length > 0) return beginnings;
  return word.length >= INSIDE_FROM ? all : [];
}

/** One line of a reply's text; it begins shortly before the first typed word. */
export function lineOf(text: string, words: readonly string[]): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const { plain, from } = foldedWithPlaces(flat.slice(0, 4 * LINE));
  const first = Math.min(...words.flatMap((word) => placesOf(plain, word).slice(0, 1)), plain.length);
  const at = from[first] ?? flat.length;
  if (first === plain.length || at <= 2 * LEAD) return flat.slice(0, LINE);
  const start = flat.indexOf(" ", at - LEAD) + 1;
  return `…${flat.slice(start > at ? at : start, at + LINE)}`;
}

/** The folded text, and from where in `text` each of its characters comes. */
function foldedWithPlaces(text: string): { plain: string; from: number[] } {
  let plain = "";
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = folded(character);
    for (let index = 0; index < piece.length; index++) from.push(at);
    plain += piece;
    at += character.length;
  }
  from.push(text.length);
  return { plain, from };
}
