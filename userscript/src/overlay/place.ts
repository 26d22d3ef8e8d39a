/** `column` and `rail` stand at the right edge, `strip` and `bar` along the bottom; `rail` and `bar` are minimised. */
export type DockMode = "column" | "rail" | "strip" | "bar";

export interface DockPlace {
  mode: DockMode;
  /** CSS pixels taken from the page: a width at the right edge, a height at the bottom. */
  size: number;
}

/** Below this width WhatsApp needs the whole width itself (its own panes stop at about 750). */
const COLUMN_FROM = 1000;
/** A window lower than this keeps the conversation readable only beside a bar. */
const STRIP_FROM_HEIGHT = 440;

/** The place for a window of `width` x `height` CSS pixels (browser zoom is already in them). */
export function placeFor(width: number, height: number, minimised: boolean): DockPlace {
  if (width >= COLUMN_FROM) {
    if (minimised) return { mode: "rail", size: 48 };
    return { mode: "column", size: Math.round(Math.min(380, Math.max(304, width * 0.265))) };
  }
  if (minimised || height < STRIP_FROM_HEIGHT) return { mode: "bar", size: 44 };
  return { mode: "strip", size: 164 };
}

/** Below this height (a small laptop, or zoom) the card gives its captions' room to the texts. */
const LOW_BELOW = 690;

export function isLow(height: number): boolean {
  return height < LOW_BELOW;
}

/** Whether the place is at the right edge of the window; otherwise it is along the bottom. */
export function isBeside(place: DockPlace): boolean {
  return place.mode === "column" || place.mode === "rail";
}
