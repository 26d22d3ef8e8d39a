/**
 * The open conversation over time: counts openings, takes the baseline, sends what changes.
 *
 * The page makes the conversation anew at every switch and fills it in blocks over about a second.
 */
import type { Send } from "./bridge";
import { Differ, type WindowRow } from "./changes";
import type { OpenChat, RowChange } from "./contract.gen";
import { messageIdOf } from "./ids";
import { readOpenChat, titleOf } from "./open-chat";
import { readRows, type SeenRow } from "./read";
import type { Registry } from "./registry";
import type { RowFacts } from "./row";

/** The baseline is complete when no row came for so long, in milliseconds. */
const QUIET_MS = 400;
/** It ends then at the latest, in milliseconds: with rows, and in a chat that stays empty. */
const LONGEST_SETTLING_MS = { withRows: 2_500, empty: 6_000 };
/** Rows of a chat that is being opened are in the page for less than this, in milliseconds. */
const JUST_NOW_MS = 500;
/** A new conversation whose title is not there yet is looked at again after so long. */
const TITLE_RETRY_MS = 50;
/** Rows younger than this are read again on a late read though nothing marked them, in milliseconds. */
const YOUNG_MS = 2_000;
/** Most changes in one frame: a frame stays well under a megabyte even with long texts. */
const CHANGES_A_FRAME = 50;

export interface ConversationEnvironment {
  readonly doc: Document;
  readonly registry: Registry;
  readonly send: Send;
  readonly lang: () => string | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onChat: (chat: OpenChat | null) => void;
}

export class Conversation {
  private main: Element | null = null;
  private chat: OpenChat | null = null;
  private token = 0;
  private differ = new Differ();
  private cache = new WeakMap<Element, RowFacts>();
  private seen = new Map<string, number>();
  private openedAt = 0;
  private lastRowsAt = 0;
  private lastWindow = "";

  constructor(private readonly env: ConversationEnvironment) {}

  /** The open chat; null when none is open. */
  get open(): OpenChat | null {
    return this.chat;
  }

  /** The element of the conversation that was read last. */
  get element(): Element | null {
    return this.main;
  }

  /** Something inside this row changed. */
  mark(row: Element): void {
    this.cache.delete(row);
  }

  /** Rows came into the page: remember when each was first there. */
  note(ids: Iterable<string>): void {
    const now = this.env.now();
    for (const id of ids) if (!this.seen.has(id)) this.seen.set(id, now);
  }

  /** Read every row anew next time: a change may have gone unnoticed. */
  distrust(): void {
    this.cache = new WeakMap();
  }

  /** Take nothing as known any more: the next read sends every row again. */
  forget(): void {
    this.differ = new Differ();
    this.cache = new WeakMap();
    this.openedAt = this.env.now();
    this.lastRowsAt = this.openedAt;
  }

  /**
   * Notice which chat is open and say so, and read nothing of it: the capture is paused.
   *
   * @returns Milliseconds until it must be looked at again although nothing changes; null when it need not.
   */
  follow(): number | null {
    return this.look(() => null);
  }

  /**
   * Read and send what changed.
   *
   * @param late Read young rows again too: their children may have come without a trace.
   * @returns Milliseconds until it must be read again although nothing changes; null when it need not.
   */
  read(late = false): number | null {
    return this.look((main, isOther) => this.readOpen(main, late, isOther));
  }

  /** Whether the page shows another chat than the one that was read last, or none: what is shown for that one is stale. */
  isLeft(): boolean {
    const { doc, registry } = this.env;
    const main = registry.find("conversation", doc)?.element ?? null;
    const title = main && titleOf(doc, registry);
    return main !== this.main || (title !== null && title !== this.chat?.title);
  }

