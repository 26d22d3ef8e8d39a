/** Offers, suggestions and drafts for tests, each whole: a test names only what matters to it. */
import type { DraftCommand, OfferCommand, Suggestion } from "../src/contract.gen";

export function suggestion(slot: number, text: string, parts: Partial<Suggestion> = {}): Suggestion {
  return {
    slot,
    text,
    source: "",
    score: 0.5,
    kind: "canned",
    missing: [],
    cares: [],
    sent_by: "",
    sent_on: null,
    ...parts,
  };
}

export function offerOf(suggestions: Suggestion[], parts: Partial<OfferCommand> = {}): OfferCommand {
  return {
    kind: "offer",
    offer_id: "o1",
    chat_token: 1,
    message_id: "3EB0",
    seen_ms: 0,
    sentiment: "neutral",
    intent: "price",
    unsure: false,
    intents: [],
    mood_score: null,
    draft_slot: null,
    suggestions,
    ...parts,
  };
}

/** A draft for the third place, which the model still writes. */
export function draftOf(text: string, parts: Partial<DraftCommand> = {}): DraftCommand {
  return {
    kind: "draft",
    offer_id: "o1",
    slot: 2,
    text,
    source: "Qwen3",
    state: "streaming",
    cares: [],
    instead: null,
    ...parts,
  };
}
