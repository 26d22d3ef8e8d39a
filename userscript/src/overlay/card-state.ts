/**
 * What the card shows, as a value, and how each command changes it. Pure: no DOM, no clock.
 */
import type {
  DraftCommand,
  IntentChoice,
  Life,
  OfferCommand,
  Sentiment,
  StatusCommand,
  SuggestionKind,
} from "../contract.gen";
import type { Choosing } from "./intent-choices";

/** `waiting`: kept free for the draft; `streaming`: growing; `ready`: may be picked; `none`: there will be no draft. */
export type SlotPhase = "waiting" | "streaming" | "ready" | "none";

export interface Slot {
  /** 0, 1 or 2: the place in the card and the shortcut Alt+1 to Alt+3. */
  index: number;
  origin: SuggestionKind;
  phase: SlotPhase;
  text: string;
  /** The canned reply's title or the model's name; may be empty while a draft is awaited. */
  source: string;
  /** Variables that stand in the text as `{name}`: the person fills them. */
  missing: readonly string[];
}

export interface Offer {
  id: string;
  messageId: string;
  /** When the row was first seen, in milliseconds since the Unix epoch. */
  seenMs: number;
  sentiment: Sentiment;
  intent: string;
  /** The intent is a guess that is not worth telling. */
  unsure: boolean;
  /** The person said what the intent is. */
  corrected: boolean;
  /** What the agent thinks of, likeliest first. */
  intents: readonly IntentChoice[];
  /** -1 to 1: the conversation's mood so far; null where only one message was seen. */
  moodScore: number | null;
  /** In order of `index`; each index once. */
  slots: readonly Slot[];
}

export interface CardState {
  /** Token of the open chat; null when none is open. */
  chat: number | null;
  offer: Offer | null;
  /** The person closed the card of this message. */
  dismissed: boolean;
  /** A slot that was sent to the agent and has no answer yet: a second press must not insert twice. */
  pending: number | null;
  /** A long text that is shown alone and whole. */
  reading: number | null;
  /** The list of intents, while it is open. */
  choosing: Choosing | null;
  /** Slots whose text does not fit, as measured after layout. */
  clipped: ReadonlySet<number>;
  notice: string | null;
  model: StatusCommand["model"] | null;
  modelName: string | null;
  /** Whether messages are captured; null before the first verdict. */
  life: Life | null;
  /** The person folded the card. */
  minimised: boolean;
  /** There is no place for texts: WhatsApp is not ready, or the window is too low. */
  cramped: boolean;
}

export const EMPTY: CardState = {
  chat: null,
  offer: null,
  dismissed: false,
  pending: null,
  reading: null,
  choosing: null,
  clipped: new Set(),
  notice: null,
  model: null,
  modelName: null,
  life: null,
  minimised: false,
  cramped: true,
};

const SLOTS = 3;

/** No offer and nothing that belongs to one; the chat and the model's state stay. */
function withoutOffer(state: CardState): CardState {
  const nothing = { offer: null, pending: null, reading: null, choosing: null };
  return { ...state, ...nothing, dismissed: false, clipped: new Set() };
}

/** The open chat is another one: whatever was offered or said belongs to the past. */
export function chatChanged(state: CardState, token: number | null): CardState {
  return token === state.chat ? state : { ...withoutOffer(state), notice: null, chat: token };
}

export function cleared(state: CardState): CardState {
  return withoutOffer(state);
}

/** A new card. One for a chat that is not open any more changes nothing. */
export function offered(state: CardState, command: OfferCommand): CardState {
  if (command.chat_token !== state.chat) return state;
  const slots = new Map<number, Slot>();
  for (const { slot, text, source, kind, missing } of command.suggestions) {
    if (slot >= 0 && slot < SLOTS && text.trim()) {
      slots.set(slot, { index: slot, origin: kind, phase: "ready", text, source, missing });
    }
  }
  const draft = command.draft_slot;
  if (draft !== null && draft >= 0 && draft < SLOTS && !slots.has(draft)) {
    slots.set(draft, { index: draft, origin: "draft", phase: "waiting", text: "", source: "", missing: [] });
  }
  const offer: Offer = {
    id: command.offer_id,
    messageId: command.message_id,
    seenMs: command.seen_ms,
    sentiment: command.sentiment,
    intent: command.intent,
    unsure: command.unsure,
    corrected: false,
    intents: command.intents,
    moodScore: command.mood_score,
    slots: [...slots.values()].sort((a, b) => a.index - b.index),
  };
  return { ...withoutOffer(state), notice: null, offer };
}

