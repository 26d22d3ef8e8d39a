/**
 * What a screen reader is told of its own accord, once and politely: that suggestions are there, that the draft is
 * ready or another reply stands instead, that the capture stands otherwise. Not each word of a draft, and nothing twice.
 */
import { type CardState, shownOffer } from "./card-state";
import type { Texts } from "./texts";

export interface Announcer {
  /** What the live region holds now; it stays until there is something else to say. */
  said(state: CardState, texts: Texts): string;
}

export function createAnnouncer(): Announcer {
  let offered = "";
  let settled = "";
  let level = "live false";
  let words = "";

  function news(state: CardState, texts: Texts): string | null {
    const now = state.life ? `${state.life.level} ${state.life.reason === "paused"}` : "live false";
    if (now !== level && state.life) {
      level = now;
      return texts.state[state.life.reason === "paused" ? "paused" : state.life.level].said;
    }
    const offer = shownOffer(state);
    if (!offer) return null;
    const ready = offer.slots.filter((slot) => slot.phase === "ready");
    const kept = ready.find((slot) => slot.kept);
    if (offer.id !== offered && ready.length > 0) {
      offered = offer.id;
      settled = kept ? offer.id : settled;
      return texts.announce.suggestions(ready.length);
    }
    if (offer.id !== settled && kept) {
      settled = offer.id;
      return kept.origin === "draft" ? texts.announce.draft : texts.announce.suggestions(ready.length);
    }
    return null;
  }

  return {
    said(state, texts) {
      words = news(state, texts) ?? words;
      return words;
    },
  };
}
