import type { CardState } from "./card-state";

/** Scrolling up shows a group's title together with its first row. */
const TITLE_PX = 26;
/** Of a suggestion's text. */
const LINE_PX = 20;

/** Half a pixel of rounding on each side. */
const ROUNDING_PX = 1;

/**
 * Slots whose text is not wholly in sight: higher or wider than its box, or its box is cut by the card or the window.
 * While one is read alone the others keep their last measure.
 */
export function clippedSlots(root: ShadowRoot, state: CardState): ReadonlySet<number> {
  if (state.reading !== null) return state.clipped;
  const found = new Set<number>();
  const view = root.querySelector(".slots")?.getBoundingClientRect();
  for (const slot of root.querySelectorAll<HTMLElement>(".slot")) {
    const text = slot.querySelector<HTMLElement>(".slot-text");
    if (text && (overflows(text) || (view && isCut(text.getBoundingClientRect(), view)))) {
      found.add(Number(slot.dataset.slot));
    }
  }
  return found;
}

function overflows(text: HTMLElement): boolean {
  const high = text.scrollHeight > text.clientHeight + ROUNDING_PX;
  return high || text.scrollWidth > text.clientWidth + ROUNDING_PX;
}

function isCut(text: DOMRect, view: DOMRect): boolean {
  const bottom = Math.min(view.bottom, innerHeight);
  const right = Math.min(view.right, innerWidth);
  const left = Math.max(view.left, 0);
  return (
    text.bottom > bottom + ROUNDING_PX || text.right > right + ROUNDING_PX || text.left < left - ROUNDING_PX
  );
}

/** How far down a text that is scrolled has been in sight. */
const seen = new WeakMap<Element, { words: string; bottom: number }>();

/** Remember how far the person has scrolled in the text that is read alone, or changed. */
export function followReading(root: ShadowRoot, signal: AbortSignal): void {
  root.addEventListener("scroll", () => void reading(root), { capture: true, signal });
}

function reading(root: ShadowRoot): HTMLElement | null {
  const text = root.querySelector<HTMLElement>('.slot[data-reading="true"] .slot-text, .edit-field');
  if (!text) return null;
  const words = text instanceof HTMLTextAreaElement ? "" : (text.textContent ?? "");
  const before = seen.get(text);
  const bottom = text.scrollTop + text.clientHeight;
  seen.set(text, { words, bottom: before?.words === words ? Math.max(before.bottom, bottom) : bottom });
  return text;
}

/**
 * Show more of the text that is read alone, or changed, when its end has not been in sight yet.
 *
 * @returns whether there was more
 */
export function readFurther(root: ShadowRoot): boolean {
  const text = reading(root);
  const known = text && seen.get(text);
  if (!text || !known || known.bottom >= text.scrollHeight - 2 * ROUNDING_PX - 4) return false;
  // The last lines stay in sight, so that the eye finds its place.
  text.scrollTop = known.bottom - text.clientHeight + Math.max(text.clientHeight - 2 * LINE_PX, LINE_PX);
  return true;
}

/** Scroll the list of intents, and nothing else, until the choice that Enter takes is in sight. */
export function showActive(root: ShadowRoot): void {
  const list = root.querySelector<HTMLElement>(".intents-all");
  const active = list?.querySelector<HTMLElement>('[data-active="true"]');
  if (!list || !active) return;
  const [view, row] = [list.getBoundingClientRect(), active.getBoundingClientRect()];
  if (row.top < view.top) list.scrollTop -= view.top - row.top + TITLE_PX;
  else if (row.bottom > view.bottom) list.scrollTop += row.bottom - view.bottom + 4;
}