/** More of the draft. It only ever fills the slot that was kept for it. */
export function drafted(state: CardState, command: DraftCommand): CardState {
  const { offer } = state;
  if (!offer || offer.id !== command.offer_id) return state;
  const known = offer.slots.find((slot) => slot.index === command.slot);
  if (known?.origin !== "draft") return state;
  const phase: SlotPhase =
    command.state === "none"
      ? "none"
      : command.state === "done"
        ? "ready"
        : command.text.trim()
          ? "streaming"
          : "waiting";
  // A draft that ended without a word is no draft.
  const settled: SlotPhase = phase === "ready" && !command.text.trim() ? "none" : phase;
  const text = settled === "none" ? "" : command.text;
  const next: Slot = { ...known, phase: settled, text, source: command.source };
  return { ...state, offer: { ...offer, slots: offer.slots.map((slot) => (slot === known ? next : slot)) } };
}

export function noticed(state: CardState, code: string | null): CardState {
  return { ...state, notice: code, pending: null };
}

export function statusChanged(state: CardState, command: StatusCommand): CardState {
  return { ...state, model: command.model, modelName: command.model_name, life: command.life };
}

export function minimised(state: CardState, on: boolean): CardState {
  return { ...state, minimised: on, reading: null, choosing: null };
}

export function dismissed(state: CardState): CardState {
  const closed = { pending: null, reading: null, choosing: null, notice: null };
  return state.offer ? { ...state, ...closed, dismissed: true } : state;
}

/** Which slots do not fit, as measured; the same object when nothing changed, so that nothing is drawn again. */
export function measured(state: CardState, clipped: ReadonlySet<number>): CardState {
  const same = clipped.size === state.clipped.size && [...clipped].every((index) => state.clipped.has(index));
  return same ? state : { ...state, clipped };
}

/** What happens when the person presses a slot. */
export type Press =
  | { action: "insert"; state: CardState; offerId: string }
  | { action: "read"; state: CardState }
  | { action: "none"; state: CardState };

/**
 * A long text is never inserted unseen: the first press shows it whole, the second picks it.
 */
export function pressed(state: CardState, index: number): Press {
  const slot = shownOffer(state)?.slots.find((each) => each.index === index);
  if (!state.offer || slot?.phase !== "ready" || state.pending !== null) return { action: "none", state };
  if (state.clipped.has(index) && state.reading !== index) {
    return { action: "read", state: { ...state, reading: index, choosing: null, notice: null } };
  }
  const waiting = { ...state, pending: index, choosing: null, notice: null };
  return { action: "insert", state: waiting, offerId: state.offer.id };
}

/** Open the list of intents, move in it, or close it (null). */
export function choosing(state: CardState, next: Choosing | null): CardState {
  return next === state.choosing || (next && !shownOffer(state)) ? state : { ...state, choosing: next };
}

/** The list of intents as far as a person can see it. */
export function shownChoosing(state: CardState): Choosing | null {
  return shownOffer(state) ? state.choosing : null;
}

/** The person said what the message wanted: the card shows it at once. */
export function corrected(state: CardState, intent: string): CardState {
  if (!state.offer) return state;
  const offer: Offer = { ...state.offer, intent, unsure: false, corrected: true };
  return { ...state, offer, choosing: null, notice: null };
}

/** The offer as far as a person can see it. */
export function shownOffer(state: CardState): Offer | null {
  return state.dismissed || state.minimised || state.cramped ? null : state.offer;
}
