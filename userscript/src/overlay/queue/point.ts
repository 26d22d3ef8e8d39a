/**
 * Points at a chat in WhatsApp's own list, for the person to open. Nothing is clicked, opened or given the focus: the list
 * is scrolled, as a wheel would, and a ring of our own stands around the row for a while.
 *
 * The list is virtual: rows out of sight are not in the document, and a row is handed on to another chat while scrolling.
 */
import { type ChatRow, chatRows } from "../../chats";
import type { QueueLine } from "../../contract.gen";
import type { Registry } from "../../registry";
import { createRing, type Ring } from "./ring";

/** `search`: the list shows results of a search. `missing`: not found. `dropped`: something else was asked meanwhile. */
export type Pointed = "found" | "search" | "missing" | "dropped";
export type Aim = Pick<QueueLine, "title" | "twin" | "text">;

export interface Pointer {
  pointAt(aim: Aim): Promise<Pointed>;
  /** Take the ring away. */
  leave(): void;
  dispose(): void;
}

/** How long the ring stays, in milliseconds. */
const SHOWN_MS = 8_000;
/** A list is looked through in so many steps at most; each shows most of the next page. */
const STEPS = 120;
const STEP = 0.8;
/** Rows are there a moment after scrolling; they are not waited for longer than this, in milliseconds. */
const RENDERED_MS = 400;
/** Pixels from the edge of the list, inside which its last rows must be there. */
const EDGE = 4;
/** The agent cuts last words to this length. */
const LONGEST_TEXT = 300;

export function createPointer(doc: Document, registry: Registry, ring: Ring = createRing(doc)): Pointer {
  const view = doc.defaultView as Window & typeof globalThis;
  let now = new AbortController();

  const rows = (): ChatRow[] => chatRows(doc, registry, doc.documentElement.lang || null, null);

  async function pointAt(aim: Aim): Promise<Pointed> {
    leave();
    const { signal } = now;
    if (isSearching()) return "search";
    const pane = paneOf();
    if (!pane) return "missing";
    const looking = new AbortController();
    // The person's own hand goes first.
    for (const type of ["wheel", "pointerdown", "keydown"]) {
      pane.addEventListener(type, leave, { signal: looking.signal, passive: true, capture: true });
    }
    const found = choose(namesakes(rows(), aim), aim, false) ?? (await lookThrough(pane, aim, signal));
    looking.abort();
    if (signal.aborted) return "dropped";
    if (!found) return "missing";
    bringIntoView(found.row, pane);
    await rendered(pane, signal);
    if (signal.aborted) return "dropped";
    follow(aim, found, pane, signal);
    return "found";
  }

  function leave(): void {
    now.abort();
    now = new AbortController();
    ring.hide();
  }

  /** From the top to the end, a page at a time. The list goes back to where it was if the chat is not in it. */
  async function lookThrough(pane: Element, aim: Aim, signal: AbortSignal): Promise<ChatRow | null> {
    const start = pane.scrollTop;
    const met = new Map<number, { entry: ChatRow; at: number }>();
    scrollTo(pane, 0);
    for (let step = 0; step < STEPS; step++) {
      await rendered(pane, signal);
      if (signal.aborted) return null;
      for (const entry of namesakes(rows(), aim)) met.set(entry.top, { entry, at: pane.scrollTop });
      const sure = choose(inOrder(met), aim, false);
      if (sure?.row.isConnected && same(sure, rows())) return sure;
      const before = pane.scrollTop;
      scrollTo(pane, before + pane.clientHeight * STEP);
      if (pane.scrollTop <= before) break;
    }
    const best = choose(inOrder(met), aim, true);
    const seen = best && met.get(best.top);
    scrollTo(pane, seen ? seen.at : start);
    if (!best) return null;
    await rendered(pane, signal);
    return signal.aborted ? null : same(best, rows());
  }

  /** Keep the ring on the row while the list moves, and end it after a while or when the person takes over. */
  function follow(aim: Aim, found: ChatRow, pane: Element, signal: AbortSignal): void {
    let entry: ChatRow | null = found;
    let asked = 0;
    const place = () => {
      asked = 0;
      if (signal.aborted) return;
      entry = (entry && same(entry, rows())) ?? choose(namesakes(rows(), aim), aim, true);
      if (entry && !isSearching())
        ring.surround(entry.row.getBoundingClientRect(), pane.getBoundingClientRect());
      else ring.hide();
    };
    const soon = () => {
      asked ||= view.requestAnimationFrame(place);
    };
    const options = { signal, passive: true, capture: true };
    view.addEventListener("scroll", soon, options);
    view.addEventListener("resize", soon, options);
    pane.addEventListener("pointerdown", leave, options);
    const observer = new MutationObserver(soon);
    observer.observe(pane, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["style", "title"],
    });
    const timer = setTimeout(leave, SHOWN_MS);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      clearTimeout(timer);
      view.cancelAnimationFrame(asked);
    });
    place();
  }

  /** What scrolls the rows. A list that is short enough scrolls nothing. */
  function paneOf(): Element | null {
    const grid = registry.find("chat_grid", doc)?.element ?? null;
    for (let at = grid; at && at !== doc.body; at = at.parentElement) {
      const scrolls = /auto|scroll|overlay/.test(view.getComputedStyle(at).overflowY);
      if (scrolls && at.scrollHeight > at.clientHeight) return at;
    }
    return registry.find("ready", doc)?.element ?? grid;
  }

  function isSearching(): boolean {
    const box = registry.find("search", doc)?.element;
    const words = box instanceof view.HTMLInputElement ? box.value : (box?.textContent ?? "");
    return words.trim() !== "";
  }

  function bringIntoView(row: Element, pane: Element): void {
    const box = row.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top >= frame.top && box.bottom <= frame.bottom) return;
    scrollTo(pane, pane.scrollTop + (box.top + box.bottom) / 2 - (frame.top + frame.bottom) / 2);
  }

  /** Wait until rows stand wherever the list is seen: those of before reach into the new page, too. */
  async function rendered(pane: Element, signal: AbortSignal): Promise<void> {
    const last = view.performance.now() + RENDERED_MS;
    do await nextFrame(view);
    while (!signal.aborted && !isFilled(pane) && view.performance.now() < last);
  }

  function isFilled(pane: Element): boolean {
    const { top, bottom } = pane.getBoundingClientRect();
    const boxes = registry.findAll("chat_row", doc).map((row) => row.getBoundingClientRect());
    const isRow = (y: number) => boxes.some((box) => box.top <= y && box.bottom >= y);
    return [top + EDGE, (top + bottom) / 2, bottom - EDGE].every(isRow);
  }

  return {
    pointAt,
    leave,
    dispose() {
      leave();
      ring.dispose();
    },
  };
}

