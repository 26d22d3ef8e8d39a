/** What of the form is open, as a value, and how each wish changes it. Pure: no DOM, no clock. */
import type { Preferences } from "../../contract.gen";
import { type Action, keysFor, type Refusal, refusal, USUAL_KEYS } from "../shortcuts";

export type View = "menu" | "keys" | "state" | "tour";

export interface FormState {
  /** The sheet that the person opened; null: none. */
  view: View | null;
  /** The action whose new key is awaited. */
  capturing: Action | null;
  /** The last key that could not be had. */
  refused: { action: Action; key: string; why: Refusal } | null;
  /** Of the tour, from 0. */
  step: number;
  /** This person has not seen the tour, and has not ended it. */
  isNew: boolean;
  paused: boolean;
}

export const CLOSED: FormState = {
  view: null,
  capturing: null,
  refused: null,
  step: 0,
  isNew: false,
  paused: false,
};

export const STEPS = 4;
export const SCALES = [100, 125, 150, 175, 200] as const;

export function opened(state: FormState, view: View | null): FormState {
  return { ...state, view, capturing: null, refused: null, step: view === "tour" ? 0 : state.step };
}

/** The sheet to be shown: the first tour comes by itself, but never over something that the person could use. */
export function shownView(state: FormState, busy: boolean): View | null {
  return state.view ?? (state.isNew && !busy ? "tour" : null);
}

/** A step on or back; null: the tour has ended. */
export function stepped(state: FormState, by: 1 | -1): FormState | null {
  const step = state.step + by;
  return step >= STEPS ? null : { ...state, step: Math.max(0, step) };
}

/** The next size in that direction; the same at the ends. */
export function scaled(now: number, by: 1 | -1): number {
  const nearest = SCALES.reduce((best, one) => (Math.abs(one - now) < Math.abs(best - now) ? one : best));
  const at = SCALES.indexOf(nearest as (typeof SCALES)[number]) + by;
  return SCALES[Math.min(SCALES.length - 1, Math.max(0, at))] ?? now;
}

/** A key was pressed while one is awaited. `shortcuts`: what to keep from now on; null: as before. */
export function caught(
  state: FormState,
  chosen: Preferences["shortcuts"],
  key: string,
): { state: FormState; shortcuts: Preferences["shortcuts"] | null } {
  const action = state.capturing;
  if (action === null) return { state, shortcuts: null };
  const over = { ...state, capturing: null, refused: null };
  if (key === "Escape" && action !== "dismiss") return { state: over, shortcuts: null };
  const why = refusal(keysFor(chosen), action, key);
  if (why) return { state: { ...state, refused: { action, key, why } }, shortcuts: null };
  const rest = usual(chosen, action);
  return { state: over, shortcuts: key === USUAL_KEYS[action] ? rest : { ...rest, [action]: key } };
}

/** No key is awaited any more: the person went on to something else. */
export function uncaught(state: FormState): FormState {
  return state.capturing === null ? state : { ...state, capturing: null, refused: null };
}

/** The usual key again, unless another action has it by now: then that one gets its usual key too. */
export function usual(chosen: Preferences["shortcuts"], action: Action): Preferences["shortcuts"] {
  return Object.fromEntries(
    Object.entries(chosen).filter(([name, key]) => name !== action && key !== USUAL_KEYS[action]),
  );
}
