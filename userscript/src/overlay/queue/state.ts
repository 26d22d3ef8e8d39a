/** Who waits, as the card shows it: pure functions over what the agent told and the time. */
import type { QueueCommand, QueueLine } from "../../contract.gen";

/** While the person's hand is on the list nothing changes its place; not longer than this after its last movement, in ms. */
export const HOLD_MS = 15_000;
/** From this share of the target on, the wait is shown as one to look at. */
const SOON = 0.5;

export type Tone = "calm" | "warn" | "over";

export interface ShownLine {
  readonly key: string;
  readonly line: QueueLine;
  /** Does not wait any more, but keeps its place until the hand is gone. */
  readonly gone: boolean;
}

export interface QueueState {
  /** Null before the chat list was read for the first time. */
  readonly told: QueueCommand | null;
  readonly shown: readonly ShownLine[];
  /** Milliseconds since the Unix epoch; 0: the order is free. */
  readonly heldUntil: number;
}

export const NOBODY_KNOWN: QueueState = { told: null, shown: [], heldUntil: 0 };

export function keyOf({ title, twin }: Pick<QueueLine, "title" | "twin">): string {
  return `${twin}:${title}`;
}

/** The agent told who waits now. */
export function told(state: QueueState, command: QueueCommand): QueueState {
  const fresh = linesOf(command);
  if (state.heldUntil === 0) return { ...state, told: command, shown: fresh };
  const now = new Map(fresh.map((one) => [one.key, one]));
  const kept = state.shown.map((before) => now.get(before.key) ?? { ...before, gone: true });
  const known = new Set(kept.map((one) => one.key));
  return { ...state, told: command, shown: [...kept, ...fresh.filter((one) => !known.has(one.key))] };
}

/** The person's hand moves over the list. */
export function held(state: QueueState, now: number): QueueState {
  return { ...state, heldUntil: now + HOLD_MS };
}

/** It is gone: the order is the agent's again. */
export function released(state: QueueState): QueueState {
  if (state.heldUntil === 0) return state;
  return { ...state, shown: state.told ? linesOf(state.told) : [], heldUntil: 0 };
}

/** Time has passed. */
export function ticked(state: QueueState, now: number): QueueState {
  return now >= state.heldUntil ? released(state) : state;
}

function linesOf(command: QueueCommand): ShownLine[] {
  return command.lines.map((line) => ({ key: keyOf(line), line, gone: false }));
}

/** Opening time that a customer has waited, in seconds; null: not known. It passes only while the company is open. */
export function waitedS(line: QueueLine, command: QueueCommand, now: number): number | null {
  if (line.waited_s === null) return null;
  return line.waited_s + (command.is_open ? Math.max(0, now - command.told_ms) / 1000 : 0);
}

/** The same by the clock, as the customer feels it. */
export function elapsedS(line: QueueLine, now: number): number | null {
  return line.waits_since === null ? null : Math.max(0, now - Date.parse(line.waits_since)) / 1000;
}

/** How a wait stands to the target. */
export function toneOf(line: QueueLine, command: QueueCommand, now: number): Tone {
  const waited = waitedS(line, command, now);
  if (waited === null || waited < command.target_s * SOON) return "calm";
  return waited < command.target_s ? "warn" : "over";
}

/** How many wait, and whether somebody has waited too long or is upset; null while nobody waits. */
export function badgeOf({ told: command }: QueueState, now: number) {
  const count = command ? command.lines.length + command.more : 0;
  if (!command || count === 0) return null;
  const tones = command.lines.map((line) => toneOf(line, command, now));
  const upset = command.lines.some((line) => line.sentiment === "negative");
  const tone = tones.includes("over") ? "bad" : upset || tones.includes("warn") ? "warn" : "calm";
  return { text: count > 99 ? "99+" : String(count), tone } as const;
}
