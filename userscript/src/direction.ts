/**
 * Who wrote a row. No single attribute says so; signals are weighed.
 *
 * Certain: the bubble's tail, delivery ticks, direction classes and old ids. They beat the others; two that disagree
 * give `unknown`. Fair: the meta line is a button (the page makes it one on our own rows). Weak: the invisible label,
 * the sender's name, the bubble's place; they must agree with each other. A row without any of these is theirs when it
 * shows its time and no ticks, which ours always have; otherwise it continues the run of the row above.
 */
import type { Direction } from "./contract.gen";
import { isYou } from "./labels";
import type { RowParts } from "./row-parts";

export type Side = Exclude<Direction, "unknown">;

/** What one row says of its own direction. */
export interface DirectionSignals {
  readonly certain: ReadonlySet<Side>;
  readonly metaIsButton: boolean;
  readonly label: Side | null;
  readonly hasTail: boolean;
}

export function directionSignals(
  row: RowParts,
  fromMe: boolean | null,
  hasTicks: boolean,
  senderLabel: string | null,
  lang: string | null,
): DirectionSignals {
  const certain = new Set<Side>();
  const tail = row.first("tail");
  const tailName = tail?.getAttribute("data-icon") ?? tail?.getAttribute("data-testid") ?? tailTitle(row);
  if (tailName === "tail-out") certain.add("out");
  if (tailName === "tail-in") certain.add("in");
  if (hasTicks) certain.add("out");
  if (fromMe !== null) certain.add(fromMe ? "out" : "in");
  const classed =
    row.element.closest(".message-in, .message-out") ??
    row.element.querySelector(".message-in, .message-out");
  if (classed) certain.add(classed.classList.contains("message-out") ? "out" : "in");
  return {
    certain,
    metaIsButton: row.first("meta")?.getAttribute("role") === "button",
    label: senderLabel === null ? null : isYou(senderLabel, lang) ? "out" : "in",
    hasTail: tailName !== null,
  };
}

function tailTitle(row: RowParts): string | null {
  return row.iconTitles.find((title) => title === "tail-in" || title === "tail-out") ?? null;
}

/** The direction that certain signals give; null when there is none, `unknown` when they disagree. */
export function certainDirection(signals: DirectionSignals): Direction | null {
  if (signals.certain.size > 1) return "unknown";
  const [only] = signals.certain;
  return only ?? (signals.metaIsButton ? "out" : null);
}

/** The direction on which all weak signals agree; null without any, `unknown` when they disagree. */
export function agreed(votes: readonly (Side | null)[]): Direction | null {
  const sides = new Set(votes.filter((vote) => vote !== null));
  if (sides.size > 1) return "unknown";
  const [only] = sides;
  return only ?? null;
}

/** Sides by whose name stands in the copyable attribute, learnt from rows of certain direction. */
export class KnownSenders {
  private readonly out = new Set<string>();
  private readonly in = new Set<string>();

  learn(name: string | null, side: Side): void {
    if (name !== null && name !== "") this[side].add(name);
  }

  /** Null when the name belongs to both (a customer named like us) or our own name is not known yet. */
  sideOf(name: string | null): Side | null {
    if (name === null || name === "") return null;
    const ours = this.out.has(name);
    const theirs = this.in.has(name);
    if (ours && theirs) return null;
    if (ours) return "out";
    return theirs || this.out.size > 0 ? "in" : null;
  }
}

/** Least difference between the gaps left and right of a bubble, in CSS pixels, that tells a side. */
const LEAST_LEAN = 24;

/** The side to which the bubble leans; null without layout, or when it fills the width. */
export function leaningSide(row: RowParts): Side | null {
  const bubble = row.first("bubble") ?? row.first("pre_plain");
  const panel =
    bubble?.closest(row.registry.any("scroller")) ?? bubble?.closest(row.registry.any("conversation"));
  if (!bubble || !panel) return null;
  const inner = bubble.getBoundingClientRect();
  const outer = panel.getBoundingClientRect();
  if (inner.width < 8 || outer.width < 8 || inner.width > outer.width * 0.95) return null;
  const lean = inner.left - outer.left - (outer.right - inner.right);
  if (Math.abs(lean) < LEAST_LEAN) return null;
  const isRight = lean > 0;
  const rightIsOurs = bubble.ownerDocument.documentElement.dir !== "rtl";
  return isRight === rightIsOurs ? "out" : "in";
}
