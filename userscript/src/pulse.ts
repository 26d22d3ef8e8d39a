/**
 * Proof of life: every five seconds, by a timer of its own, the script looks around as if nobody had told it anything.
 *
 * Observers can die without a trace and selectors can stop matching from one day to the next. What this look finds that
 * no observer announced was missed; what a screen must have and does not is broken.
 */
import type { Send } from "./bridge";
import { readRows } from "./read";
import type { Registry } from "./registry";
import { readScreen } from "./state";

/** `PULSE_S` of the contract, in milliseconds. */
export const PULSE_MS = 5_000;

/** So many letters in a conversation without a row that is known: they must stand in rows. */
const LETTERS_OF_ROWS = 120;
/** From so many rows on that cannot be read, the signs have changed and not the rows. */
const UNREADABLE_ROWS = 3;

/** Anchors of what is read and written, whose falling rank warns that the page has changed. */
const WATCHED = [
  "ready",
  "chat_grid",
  "chat_row",
  "chat_name",
  "conversation",
  "chat_title",
  "message",
  "text",
  "composer",
] as const;

export interface PulseOptions {
  readonly doc: Document;
  readonly registry: Registry;
  readonly send: Send;
  readonly lang: () => string | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds between two beats. */
  readonly everyMs: number;
  /** Read everything anew; the number of changes that nobody had announced. */
  readonly look: () => number;
  /** The person has stopped the capture: nothing is missed then, and nothing broken. */
  readonly paused: () => boolean;
}

/** Begin; the returned function ends it. */
export function startPulse(options: PulseOptions): () => void {
  const { doc, registry, send, now } = options;
  const best = new Map<string, number>();
  let overrides = registry.overrides;
  let due = now() + options.everyMs;
  let timer = setTimeout(beat, options.everyMs);

  function beat(): void {
    const late = Math.max(0, now() - due);
    due = now() + options.everyMs;
    timer = setTimeout(beat, options.everyMs);
    if (registry.overrides !== overrides) best.clear();
    overrides = registry.overrides;
    let missed = 0;
    let broken: string[] = [];
    try {
      missed = options.look();
      if (!options.paused()) broken = brokenAnchors(doc, registry, options.lang());
    } catch (error) {
      send({ kind: "fault", where: "pulse", error: error instanceof Error ? error.name : "unknown" });
    }
    send({
      kind: "pulse",
      late_ms: Math.round(late),
      missed,
      broken,
      worn: wornAnchors(doc, registry, best),
      online: doc.defaultView?.navigator.onLine ?? true,
      paused: options.paused(),
    });
  }

  return () => clearTimeout(timer);
}

/** What this screen must have and does not. Nothing is asked of screens other than the chats. */
export function brokenAnchors(doc: Document, registry: Registry, lang: string | null): string[] {
  if (readScreen(doc, registry).state !== "ready") return [];
  return [...brokenInList(doc, registry), ...brokenInConversation(doc, registry, lang)];
}

function brokenInList(doc: Document, registry: Registry): string[] {
  const grid = registry.find("chat_grid", doc)?.element;
  if (!grid) return ["chat_grid"];
  const rows = registry.findAll("chat_row", doc);
  // The grid says itself how many chats there are; a new account has none.
  if (rows.length === 0) return Number(grid.getAttribute("aria-rowcount") ?? 0) > 0 ? ["chat_row"] : [];
  return rows.some((row) => registry.find("chat_name", row)) ? [] : ["chat_name"];
}

function brokenInConversation(doc: Document, registry: Registry, lang: string | null): string[] {
  const main = registry.find("conversation", doc)?.element;
  if (!main) {
    const open = registry.findAll("chat_row", doc).some((row) => row.querySelector(registry.any("open_row")));
    return open ? ["conversation"] : [];
  }
  const broken: string[] = [];
  if (!registry.find("chat_title", doc)) broken.push("chat_title");
  if (!registry.find("composer", doc) && !registry.find("cannot_write", doc)) broken.push("composer");
  const rows = readRows(main, { registry, lang, now: null });
  if (rows.length === 0 && lettersOf(main) > LETTERS_OF_ROWS) broken.push("message");
  const blank = rows.filter(({ element, row }) => row?.kind === "unknown" && hasLetters(element));
  if (blank.length >= UNREADABLE_ROWS && blank.length * 2 > rows.length) broken.push("text");
  return broken;
}

/** Letters between the head of the conversation and its box. */
function lettersOf(main: Element): number {
  const around = [...main.querySelectorAll("header, footer")].map((part) => part.textContent ?? "");
  return (main.textContent ?? "").length - around.join("").length;
}

function hasLetters(element: Element): boolean {
  return /\p{L}{2}/u.test(element.textContent ?? "");
}

function wornAnchors(doc: Document, registry: Registry, best: Map<string, number>): string[] {
  return WATCHED.filter((name) => {
    const rank = registry.find(name, doc)?.rank;
    if (rank === undefined) return false;
    const before = best.get(name) ?? rank;
    best.set(name, Math.min(before, rank));
    return rank > before;
  });
}
