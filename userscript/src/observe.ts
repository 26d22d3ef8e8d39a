/**
 * Watches the page. A mutation is only a hint that something must be read again: it is never data itself.
 *
 * One observer on the document outlives everything that the page replaces. Reads follow a mutation at once, in
 * the same turn of the page, but at most every 16 ms, and once more 250 ms after the last one, for children that came
 * late.
 */
import type { Send } from "./bridge";
import { readChats } from "./chats";
import type { OpenChat } from "./contract.gen";
import { Conversation } from "./conversation";
import { messageIdOf } from "./ids";
import { PULSE_MS, startPulse } from "./pulse";
import type { Registry } from "./registry";
import { readScreen } from "./state";
import { Typing } from "./typing";

/** Least time between two reads, in milliseconds. */
const LEAST_GAP_MS = 16;
/** The read for late children comes so long after the last mutation, in milliseconds. */
const LATE_MS = 250;
/** The chat list is read so long after its first mutation, in milliseconds: it is for triage, not for speed. */
const CHATS_MS = 80;
/** The selectors are counted so long after the page became ready, and after a chat was opened, in milliseconds. */
const ANCHORS_MS = 3_000;

export interface WatchOptions {
  readonly doc: Document;
  readonly registry: Registry;
  readonly send: Send;
  readonly lang: () => string | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds between two looks around; five seconds by default. */
  readonly pulseMs?: number | undefined;
  readonly onChat: (chat: OpenChat | null) => void;
}

export interface Watch {
  /** Read everything again and send all of it. */
  readAll(): void;
  /**
   * Stop the capture, or let it go on: then everything is read again. While it is paused only the screen and which chat
   * is open are looked at; no row, no chat of the list and nobody's typing is read.
   */
  pause(on: boolean): void;
  /** The open chat; null when none is open. */
  openChat(): OpenChat | null;
  dispose(): void;
}

type Part = "rows" | "chats" | "screen";

export function watch(options: WatchOptions): Watch {
  const { doc, registry, now } = options;
  let changesSent = 0;
  const send: Send = (frame) => {
    if (frame.kind === "rows") changesSent += frame.changes.length;
    options.send(frame);
  };
  const conversation = new Conversation({
    ...options,
    send,
    onChat: (chat) => {
      options.onChat(chat);
      if (chat) later("anchors", ANCHORS_MS, sendAnchors);
    },
  });
  const typing = new Typing(registry, send, now);
  const dirty = new Set<Part>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let lastFlush = Number.NEGATIVE_INFINITY;
  let asked = false;
  let paused = false;
  let lastScreen = "";
  let lastChats = "";

  /** Run once after a delay; a second call with the same name while it waits is dropped, or restarts the wait. */
  function later(name: string, ms: number, run: () => void, restart = false): void {
    const waiting = timers.get(name);
    if (waiting !== undefined && !restart) return;
    clearTimeout(waiting);
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name);
        guarded(name, run);
      }, ms),
    );
  }

  function guarded(where: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      send({
        kind: "fault",
        where,
        error: error instanceof Error ? `${error.name}: ${error.message}` : "unknown",
      });
    }
  }

  function ask(): void {
    const wait = lastFlush + LEAST_GAP_MS - now();
    // A chat that was left is noticed before the page draws: nothing of it may be seen in the next one.
    const left = wait > 0 && (dirty.has("rows") || dirty.has("screen")) && conversation.isLeft();
    if (asked && !left) return;
    asked = true;
    // At once, before the page draws: what it has put in by now is whole, and drawing may take longer than reading.
    if (wait <= 0 || left) flush();
    else setTimeout(flush, wait);
  }

  function flush(): void {
    asked = false;
    lastFlush = now();
    if (dirty.has("screen")) guarded("screen", sendScreen);
    if (dirty.has("rows") || dirty.has("screen")) {
      guarded("rows", () => readRows(false));
      if (!paused) guarded("typing", () => typing.look(doc, conversation.open));
    }
    if (dirty.has("chats")) later("chats", CHATS_MS, sendChats);
    dirty.clear();
    later("late", LATE_MS, () => readRows(true), true);
  }

  function readRows(late: boolean): void {
    const wake = paused ? conversation.follow() : conversation.read(late);
    if (wake !== null) later("wake", Math.max(1, wake), () => readRows(false), true);
  }

  function sendScreen(): void {
    const screen = readScreen(doc, registry);
    const signature = JSON.stringify(screen);
    if (signature === lastScreen) return;
    lastScreen = signature;
    send({ kind: "state", ...screen });
    if (screen.state === "ready") later("anchors", ANCHORS_MS, sendAnchors);
  }

  function sendChats(): void {
    if (paused) return;
    const chats = readChats(doc, registry, options.lang(), new Date(now()));
    const signature = JSON.stringify(chats);
    if (signature === lastChats) return;
    lastChats = signature;
    send({ kind: "chats", chats });
  }

  function sendAnchors(): void {
    send({ kind: "anchors", anchors: registry.report(doc) });
  }

  function onMutations(records: readonly MutationRecord[]): void {
    for (const record of records) {
      const target = record.target.nodeType === 1 ? (record.target as Element) : record.target.parentElement;
      if (target) sort(target, record.addedNodes);
      else dirty.add("screen");
    }
    if (dirty.size > 0) ask();
  }

  function sort(target: Element, added: NodeList): void {
    if (target.closest(registry.any("conversation"))) {
      if (target.closest("footer")) return;
      const row = target.closest("[data-id]");
      if (row) conversation.mark(row);
      dirty.add("rows");
      noteRows(added);
    } else if (target.closest("#pane-side, #side")) {
      dirty.add("chats");
    } else {
      dirty.add("screen");
      dirty.add("chats");
      noteRows(added);
    }
  }

  function noteRows(added: NodeList): void {
    if (paused) return;
    for (const node of added) {
      if (node.nodeType !== 1) continue;
      const element = node as Element;
      const rows = element.matches("[data-id]") ? [element] : element.querySelectorAll("[data-id]");
      conversation.note([...rows].flatMap((row) => messageIdOf(row)?.id ?? []));
    }
  }

  /**
   * Read everything as if nothing were known of it, and observe anew where something had not been announced.
   *
   * @returns how many changes were found; none is looked for while announced ones are still under way.
   */
  function lookAround(): number {
    if (asked || dirty.size > 0 || ["late", "wake", "chats"].some((name) => timers.has(name))) return 0;
    const before = changesSent;
    sendScreen();
    sendChats();
    conversation.distrust();
    readRows(false);
    const missed = changesSent - before;
    if (missed > 0) observe();
    return missed;
  }

  const observer = new MutationObserver((records) => guarded("observer", () => onMutations(records)));
  function observe(): void {
    observer.disconnect();
    observer.observe(doc, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
      attributeFilter: [
        "data-id",
        "data-virtualized",
        "aria-label",
        "aria-selected",
        "data-icon",
        "data-ref",
        "title",
        "value",
      ],
    });
  }

  observe();
  dirty.add("screen").add("rows").add("chats");
  ask();
  const stopPulse = startPulse({
    ...options,
    everyMs: options.pulseMs ?? PULSE_MS,
    look: lookAround,
    paused: () => paused,
  });

  function readAll(): void {
    lastScreen = "";
    lastChats = "";
    conversation.forget();
    dirty.add("screen").add("rows").add("chats");
    ask();
    later("anchors", 0, sendAnchors);
  }

  return {
    readAll,
    pause(on) {
      if (on === paused) return;
      paused = on;
      if (!on) readAll();
    },
    openChat: () => conversation.open,
    dispose() {
      stopPulse();
      observer.disconnect();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
