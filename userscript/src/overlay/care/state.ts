/** Cautions about the open chat, as a value. Pure: no DOM, no clock. */
import type { Care, CareCommand } from "../../contract.gen";
import type { PersonalNumber } from "./numbers";

export interface CareState {
  /** Token of the open chat; null: none. */
  chat: number | null;
  /** As the agent told them, the most serious one first. */
  told: readonly Care[];
  /** What the person has taken note of in this document. */
  noted: ReadonlySet<string>;
  /** The list of all is open. */
  open: boolean;
  /** Numbers of people in what the person writes. */
  typed: readonly PersonalNumber[];
}

export const NOTHING: CareState = { chat: null, told: [], noted: new Set(), open: false, typed: [] };

/** A caution is the same as long as it is about the same words of the same message. */
function nameOf(care: Care): string {
  return JSON.stringify([care.code, care.wa_id, care.shown]);
}

/** What the person has not taken note of yet. */
export function shownCares(state: CareState): readonly Care[] {
  return state.told.filter((care) => !state.noted.has(nameOf(care)));
}

/** New cautions; for a chat that is not open any more they change nothing. */
export function told(state: CareState, command: CareCommand): CareState {
  if (command.chat_token !== state.chat) return state;
  return closedIfEmpty({ ...state, told: command.cares });
}

/** Another chat: what was said of the last one goes. What was noted stays noted. */
export function chatChanged(state: CareState, token: number | null): CareState {
  return token === state.chat ? state : { ...state, chat: token, told: [], open: false, typed: [] };
}

export function noted(state: CareState, cares: readonly Care[]): CareState {
  return closedIfEmpty({ ...state, noted: new Set([...state.noted, ...cares.map(nameOf)]) });
}

export function opened(state: CareState, open: boolean): CareState {
  return closedIfEmpty({ ...state, open });
}

/** The same object while nothing changes, so that nothing is drawn again with each letter. */
export function typed(state: CareState, numbers: readonly PersonalNumber[]): CareState {
  return numbers.join() === state.typed.join() ? state : { ...state, typed: numbers };
}

function closedIfEmpty(state: CareState): CareState {
  return state.open && shownCares(state).length === 0 ? { ...state, open: false } : state;
}
