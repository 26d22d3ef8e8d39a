/**
 * What the card shows, as a value, and how each command changes it. Pure: no DOM, no clock.
 */
import type {
  CareCode,
  DraftCommand,
  IntentChoice,
  Life,
  OfferCommand,
  RecordCommand,
  RecordField,
  Sentiment,
  StatusCommand,
  Suggestion,
  SuggestionKind,
} from "../contract.gen";
import type { Choosing } from "./intent-choices";
import { ASKS, type Asking, answered, type Editing } from "./suggestions/state";

/**
 * `waiting`: kept free for the draft; `streaming`: growing; `ready`: may be picked; `none`: there will be no draft;
 * `refused`: the person said that it is no good.
 */
export type SlotPhase = "waiting" | "streaming" | "ready" | "none" | "refused";

export interface Slot {
  /** 0, 1 or 2: the place in the card and the shortcut Alt+1 to Alt+3. */
  index: number;
  origin: SuggestionKind;
  /** Its room was kept free for the draft: whatever stands in it, nothing outside moves. */
  kept: boolean;
  phase: SlotPhase;
  text: string;
  /** The canned reply's title or the model's name; may be empty while a draft is awaited. */
  source: string;
  /** Who sent a learned reply, where that is known, and on which day (`2026-03-12`); null: it is no such reply. */
  sent: { readonly by: string; readonly on: string } | null;
  /** Variables that stand in the text as `{name}`: the person fills them. */
  missing: readonly string[];
  /** 0 to 1: how surely it is right; null where nobody can tell. */
  score: number | null;
  /** Why to look twice before it goes out: the first press says so, the second inserts. */
  cares: readonly CareCode[];
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

/** What another system knows of the open chat's customer; without fields while it is being asked. */
export interface CustomerRecord {
  source: string;
  fields: readonly RecordField[];
}

export interface CardState {
  /** Token of the open chat; null when none is open. */
  chat: number | null;
  /** Of the open chat, whatever becomes of its offers. */
  record: CustomerRecord | null;
  offer: Offer | null;
  /** The person closed the card of this message. */
  dismissed: boolean;
  /** A slot that was sent to the agent and has no answer yet: a second press must not insert twice. */
  pending: number | null;
  /** A long text that is shown alone and whole. */
  reading: number | null;
  /** The list of intents, while it is open. */
  choosing: Choosing | null;
  /** The box holds a text of the person's: a second press puts this one in at the cursor. */
  asking: Asking | null;
  /** A suggestion that the person changes first; its text is theirs, and stays when the card goes. */
  editing: Editing | null;
  /** The slot whose reasons for being no good are open. */
  judging: number | null;
  /** The slot of which the person was told why to look twice. */
  warned: number | null;
  /** Slots whose text does not fit, as measured after layout. */
  clipped: ReadonlySet<number>;
  notice: string | null;
  model: StatusCommand["model"] | null;
  modelName: string | null;
  /** Whether messages are captured; null before the first verdict. */
  life: Life | null;
  /** The person folded the card. */
  minimised: boolean;
  /** The person wants the whole card in a window that is too low for it. */
  raised: boolean;
  /** There is no place for texts: WhatsApp is not ready, or the window is too low. */
  cramped: boolean;
  /** Another part of the card is shown in the place of the suggestions. */
  covered: boolean;
}

export const EMPTY: CardState = {
  chat: null,
  record: null,
  offer: null,
  dismissed: false,
  pending: null,
  reading: null,
  choosing: null,
  asking: null,
  editing: null,
  judging: null,
  warned: null,
  clipped: new Set(),
  notice: null,
  model: null,
  modelName: null,
  life: null,
  minimised: false,
  raised: false,
  cramped: true,
  covered: false,
};

const SLOTS = 3;

/** No offer and nothing that belongs to one; the chat and the model's state stay. */
function withoutOffer(state: CardState): CardState {
  const nothing = {
    offer: null,
    pending: null,
    reading: null,
    choosing: null,
    asking: null,
    judging: null,
    warned: null,
  };
  const notice = state.asking && state.notice === ASKS ? null : state.notice;
  return { ...state, ...nothing, notice, dismissed: false, clipped: new Set() };
}

/** The open chat is another one: whatever was offered or said belongs to the past. */
export function chatChanged(state: CardState, token: number | null): CardState {
  return token === state.chat
    ? state
    : { ...withoutOffer(state), notice: null, record: null, editing: null, chat: token };
}

/** What another system says of the customer. One for a chat that is not open any more changes nothing. */
export function recorded(state: CardState, { chat_token, source, fields }: RecordCommand): CardState {
  if (chat_token === state.chat && source === "") return { ...state, record: null };
  if (chat_token !== state.chat || (fields.length === 0 && state.record)) return state;
  return { ...state, record: { source, fields } };
}

export function cleared(state: CardState): CardState {
  return withoutOffer(state);
}

function ready({ slot, kind, sent_by, sent_on, ...shown }: Suggestion, kept: boolean): Slot {
  const sent = sent_on ? { by: sent_by, on: sent_on } : null;
  return { index: slot, origin: kind, kept, phase: "ready", sent, ...shown };
}

/** A new card. One for a chat that is not open any more changes nothing. */
export function offered(state: CardState, command: OfferCommand): CardState {
  if (command.chat_token !== state.chat) return state;
  const slots = new Map<number, Slot>();
  for (const shown of command.suggestions) {
    if (shown.slot >= 0 && shown.slot < SLOTS && shown.text.trim())
      slots.set(shown.slot, ready(shown, false));
  }
  const draft = command.draft_slot;
  if (draft !== null && draft >= 0 && draft < SLOTS && !slots.has(draft)) {
    const empty = { text: "", source: "", sent: null, missing: [], score: null, cares: [] };
    slots.set(draft, { index: draft, origin: "draft", kept: true, phase: "waiting", ...empty });
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

/** More of the draft, or the reply that stands instead. It only ever fills the slot that was kept for it. */
export function drafted(state: CardState, command: DraftCommand): CardState {
  const { offer } = state;
  if (!offer || offer.id !== command.offer_id) return state;
  const known = offer.slots.find((slot) => slot.index === command.slot);
  if (known?.origin !== "draft" || known.phase === "refused") return state;
  const instead = command.state === "none" && command.instead?.text.trim() ? command.instead : null;
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
  const next: Slot = instead
    ? ready({ ...instead, slot: known.index }, true)
    : { ...known, phase: settled, text, source: command.source, cares: command.cares };
  return { ...state, offer: { ...offer, slots: offer.slots.map((slot) => (slot === known ? next : slot)) } };
}

export function noticed(state: CardState, code: string | null): CardState {
  return { ...answered(state, code), notice: code, pending: null, asking: null };
}

/** The notice has stood long enough; a question that nobody answered is withdrawn with it. */
export function unsaid(state: CardState): CardState {
  return { ...state, notice: null, asking: null };
}

export function statusChanged(state: CardState, command: StatusCommand): CardState {
  return { ...state, model: command.model, modelName: command.model_name, life: command.life };
}

export function minimised(state: CardState, on: boolean, raised = false): CardState {
  return { ...state, minimised: on, raised, reading: null, choosing: null };
}

export function dismissed(state: CardState): CardState {
  const closed = { pending: null, reading: null, choosing: null, asking: null, judging: null, notice: null };
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
  | { action: "read" | "ask" | "warn"; state: CardState }
  | { action: "none"; state: CardState };

/**
 * A text that is not wholly in sight is never inserted: the first press shows it, the second picks it. Where the person
 * has a text in the box the first press asks, and the second puts this one in at the cursor. Where there is a reason to
 * look twice, the first press says it.
 */
export function pressed(state: CardState, index: number, boxIsEmpty = true): Press {
  const slot = shownOffer(state)?.slots.find((each) => each.index === index);
  if (!state.offer || slot?.phase !== "ready" || state.pending !== null || state.editing) {
    return { action: "none", state };
  }
  const closed = { choosing: null, asking: null, judging: null, notice: null };
  const warned = { warned: slot.cares.length > 0 ? index : null };
  const isHidden = state.reading !== null ? state.reading !== index : state.judging === index;
  if (isHidden || (state.clipped.has(index) && state.reading !== index)) {
    return {
      action: "read",
      state: { ...state, ...closed, ...warned, reading: state.clipped.has(index) ? index : null },
    };
  }
  if (!boxIsEmpty && state.asking?.index !== index) {
    return {
      action: "ask",
      state: { ...state, ...closed, ...warned, asking: { index, edited: false }, notice: ASKS },
    };
  }
  if (slot.cares.length > 0 && state.warned !== index) {
    return { action: "warn", state: { ...state, ...closed, ...warned } };
  }
  return {
    action: "insert",
    state: { ...state, ...closed, ...warned, pending: index },
    offerId: state.offer.id,
  };
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
  return state.dismissed || state.minimised || state.cramped || state.covered ? null : state.offer;
}
