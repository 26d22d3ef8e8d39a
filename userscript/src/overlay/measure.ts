import type { CardState } from "./card-state";

/** Scrolling up shows a group's title together with its first row. */
const TITLE_PX = 26;

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

/** Scroll the list of intents, and nothing else, until the choice that Enter takes is in sight. */
export function showActive(root: ShadowRoot): void {
  const list = root.querySelector<HTMLElement>(".intents-all");
  const active = list?.querySelector<HTMLElement>('[data-active="true"]');
  if (!list || !active) return;
  const [view, row] = [list.getBoundingClientRect(), active.getBoundingClientRect()];
  if (row.top < view.top) list.scrollTop -= view.top - row.top + TITLE_PX;
  else if (row.bottom > view.bottom) list.scrollTop += row.bottom - view.bottom + 4;
}
