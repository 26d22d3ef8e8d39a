/**
 * Canned replies: the list behind the slash in the message box, and a sent message kept as a new one.
 *
 * The box is only read. Which reply was picked goes to the agent, which fills it and puts it in the place of what was
 * typed; nothing here writes or sends.
 */
import type { Preferences, ShelfReply } from "../../contract.gen";
import type { Counter, Feature } from "../feature";
import { Icon } from "../icons";
import { escapeIsFree } from "../keys";
import { createKeeping } from "./keeping";
import { browsed, keyed, type List, listFor } from "./list";
import { type Known, prepared } from "./match";
import { isListOpen } from "./own-lists";
import { CannedList, SHOWN } from "./panel";
import { beforeCursor, type Cursor, cursorIn, putCursor, slashIn } from "./slash";
import { CANNED } from "./words";

/** After a pick the box still shows what was typed, for about so long: an Enter meanwhile would send that. */
const SETTLING_MS = 4_000;
/** With these the cursor is moved; what it comes to stand behind was not typed just now. */
const MOVES = /^(?:Arrow|Home$|End$|Page)/;

const USUAL: Preferences = {
  place: "right",
  theme: "page",
  scale: 100,
  language: "page",
  minimised: false,
  slash: true,
  tour_seen: false,
  shortcuts: {},
};

