/**
 * What changed since the last read of this opening of a chat. Pure: it is given rows and the time, and keeps no clock.
 *
 * A row is new only below the tail that the chat had when it was opened. Scrolling up, trimming (the page keeps about
 * 100 rows), virtualisation and re-mounting bring rows back or bring older ones: these are never new.
 */
import type { Change, Row, RowChange } from "./contract.gen";

/** One row of the document; `row` is null while it is virtualised. */
export interface WindowRow {
  readonly id: string;
  readonly row: Row | null;
}

/**
 * How long a row of which nothing is recognised is held back, and a row's reactions are kept after they went, in
 * milliseconds: its children may be on their way.
 */
export const HOLD_MS = 1_500;
/** So many rows may go from the end at once and still be deletions; trimming takes about 20. */
const MOST_DELETED_AT_ONCE = 3;

export class Differ {
  private readonly known = new Map<string, Row>();
  /** When an unrecognised row was first met. */
  private readonly held = new Map<string, number>();
  /** When a row was first met without the reactions that it had. */
  private readonly bare = new Map<string, number>();
  /** Ids at or above the tail of the moment when the baseline was complete, and everything below it. */
  private tail: string | null = null;
  private readonly below = new Set<string>();
  private lastWindow: readonly string[] = [];
  private settling = true;

  /** Is the baseline still being taken? */
  get isSettling(): boolean {
    return this.settling;
  }

  /** The baseline is complete: what appears below its last row from now on is new. */
  settle(window: readonly string[]): void {
    this.settling = false;
    this.tail = window.at(-1) ?? null;
  }

  /** Milliseconds until a row that is held back must be sent; null when none is. */
  nextDeadline(now: number): number | null {
    const first = Math.min(...this.held.values(), ...this.bare.values());
    return Number.isFinite(first) ? Math.max(0, first + HOLD_MS - now) : null;
  }

  /**
   * Compare a read with the one before.
   *
   * @param rows All rows of the document, top to bottom.
   * @param now Milliseconds of any steady clock.
   * @param seenMs When a row was first in the page, milliseconds since the epoch.
   */
  diff(rows: readonly WindowRow[], now: number, seenMs: (id: string) => number): RowChange[] {
    const window = rows.map(({ id }) => id);
    this.followDeletions(window);
    const isBelowTail = this.belowTail(window);
    const changes: RowChange[] = [];
    for (const [place, { id, row: shown }] of rows.entries()) {
      if (isBelowTail(place)) this.below.add(id);
      if (shown === null) continue;
      const known = this.known.get(id);
      const row = known ? this.withReactions(known, shown, now) : shown;
      const change = known ? changeOf(known, row) : this.firstChange(id, row, now);
      if (change === null) continue;
      const merged = known ? merge(known, row) : row;
      this.known.set(id, merged);
      changes.push({ change, row: merged, seen_ms: seenMs(id) });
    }
    this.lastWindow = window;
    return changes;
  }

  private firstChange(id: string, row: Row, now: number): Change | null {
    if (row.kind === "unknown") {
      const since = this.held.get(id) ?? now;
      this.held.set(id, since);
      if (now - since < HOLD_MS) return null;
    }
    this.held.delete(id);
    if (this.settling) return "baseline";
    return this.below.has(id) ? "new" : "history";
  }

  /** Reactions mount after their row: that they are gone is believed only when they stay away. */
  private withReactions(known: Row, row: Row, now: number): Row {
    if (known.reactions.length === 0 || row.reactions.length > 0) {
      this.bare.delete(row.id);
      return row;
    }
    const since = this.bare.get(row.id) ?? now;
    this.bare.set(row.id, since);
    if (now - since < HOLD_MS && row.kind !== "deleted") return { ...row, reactions: known.reactions };
    this.bare.delete(row.id);
    return row;
  }

  /** Which places of the window are certainly below the tail: behind it, or behind a row that is. */
  private belowTail(window: readonly string[]): (place: number) => boolean {
    if (this.settling) return () => false;
    if (this.tail === null) return () => true;
    const tailAt = window.indexOf(this.tail);
    const first = tailAt >= 0 ? tailAt : window.findIndex((id) => this.below.has(id));
    return (place) => first >= 0 && place > first;
  }

  /** The tail itself can be deleted: then the row above it is the tail. */
  private followDeletions(window: readonly string[]): void {
    if (this.settling || this.tail === null) return;
    const here = new Set(window);
    if (here.has(this.tail) || window.some((id) => this.below.has(id))) return;
    const gone = this.lastWindow.filter((id) => !here.has(id));
    const survivors = this.lastWindow.filter((id) => here.has(id));
    const sameTop = survivors[0] !== undefined && survivors[0] === window[0];
    const onlyEnd = gone.length > 0 && gone.every((id, i) => id === this.lastWindow.at(i - gone.length));
    if (!sameTop || !onlyEnd || gone.length > MOST_DELETED_AT_ONCE) return;
    this.tail = survivors.at(-1) ?? null;
    this.below.clear();
  }
}

/** How a known row differs; null when it does not, or when the page only shows less of it than before. */
function changeOf(before: Row, next: Row): Change | null {
  const row = merge(before, next);
  if (row.kind !== before.kind) {
    // Nothing turns a text into a picture but its late children: only deletions and arrivals change a kind.
    if (row.kind === "deleted") return "deleted";
    return row.kind === "waiting" || before.kind === "waiting" ? "edited" : "settled";
  }
  if (row.text !== before.text || row.edited !== before.edited) {
    const grew = before.text === null || (before.truncated && row.text?.startsWith(before.text) === true);
    return grew && row.edited === before.edited ? "settled" : "edited";
  }
  const settled =
    row.direction !== before.direction ||
    row.time !== before.time ||
    row.date !== before.date ||
    row.forwarded !== before.forwarded ||
    row.truncated !== before.truncated ||
    row.file_name !== before.file_name ||
    (before.author === null && row.author !== null) ||
    JSON.stringify(row.quoted) !== JSON.stringify(before.quoted);
  if (settled) return "settled";
  if (row.status !== before.status) return "status";
  return JSON.stringify(row.reactions) === JSON.stringify(before.reactions) ? null : "reaction";
}

/** The newer reading, without losing what was known: a row whose neighbours or children went away says less. */
function merge(before: Row, next: Row): Row {
  if (next.kind === "unknown") return before;
  const isGone = next.kind === "deleted" && before.kind !== "deleted";
  return {
    ...next,
    direction: next.direction === "unknown" ? before.direction : next.direction,
    author: next.author ?? before.author,
    text: next.text ?? (isGone || next.kind !== before.kind ? null : before.text),
    time: next.time ?? before.time,
    date: next.date ?? before.date,
    status: next.status ?? before.status,
    quoted: next.quoted ?? (isGone ? null : before.quoted),
    edited: next.edited || before.edited,
    forwarded: next.forwarded || (before.forwarded && !isGone),
    file_name: next.file_name ?? (isGone ? null : before.file_name),
  };
}
