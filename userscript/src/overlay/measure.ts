import type { CardState } from "./card-state";

/** Slots whose text is higher than its box. While one is read alone the others keep their last measure. */
export function clippedSlots(root: ShadowRoot, state: CardState): ReadonlySet<number> {
  if (state.reading !== null) return state.clipped;
  const found = new Set<number>();
  for (const slot of root.querySelectorAll<HTMLElement>(".slot")) {
    const text = slot.querySelector<HTMLElement>(".slot-text");
    if (text && text.scrollHeight > text.clientHeight + 1) found.add(Number(slot.dataset.slot));
  }
  return found;
}
