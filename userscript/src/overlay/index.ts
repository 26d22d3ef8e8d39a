/**
 * The overlay: a card beside WhatsApp, in a closed shadow root that the page cannot look into.
 *
 * It shows, and tells the agent what the person chose. It has no way to write into the page or to send.
 */
import { h, render } from "preact";
import { type AnyCommand, epochMs, type Send } from "../bridge";
import type {
  ClearCommand,
  DraftCommand,
  NoticeCommand,
  OfferCommand,
  OpenChat,
  RecordCommand,
  StatusCommand,
} from "../contract.gen";
import { createRegistry, type Registry } from "../registry";
import { createAnnouncer } from "./announcing";
import { followAppearance, languageTag, themeFor } from "./appearance";
import { Card } from "./card";
import * as card from "./card-state";
import { createCorrecting } from "./correcting";
import { createDock } from "./dock";
import type { Counter, Tab, TabName } from "./feature";
import { createFeatures } from "./features";
import { guardFields, isField } from "./fields";
import { firstOf } from "./first";
import { createFocus } from "./focus";
import { listenForShortcuts } from "./keys";
import { clippedSlots, followReading, showActive } from "./measure";
import { afterPaint, createPaintReports } from "./paint";
import { isLow, placeFor } from "./place";
import { createLiking } from "./preferences";
import { keysFor } from "./shortcuts";
import { cardSheets } from "./styles";
import { createPicking } from "./suggestions/picking";
import { languageFor, textsFor } from "./texts";

export interface Overlay {
  /** Show a card for the open chat; one for another chat is ignored. */
  offer(command: OfferCommand): void;
  /** More of the draft for the card that is shown. */
  draft(command: DraftCommand): void;
  /** Take the card away. */
  clear(command?: ClearCommand): void;
  /** What another system knows of the customer; for another chat it is ignored. */
  record(command: RecordCommand): void;
  notice(command: NoticeCommand): void;
  status(command: StatusCommand): void;
  /** A command that a part beside the suggestions understands. */
  tell(command: AnyCommand): void;
  /** Another chat is open now (null: none). Whatever was shown for the last one goes at once. */
  chatChanged(token: number | null): void;
  /** Give the room back and take everything away. */
  dispose(): void;
}

/** How long a notice stays, in milliseconds: a refusal must be read, a success is seen in the box. */
const NOTICE_MS = { good: 6_000, warn: 12_000 };
/** A pick without an answer stops blocking further ones after this long. */
const PENDING_MS = 4_000;
const GOOD = new Set(["inserted", "corrected", "judged"]);

/**
 * Make the card. It takes its place once WhatsApp shows its chats, and gives the place back on other screens.
 *
 * @param doc the page's document
 * @param send where frames go: `picked`, `dismissed`, `corrected`, `painted`
 * @param lang language of the card's own words, asked at each drawing; empty: Portuguese
 * @param registry where the page's parts are
 * @param openChat the conversation that is open now
 */
