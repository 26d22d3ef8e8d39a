/**
 * The overlay: a card beside WhatsApp, in a closed shadow root that the page cannot look into.
 *
 * It shows, and tells the agent what the person chose. It has no way to write into the page or to send.
 */
import { h, render } from "preact";
import { epochMs, type Send } from "../bridge";
import type { ClearCommand, DraftCommand, NoticeCommand, OfferCommand, StatusCommand } from "../contract.gen";
import { createRegistry, type Registry } from "../registry";
import { followAppearance, isDark } from "./appearance";
import { Card } from "./card";
import * as card from "./card-state";
import { createCorrecting } from "./correcting";
import { createDock } from "./dock";
import { listenForShortcuts } from "./keys";
import { clippedSlots, showActive } from "./measure";
import { afterPaint, createPaintReports } from "./paint";
import { isLow, placeFor } from "./place";
import { cardSheets } from "./styles";
import { textsFor } from "./texts";

export interface Overlay {
  /** Show a card for the open chat; one for another chat is ignored. */
  offer(command: OfferCommand): void;
  /** More of the draft for the card that is shown. */
  draft(command: DraftCommand): void;
  /** Take the card away. */
  clear(command?: ClearCommand): void;
  notice(command: NoticeCommand): void;
  status(command: StatusCommand): void;
  /** Another chat is open now (null: none). Whatever was shown for the last one goes at once. */
  chatChanged(token: number | null): void;
  /** Give the room back and take everything away. */
  dispose(): void;
}

/** How long a notice stays, in milliseconds: a refusal must be read, a success is seen in the box. */
const NOTICE_MS = { good: 6_000, warn: 12_000 };
/** A pick without an answer stops blocking further ones after this long. */
const PENDING_MS = 4_000;

/**
 * Make the card. It takes its place once WhatsApp shows its chats, and gives the place back on other screens.
 *
 * @param doc the page's document
 * @param send where frames go: `picked`, `dismissed`, `corrected`, `painted`
 * @param lang language of the card's own words, asked at each drawing; empty: Portuguese
 * @param registry where the page's parts are
 */
export function createOverlay(
  doc: Document,
  send: Send,
  lang: () => string,
  registry: Registry = createRegistry(),
): Overlay {
  const view = doc.defaultView as Window & typeof globalThis;
  const end = new AbortController();
  const host = doc.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  root.adoptedStyleSheets = cardSheets(doc);
  const dock = createDock(doc, registry);
  const reports = createPaintReports();
  let state = card.EMPTY;
  let noticeTimer: ReturnType<typeof setTimeout> | undefined;
  let pendingTimer: ReturnType<typeof setTimeout> | undefined;

  const texts = () => textsFor(lang() || "pt-BR");

  function draw(): void {
    const place = placeFor(view.innerWidth, view.innerHeight, state.minimised);
    const shown = dock.stand(host, place);
    state = { ...state, cramped: !shown || (place.mode === "bar" && !state.minimised) };
    const tag = lang() || "pt-BR";
    const look = { mode: place.mode, low: isLow(view.innerHeight), dark: isDark(doc), lang: tag };
    const props = { state, texts: textsFor(tag), ...look, ...handlers };
    render(h(Card, props), root);
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

  function press(index: number, event: Event, via: "click" | "shortcut"): boolean {
    if (!event.isTrusted) return false;
    const result = card.pressed(state, index);
    become(result.state);
    if (result.action === "insert") {
      send({ kind: "picked", offer_id: result.offerId, slot: index, via });
      clearTimeout(pendingTimer);
      pendingTimer = setTimeout(() => become({ ...state, pending: null }), PENDING_MS);
    }
    return result.action !== "none";
  }

  function dismiss(event: Event): boolean {
    const offer = card.shownOffer(state);
    if (!event.isTrusted || !offer) return false;
    if (state.reading !== null) {
      become({ ...state, reading: null });
      return true;
    }
    become(card.dismissed(state));
    send({ kind: "dismissed", offer_id: offer.id });
    return true;
  }

  const correcting = createCorrecting({ state: () => state, become, texts, send });
  const handlers = {
    onCorrect: (event: Event) => void correcting.toggle(event),
    onChoose: correcting.choose,
    onPoint: correcting.point,
    onPress: (index: number, event: Event) => void press(index, event, "click"),
    onDismiss: (event: Event) => void dismiss(event),
    onBack: (event: Event) => void (event.isTrusted && become({ ...state, reading: null })),
    onMinimise: (on: boolean, event: Event) => void (event.isTrusted && become(card.minimised(state, on))),
  };

  // The focus stays where the person writes; and a click on the card is no click "outside" for the page's own popups.
  root.addEventListener("mousedown", (event) => event.preventDefault(), { signal: end.signal });
  for (const type of ["pointerdown", "mousedown", "mouseup", "pointerup", "click", "wheel"] as const) {
    host.addEventListener(type, (event) => event.stopPropagation(), { signal: end.signal, passive: true });
  }
  listenForShortcuts(
    view,
    registry,
    {
      pick: (index, event) => press(index, event, "shortcut"),
      dismiss,
      correct: correcting.toggle,
      type: correcting.type,
    },
    end.signal,
  );
  // A click beside the card closes the list, and is the page's.
  const onOutside = (event: Event) => {
    if (event.target !== host) correcting.close(event);
  };
  view.addEventListener("pointerdown", onOutside, { capture: true, signal: end.signal });
  followAppearance(doc, draw, end.signal);
  view.addEventListener("resize", draw, { signal: end.signal });
  dock.watch(host, draw, end.signal);
  draw();

  return {
    offer(command) {
      become(card.offered(state, command));
      if (state.offer?.id === command.offer_id) report(0);
    },
    draft(command) {
      become(card.drafted(state, command));
      if (state.offer?.id === command.offer_id && command.text.trim()) report(1);
    },
    clear: () => become(card.cleared(state)),
    notice({ code }) {
      become(card.noticed(state, code));
      clearTimeout(noticeTimer);
      const wait = code === "inserted" || code === "corrected" ? NOTICE_MS.good : NOTICE_MS.warn;
      noticeTimer = setTimeout(() => become({ ...state, notice: null }), wait);
    },
    status: (command) => become(card.statusChanged(state, command)),
    chatChanged: (token) => become(card.chatChanged(state, token)),
    dispose() {
      end.abort();
      clearTimeout(noticeTimer);
      clearTimeout(pendingTimer);
      dock.leave();
      render(null, root);
    },
  };
}