  private look(readOpen: (main: Element, isOther: boolean) => number | null): number | null {
    const { doc, registry } = this.env;
    const main = registry.find("conversation", doc)?.element ?? null;
    if (!main) {
      this.close();
      return null;
    }
    const title = titleOf(doc, registry);
    if (title === null && main !== this.main) return TITLE_RETRY_MS;
    const isOther = main !== this.main || (title !== null && title !== this.chat?.title);
    if (isOther) this.begin(main);
    return this.chat && readOpen(main, isOther);
  }

  private close(): void {
    this.main = null;
    if (!this.chat) return;
    this.chat = null;
    this.env.send({ kind: "chat", chat: null });
    this.env.onChat(null);
  }

  private begin(main: Element): void {
    this.main = main;
    this.forget();
    // Rows that an earlier opening had are put into the page anew. Those of this one were noted just now.
    const now = this.env.now();
    for (const [id, at] of this.seen) if (at < now - JUST_NOW_MS) this.seen.delete(id);
    this.lastWindow = "";
    this.token += 1;
    const chat = readOpenChat(this.env.doc, this.env.registry, this.env.lang());
    this.chat = chat ? { ...chat, token: this.token } : null;
    if (!this.chat) return;
    this.env.send({ kind: "chat", chat: this.chat });
    this.env.onChat(this.chat);
  }

  private readOpen(main: Element, late: boolean, isOther: boolean): number | null {
    const { doc, registry, lang } = this.env;
    const now = this.env.now();
    const read = () => readRows(main, { registry, lang: lang(), now: new Date(now), cache: this.cache });
    if (late) this.dropYoung(main, now);
    const rows = windowOf(read());
    const window = rows.map(({ id }) => id);
    this.note(window);
    const signature = window.join(" ");
    if (signature !== this.lastWindow) this.lastRowsAt = now;
    this.lastWindow = signature;
    const seenMs = (id: string) => this.seen.get(id) ?? now;
    const changes = this.differ.diff(rows, now, seenMs);
    if (changes.length > 0 && !isOther && this.chat) this.refresh(doc);
    this.sendRows(changes, window);
    return soonest(this.settle(window, now), this.differ.nextDeadline(now));
  }

  /** Whether it is a group may show only with its rows, and not while its list of members says who types. */
  private refresh(doc: Document): void {
    const chat = readOpenChat(doc, this.env.registry, this.env.lang());
    if (!chat || !this.chat || chat.title !== this.chat.title) return;
    this.chat = this.chat.is_group ? this.chat : { ...chat, token: this.chat.token };
  }

  private sendRows(changes: readonly RowChange[], window: string[]): void {
    if (!this.chat) return;
    for (let from = 0; from < changes.length; from += CHANGES_A_FRAME) {
      const part = changes.slice(from, from + CHANGES_A_FRAME);
      this.env.send({ kind: "rows", chat: this.chat, changes: part, window });
    }
  }

  private settle(window: readonly string[], now: number): number | null {
    if (!this.differ.isSettling) return null;
    const longest = window.length > 0 ? LONGEST_SETTLING_MS.withRows : LONGEST_SETTLING_MS.empty;
    const atLatest = this.openedAt + longest - now;
    const left = window.length > 0 ? Math.min(atLatest, this.lastRowsAt + QUIET_MS - now) : atLatest;
    if (left > 0) return left;
    this.differ.settle(window);
    return null;
  }

  private dropYoung(main: Element, now: number): void {
    for (const row of main.querySelectorAll("[data-id]")) {
      const since = this.seen.get(idOf(row) ?? "");
      if (since === undefined || now - since < YOUNG_MS) this.cache.delete(row);
    }
  }
}

function windowOf(rows: readonly SeenRow[]): WindowRow[] {
  const byId = new Map<string, WindowRow>();
  for (const { id, row } of rows) {
    if (id !== null && !byId.has(id)) byId.set(id, { id, row: row && { ...row, id } });
  }
  return [...byId.values()];
}

function idOf(row: Element): string | null {
  return messageIdOf(row)?.id ?? null;
}

function soonest(first: number | null, second: number | null): number | null {
  if (first === null) return second;
  return second === null ? first : Math.min(first, second);
}