export function createOverlay(
  doc: Document,
  send: Send,
  lang: () => string,
  registry: Registry = createRegistry(),
  openChat: () => OpenChat | null = () => null,
): Overlay {
  const view = doc.defaultView as Window & typeof globalThis;
  const end = new AbortController();
  const host = doc.createElement("div");
  // The page's own Tab passes the card by: browsers stop at whatever can be scrolled, even in here.
  host.tabIndex = -1;
  const root = host.attachShadow({ mode: "closed" });
  root.adoptedStyleSheets = cardSheets(doc);
  const dock = createDock(doc, registry);
  const reports = createPaintReports();
  const announcer = createAnnouncer();
  let state = card.EMPTY;
  let noticeTimer: ReturnType<typeof setTimeout> | undefined;
  let pendingTimer: ReturnType<typeof setTimeout> | undefined;

  let tab: TabName = "replies";

  const liking = createLiking(send, () => {
    state = { ...state, minimised: liking.now().minimised };
    draw();
  });
  const tag = () => languageTag(lang(), liking.now().language);
  const texts = () => textsFor(tag());

  const focus = createFocus(
    doc,
    host,
    root,
    () => registry.find("composer", doc)?.element as HTMLElement | null,
  );
  const counter: Counter = {
    doc,
    view,
    registry,
    send,
    openChat,
    texts,
    language: () => languageFor(tag()),
    preferences: liking.now,
    keys: () => keysFor(liking.now().shortcuts),
    prefer: liking.prefer,
    life: () => state.life,
    isBusy: () => state.offer !== null && !state.dismissed,
    unfold: () => {
      if (state.minimised || state.cramped) minimise(false);
    },
    enter: focus.enter,
    redraw: () => draw(),
    tab: () => tab,
    show,
    notice: say,
    leave: focus.leave,
  };
  const features = createFeatures(counter);
  const replies: Tab = {
    name: "replies",
    icon: "chat",
    label: (words) => words.tabs.replies,
    badge: () => (tab !== "replies" && state.offer && !state.dismissed ? { text: "•", tone: "calm" } : null),
  };

  function draw(): void {
    const { minimised, raised } = state;
    const place = placeFor(view.innerWidth, view.innerHeight, { ...liking.now(), minimised, raised });
    const shown = dock.stand(host, place);
    const cramped = !shown || (place.mode === "bar" && !minimised);
    const theme = themeFor(doc, liking.now().theme);
    const look = {
      mode: place.mode,
      side: place.side,
      low: isLow(view.innerHeight / place.scale),
      dark: theme !== "light",
      theme,
      texts: texts(),
      language: languageFor(tag()),
    };
    const sheet = features.sheet(look);
    state = { ...state, cramped, covered: sheet !== null || tab !== "replies" };
    const parts = {
      tabs: [replies, ...features.tabs()],
      tab,
      banners: features.banners(look),
      sheet,
      chip: features.chip(look),
      signs: features.signs(look),
      tools: features.tools(look),
    };
    const props = {
      state,
      lang: tag(),
      keys: counter.keys(),
      ...look,
      ...parts,
      ...handlers,
      said: announcer.said(state, texts()),
    };
    const had = focus.at();
    render(h(Card, props), root);
    focus.keep(had);
    showActive(root);
    const next = card.measured(state, clippedSlots(root, state));
    if (next === state) return;
    state = next;
    render(h(Card, { ...props, state }), root);
  }

  function become(next: card.CardState): void {
    if (next === state) return;
    state = next;
    draw();
  }

  function show(next: TabName): void {
    if (next === tab) return;
    tab = next;
    draw();
  }

  function say(code: string): void {
    become(card.noticed(state, code));
    timed(code);
  }

  function timed(code: string): void {
    clearTimeout(noticeTimer);
    const wait = GOOD.has(code) ? NOTICE_MS.good : NOTICE_MS.warn;
    noticeTimer = setTimeout(() => become(card.unsaid(state)), wait);
  }

  function waiting(): void {
    clearTimeout(pendingTimer);
    pendingTimer = setTimeout(() => become({ ...state, pending: null }), PENDING_MS);
  }

  function report(tier: 0 | 1): void {
    const offer = card.shownOffer(state);
    if (!offer || reports.has(offer.id, tier)) return;
    afterPaint(view, () => {
      if (card.shownOffer(state)?.id !== offer.id || reports.has(offer.id, tier)) return;
      reports.add(offer.id, tier);
      const elapsed = Math.max(0, epochMs() - offer.seenMs);
      send({ kind: "painted", offer_id: offer.id, message_id: offer.messageId, tier, elapsed_ms: elapsed });
    });
  }

  /** Where a window is too low for texts, the person may want to see them all the same: for now, and not for later. */
  function minimise(on: boolean): void {
    const isCramped = state.cramped && !state.minimised;
    become(card.minimised(state, on, isCramped && !on));
    if (on !== liking.now().minimised) liking.prefer({ minimised: on });
  }

  const correcting = createCorrecting({ state: () => state, become, texts, send });
  const picking = createPicking({
    ...{ view, root, registry, focus, state: () => state, become, send, timed, waiting },
    keys: counter.keys,
  });
  const handlers = {
    onCorrect: (event: Event) => void correcting.toggle(event),
    onChoose: correcting.choose,
    onPoint: correcting.point,
    onTab: (name: TabName, event: Event) => void (event.isTrusted && show(name)),
    onPress: (index: number, event: Event) => void picking.press(index, event, "click"),
    onEdit: (event: Event, index?: number) => void picking.edit(event, index),
    onEditType: picking.type,
    onEditLeave: (event: Event) => void picking.leave(event),
    onDoubt: picking.doubt,
    onJudge: picking.judge,
    onDismiss: (event: Event) => void picking.dismiss(event),
    onBack: picking.back,
    onMinimise: (on: boolean, event: Event) => void (event.isTrusted && minimise(on)),
  };

  // The focus stays where the person writes; and a click on the card is no click "outside" for the page's own popups.
  root.addEventListener(
    "mousedown",
    (event) => {
      // In a field the person wants to write.
      if (!isField(event.target as Element | null)) event.preventDefault();
    },
    { signal: end.signal },
  );
  for (const type of ["pointerdown", "mousedown", "mouseup", "pointerup", "click", "wheel"] as const) {
    host.addEventListener(type, (event) => event.stopPropagation(), { signal: end.signal, passive: true });
  }
  firstOf(view).addEventListener("keydown", picking.heard, { signal: end.signal });
  root.addEventListener("pointerdown", picking.heard, { capture: true, signal: end.signal });
  followReading(root, end.signal);
  listenForShortcuts(
    view,
    registry,
    {
      keys: counter.keys,
      pick: (index, event) => picking.press(index, event, "shortcut"),
      edit: (event) => picking.edit(event),
      accept: picking.accept,
      dismiss: (event) => picking.leave(event) || (!focus.isInside() && picking.dismiss(event)),
      correct: correcting.toggle,
      type: correcting.type,
      other: (event) => features.key(event, focus.isInside()),
    },
    end.signal,
  );
  guardFields(view, host, root, onInnerKey, end.signal);

  /** Keys while the person works in the card with the keyboard: Tab goes round in it, Esc leads back to the page. */
  function onInnerKey(event: KeyboardEvent): void {
    if (event.key === "Tab" && !event.altKey && !event.ctrlKey && !event.metaKey) {
      focus.move(event.shiftKey ? -1 : 1);
      event.preventDefault();
    } else if (event.key === "Escape") {
      focus.leave();
      event.preventDefault();
    } else if (focus.arrow(event.key)) event.preventDefault();
  }

  // A click beside the card closes the list, and is the page's.
  const onOutside = (event: Event) => {
    if (event.target === host) return;
    correcting.close(event);
    picking.heard(event);
    if (event.isTrusted) features.pressedOutside();
  };
  view.addEventListener("pointerdown", onOutside, { capture: true, signal: end.signal });
  followAppearance(doc, draw, end.signal);
  view.addEventListener("resize", draw, { signal: end.signal });
  dock.watch(host, draw, end.signal);
  draw();

  return {
    offer(command) {
      become(card.offered(state, command));
      features.tell(command);
      if (state.offer?.id === command.offer_id) report(0);
    },
    draft(command) {
      become(card.drafted(state, command));
      if (state.offer?.id === command.offer_id && command.text.trim()) report(1);
    },
    clear() {
      become(card.cleared(state));
      features.tell({ kind: "clear" });
    },
    record(command) {
      become(card.recorded(state, command));
      features.tell(command);
    },
    notice(command) {
      say(command.code);
      features.tell(command);
    },
    tell(command) {
      if (command.kind === "preferences") liking.tell(command.preferences);
      features.tell(command);
    },
    status(command) {
      become(card.statusChanged(state, command));
      features.tell(command);
      draw();
    },
    chatChanged(token) {
      if (token !== state.chat) tab = "replies";
      become(card.chatChanged(state, token));
      features.chatChanged(token);
    },
    dispose() {
      features.dispose();
      end.abort();
      clearTimeout(noticeTimer);
      clearTimeout(pendingTimer);
      dock.leave();
      render(null, root);
    },
  };
}
