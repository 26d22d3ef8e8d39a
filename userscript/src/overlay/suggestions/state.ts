/** What the person does with a suggestion beside picking it: change it first, or say that it is no good. Pure. */
import type { CareCode, JudgedFrame } from "../../contract.gen";
import { type CardState, type Slot, shownOffer } from "../card-state";

export type Reason = JudgedFrame["reason"];

export const REASONS: readonly Reason[] = ["wrong", "tone", "outdated", "other"];

/** A suggestion that the person changes before it goes into the box. It outlives its card: the words are theirs. */
export interface Editing {
  readonly index: number;
  readonly offerId: string;
  readonly text: string;
  /** What was offered, and why to look twice at it. */
  readonly offered: string;
  readonly cares: readonly CareCode[];
  /** The person was told so, and the next press inserts. */
  readonly warned: boolean;
}

/** What has a digit, a dot inside or an at sign: a number, an address or a link. */
const ODD = /\S*(?:\d|\w\.\w|@)\S*/g;

/** The person has a text in the box and was asked whether this one is to go in at the cursor. */
export interface Asking {
  readonly index: number;
  /** The text in the card's field, and not the one that was offered. */
  readonly edited: boolean;
}

/** The notice that asks. */
export const ASKS = "ask_cursor";

/** How an insertion ended when the text is out of the person's hands. */
const DONE = new Set(["inserted", "fill_in", "copied"]);

/** Which suggestion is changed when none is named: the model's, else the first one. */
export function editable(state: CardState, index?: number): Slot | null {
  const ready = shownOffer(state)?.slots.filter((slot) => slot.phase === "ready") ?? [];
  if (index !== undefined) return ready.find((slot) => slot.index === index) ?? null;
  return ready.find((slot) => slot.origin === "draft") ?? ready[0] ?? null;
}

/** Open a suggestion for changes. */
export function edited(state: CardState, slot: Slot): CardState {
  const offer = shownOffer(state);
  if (!offer || state.editing || state.pending !== null) return state;
  const { index, text, cares } = slot;
  const editing = { index, offerId: offer.id, text, offered: text, cares, warned: state.warned === index };
  return { ...unasked(state), editing, reading: null, judging: null, choosing: null };
}

export function typed(state: CardState, text: string): CardState {
  return state.editing ? { ...unasked(state), editing: { ...state.editing, text } } : state;
}

export function editLeft(state: CardState): CardState {
  return state.editing ? { ...unasked(state), editing: null } : state;
}

/** The field as far as a person can see it. */
export function shownEditing(state: CardState): Editing | null {
  return state.chat === null || state.minimised || state.cramped || state.covered ? null : state.editing;
}

/** Why to look twice at the text as it is now: nothing, once all that was odd is written otherwise. */
export function editedCares({ offered, text, cares }: Editing): readonly CareCode[] {
  const odd = offered.match(ODD) ?? [];
  return odd.length === 0 || odd.some((part) => text.includes(part)) ? cares : [];
}

/** What pressing Insert does with the text in the field. */
export function submitted(
  state: CardState,
  boxIsEmpty: boolean,
): { action: "insert" | "ask" | "warn" | "none"; state: CardState } {
  const editing = shownEditing(state);
  if (!editing?.text.trim() || state.pending !== null) return { action: "none", state };
  const warns = editedCares(editing).length > 0 && !editing.warned;
  const warned = warns ? { ...editing, warned: true } : editing;
  if (!boxIsEmpty && !state.asking?.edited) {
    return {
      action: "ask",
      state: { ...state, editing: warned, asking: { index: editing.index, edited: true }, notice: ASKS },
    };
  }
  if (warns) return { action: "warn", state: { ...state, editing: warned } };
  return { action: "insert", state: { ...unasked(state), pending: editing.index, notice: null } };
}

/** The question is withdrawn. */
export function unasked(state: CardState): CardState {
  if (!state.asking) return state;
  return { ...state, asking: null, notice: state.notice === ASKS ? null : state.notice };
}

/** A notice of the agent: the field closes when its text has arrived. */
export function answered(state: CardState, code: string | null): CardState {
  const done = state.pending !== null && code !== null && DONE.has(code);
  return done ? { ...state, editing: null } : state;
}

/** Open or close the reasons why a suggestion is no good. */
export function judging(state: CardState, index: number | null): CardState {
  const slot = shownOffer(state)?.slots.find((one) => one.index === index);
  const next = slot?.phase === "ready" && state.judging !== index && state.pending === null ? index : null;
  return next === state.judging ? state : { ...unasked(state), judging: next, choosing: null };
}

/** It was no good: its place stays, empty. */
export function refused(state: CardState, index: number): CardState {
  if (!state.offer) return state;
  const slots = state.offer.slots.map((slot) =>
    slot.index === index ? { ...slot, phase: "refused" as const } : slot,
  );
  return { ...unasked(state), judging: null, offer: { ...state.offer, slots } };
}