export function createCanned(counter: Counter): Feature {
  const { doc, view, registry } = counter;
  const end = new AbortController();
  let known: readonly Known[] = [];
  let intent: string | null = null;
  const keeping = createKeeping(counter, () => intent);
  let preferences = USUAL;
  let list: List | null = null;
  let mounted: HTMLElement | null = null;
  /** The person typed last, and did not move the cursor since. */
  let typing = false;
  /** Esc, or a pick: nothing opens until the slash is gone, or another one is typed. */
  let closed = false;
  /** When a reply was picked whose end is not known yet. */
  let picked: number | null = null;
  /** Where the person was writing when the list with its own field was opened. */
  let cursor: Cursor | null = null;
  /** Keys that were ours when they went down: their coming up is, too. */
  const held = new Set<string>();

  const shelf = () => ({ known, intent });
  const composer = () => registry.find("composer", doc)?.element ?? null;
  const isShown = () => (mounted?.getClientRects().length ?? 0) > 0;
  const isBrowsed = () => list !== null && list.typed === null;
  const cardRoot = () => (mounted?.getRootNode() ?? null) as ShadowRoot | null;

  function onMount(element: HTMLElement | null): void {
    mounted = element;
  }

  function become(next: List | null): void {
    if (next === list) return;
    list = next;
    counter.redraw();
    showActive();
  }

  /** Scroll the list, and nothing else, until the reply that Enter takes is in sight. */
  function showActive(): void {
    const all = mounted?.querySelector<HTMLElement>(".canned-list");
    const active = all?.querySelector<HTMLElement>('[data-active="true"]');
    if (!all || !active) return;
    const [room, one] = [all.getBoundingClientRect(), active.getBoundingClientRect()];
    if (one.top < room.top) all.scrollTop -= room.top - one.top;
    else if (one.bottom > room.bottom) all.scrollTop += one.bottom - room.bottom;
  }

  /** What is typed in the box from its slash on; null: no slash opens or holds the list. */
  function typed(): string | null {
    const box = preferences.slash ? composer() : null;
    return box && doc.activeElement === box ? slashIn(beforeCursor(box, doc.getSelection()) ?? "") : null;
  }

  function look(): void {
    if (keeping.isOpen() || isBrowsed() || (!list && !typing && !closed)) return;
    const slash = typed();
    if (slash === null) {
      closed = false;
      become(null);
    } else if (!closed && (list || typing)) {
      const next = listFor(shelf(), slash, list);
      become(next.found.length > 0 ? next : null);
    }
  }

  function close(): void {
    closed = true;
    become(null);
  }

  function pick(reply: ShelfReply, event: Event): void {
    const chat = counter.openChat();
    if (!event.isTrusted || !list || !chat) return;
    if (list.typed === null) putCursor(composer(), cursor);
    counter.send({ kind: "canned", chat_token: chat.token, reply_id: reply.id, typed: list.typed ?? "" });
    known = known.map((one) =>
      one.reply.id === reply.id ? { ...one, reply: { ...one.reply, uses: one.reply.uses + 1 } } : one,
    );
    picked = event.timeStamp;
    typing = false;
    close();
  }

  /** Returns whether the key was the list's. */
  function answer(event: KeyboardEvent, shown: List): boolean {
    const key = keyed({ ...shown, found: shown.found.slice(0, SHOWN) }, event);
    if (key.does === "move") become({ ...shown, active: key.list.active });
    else if (key.does === "pick") pick(key.reply, event);
    else if (key.does === "close") close();
    return key.does !== "page";
  }

  /** A key while the person types in the box. */
  function boxKey(event: KeyboardEvent): boolean {
    // The last letter may have come a moment ago.
    look();
    if (!list || list.typed === null || !isShown()) return false;
    return (list.pointed || !isListOpen(doc, registry)) && answer(event, list);
  }

  /** A key while something in the card has the focus. */
  function cardKey(event: KeyboardEvent): boolean {
    if (!list && !keeping.isOpen()) return false;
    const inField = cardRoot()?.activeElement?.matches("input") ?? false;
    if (event.key === "Escape") {
      dismiss();
      counter.leave();
      return true;
    }
    if (!inField || event.key === "Tab") return false;
    if (list) return answer(event, list);
    const saves = event.key === "Enter";
    if (saves) keeping.save(event);
    return saves;
  }

  function onKey(event: KeyboardEvent, inside: boolean): boolean {
    if (!event.isTrusted) return false;
    if (!event.repeat) held.delete(event.code);
    if (picked !== null && event.key === "Enter" && event.timeStamp - picked < SETTLING_MS) return true;
    if (inside) return cardKey(event);
    if (isBrowsed() || keeping.isOpen()) {
      if (event.key !== "Escape" || !isShown() || !escapeIsFree(doc, registry)) return false;
      dismiss();
      return true;
    }
    const used = (list !== null || typing) && boxKey(event);
    if (!used && MOVES.test(event.key)) typing = false;
    return used;
  }

  function dismiss(): void {
    if (keeping.isOpen()) keeping.close();
    else close();
  }

  function turnOff(event: Event): void {
    if (!event.isTrusted) return;
    preferences = { ...preferences, slash: false };
    counter.send({ kind: "preferences", preferences });
    close();
    counter.notice("slash_off");
  }

  function keep(event: Event): void {
    if (!event.isTrusted) return;
    list = null;
    closed = true;
    keeping.open(event);
  }

  function point(index: number, event: PointerEvent): void {
    // Rows that scroll by under a mouse that stands still are not pointed at.
    const moved = event.movementX !== 0 || event.movementY !== 0;
    if (!event.isTrusted || !moved || !list || (list.active === index && list.pointed)) return;
    become({ ...list, active: index, pointed: true });
  }

  const capture = { capture: true, signal: end.signal };
  view.addEventListener(
    "beforeinput",
    (event) => {
      if (!event.isTrusted || event.target !== composer()) return;
      typing = true;
      // Another slash is another wish.
      if (event.data?.includes("/")) closed = false;
    },
    capture,
  );
  view.addEventListener("input", look, capture);
  doc.addEventListener("selectionchange", look, { signal: end.signal });
  view.addEventListener(
    "pointerdown",
    (event) => {
      typing = false;
      // From outside the closed root every target in the card is its host.
      if (event.isTrusted && list && event.target !== cardRoot()?.host) close();
    },
    capture,
  );
  for (const type of ["keypress", "keyup"] as const) view.addEventListener(type, swallow, capture);

  /** What began as ours ends as ours. */
  function swallow(event: KeyboardEvent): void {
    if (!held.has(event.code)) return;
    if (event.type === "keyup") held.delete(event.code);
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  return {
    key(event, inside) {
      const used = onKey(event, inside);
      if (used && !inside) held.add(event.code);
      return used;
    },
    tools({ mode, language }) {
      const label = CANNED[language].open;
      return mode === "strip" ? null : (
        <button
          type="button"
          class="tool"
          tabIndex={-1}
          title={label}
          aria-label={label}
          aria-pressed={list !== null}
          data-tool="canned"
          onClick={(event: Event) => {
            if (!event.isTrusted) return;
            keeping.forget();
            if (list) close();
            else {
              cursor = cursorIn(composer());
              become(browsed(shelf()));
            }
          }}
        >
          <Icon name="library" />
        </button>
      );
    },
    sheet({ mode, language }) {
      if (mode === "rail" || mode === "bar") return null;
      if (keeping.isOpen()) return keeping.sheet(onMount);
      return (
        list && (
          <CannedList
            list={list}
            words={CANNED[language]}
            intent={intent}
            empty={known.length === 0}
            slash={preferences.slash}
            onMount={onMount}
            onPick={pick}
            onPoint={point}
            onOff={turnOff}
            onKeep={keep}
            onClose={(event) => {
              if (event.isTrusted) close();
            }}
            onQuery={(query) => become(browsed(shelf(), query))}
          />
        )
      );
    },
    command(command) {
      switch (command.kind) {
        case "replies":
          known = prepared(command.replies);
          if (isBrowsed()) become(browsed(shelf(), list?.query));
          else {
            typing ||= list !== null;
            list = null;
            look();
          }
          break;
        case "offer":
          intent = command.unsure ? null : command.intent;
          break;
        case "clear":
          intent = null;
          break;
        case "notice":
          picked = null;
          keeping.said(command.code);
          break;
        case "preferences":
          preferences = command.preferences;
          if (!preferences.slash && !isBrowsed()) become(null);
      }
    },
    chatChanged() {
      const wasOpen = list !== null || keeping.isOpen();
      keeping.forget();
      intent = list = picked = null;
      closed = typing = false;
      if (wasOpen) counter.redraw();
    },
    dispose: () => end.abort(),
  };
}
