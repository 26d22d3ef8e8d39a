import type { Preferences } from "../contract.gen";

/** `column` and `rail` stand at a side of the window, `strip` and `bar` along the bottom; `rail` and `bar` are minimised. */
export type DockMode = "column" | "rail" | "strip" | "bar";
export type Side = "right" | "left" | "bottom";

export interface DockPlace {
  mode: DockMode;
  side: Side;
  /** CSS pixels of the window that are taken from the page: a width at a side, a height at the bottom. */
  size: number;
  /** How much larger than usual the card is drawn: 1 to 2. */
  scale: number;
}

/** What the person wants of the place. */
export interface Wish extends Pick<Preferences, "place" | "scale"> {
  minimised: boolean;
  /** The window is too low for texts beside the conversation, and the person wants to see them all the same. */
  raised: boolean;
}

export const USUAL_WISH: Wish = { place: "right", scale: 100, minimised: false, raised: false };

/** Below this width WhatsApp needs the whole width itself (its own panes stop at about 750). */
const COLUMN_FROM = 1000;
/** So much of the window's width the card takes at most, and so much it leaves to WhatsApp at least. */
const MOST_WIDTH = 0.45;
const LEAST_LEFT = 652;
/** A column that is narrower than this, in its own enlarged pixels, holds no sentence. */
const LEAST_COLUMN = 264;
/** A window lower than this keeps the conversation readable only beside a bar. */
const STRIP_FROM_HEIGHT = 440;
/** Of a strip's height, so much must be left to the conversation. */
const LEAST_ABOVE = 272;
const STRIP = 164;
const BAR = 44;
const RAIL = 48;

/** The place for a window of `width` x `height` CSS pixels (browser zoom is already in them). */
export function placeFor(width: number, height: number, wish: Wish = USUAL_WISH): DockPlace {
  const scale = wish.scale / 100;
  const side = wish.place === "left" ? "left" : "right";
  if (width >= COLUMN_FROM && wish.place !== "bar") {
    if (wish.minimised) return { mode: "rail", side, size: Math.round(RAIL * scale), scale };
    const usual = Math.min(380, Math.max(304, width * 0.265));
    const size = Math.round(Math.min(usual * scale, width * MOST_WIDTH, width - LEAST_LEFT));
    if (size / scale >= LEAST_COLUMN) return { mode: "column", side, size, scale };
  }
  return along(height, wish, scale);
}

/** Along the bottom: what is enlarged gives way where too little would be left of the conversation. */
function along(height: number, { minimised, raised }: Wish, scale: number): DockPlace {
  const fits = Math.min(scale, Math.max(1, (height - LEAST_ABOVE) / STRIP));
  const low = height < STRIP_FROM_HEIGHT;
  if (minimised || (low && !raised)) {
    return { mode: "bar", side: "bottom", size: Math.round(BAR * scale), scale };
  }
  return { mode: "strip", side: "bottom", size: Math.round(STRIP * (low ? 1 : fits)), scale: low ? 1 : fits };
}

/** Below this height (a small laptop, or zoom) the card gives its captions' room to the texts. */
const LOW_BELOW = 690;

/** Whether `height`, in the card's own pixels, is little. */
export function isLow(height: number): boolean {
  return height < LOW_BELOW;
}

/** Whether the card shows nothing but that it is there. */
export function isFolded(mode: DockMode): boolean {
  return mode === "rail" || mode === "bar";
}

/** Whether the place is at a side of the window; otherwise it is along the bottom. */
export function isBeside(place: DockPlace): boolean {
  return place.side !== "bottom";
}