function scrollTo(pane: Element, top: number): void {
  pane.scrollTo({ top, behavior: "instant" });
}

/** A frame, or a moment where no frame comes. */
function nextFrame(view: Window): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    view.requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function namesakes(rows: readonly ChatRow[], { title }: Aim): ChatRow[] {
  return rows.filter(({ chat }) => chat.title === title);
}

function inOrder(met: ReadonlyMap<number, { entry: ChatRow }>): ChatRow[] {
  return [...met.values()].map(({ entry }) => entry).sort((a, b) => a.top - b.top);
}

/** The same chat in a later reading; null: its row shows another one now, or is gone. */
function same({ chat, top }: ChatRow, rows: readonly ChatRow[]): ChatRow | null {
  const there = rows.find((one) => one.top === top);
  return there?.chat.title === chat.title && there.chat.last_text === chat.last_text ? there : null;
}

/**
 * Which of the rows of one title is meant. Titles are not unique: the last words tell twins apart, and where they are the
 * same too, the order does. `all`: there are no others, so the likeliest one is taken.
 */
export function choose(rows: readonly ChatRow[], { twin, text }: Aim, all: boolean): ChatRow | null {
  const says = ({ chat }: ChatRow) => (chat.last_text?.slice(0, LONGEST_TEXT) ?? null) === text;
  const alike = rows.filter(says);
  const [first] = alike;
  if (!all) {
    if (twin === 0) return first ?? null;
    const there = rows[twin];
    return there && says(there) ? there : null;
  }
  if (alike.length === 1) return first ?? null;
  const left = alike.length > 0 ? alike : rows;
  return left[Math.min(twin, left.length - 1)] ?? null;
}
