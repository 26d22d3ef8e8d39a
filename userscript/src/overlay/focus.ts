/** The keyboard inside the card: the page's own Tab never comes here, so the person enters by a key and leaves by Esc. */
import { isField } from "./fields";

/** Of tabs only the chosen one: the arrows lead to the others. */
const REACHABLE =
  "button:not([aria-disabled='true']):not([disabled]):not([role='tab'][aria-selected='false']), input, textarea, [data-reach]";
/** What lies under a sheet. */
const COVERED = ".panel *, .slots *, .context *, .banners *, .empty *, .record *";
const FIRST = ".panel *, .slots *, .sheet *";

export interface CardFocus {
  /** Put the focus on the first control of what is shown. */
  enter(): void;
  /** Put it back where the person was writing. */
  leave(): void;
  /** Whether something in the card has it. */
  isInside(): boolean;
  /** Whether that is a field, which takes words. */
  isInField(): boolean;
  /** Tab and Shift+Tab go round in the card. */
  move(step: 1 | -1): void;
  /** An arrow key among the tabs; returns whether it was for them. */
  arrow(key: string): boolean;
  /** After a drawing: what had the focus may be gone, or lie under a sheet. `was`: where it was before. */
  keep(was: Element | null): void;
  /** What in the card has the focus; null: nothing. */
  at(): Element | null;
}

/** A long text in a button: browsers scroll what has the focus, not what is in it. Whether the key was one for that. */
function scrolls(pressed: Element | null, key: string): boolean {
  const all = pressed?.matches("button") ? [...pressed.querySelectorAll(".words")] : [];
  const text = all.find((one) => one.scrollHeight > one.clientHeight + 1);
  const pages = { ArrowDown: 0.2, ArrowUp: -0.2, PageDown: 0.9, PageUp: -0.9 }[key];
  if (!text || pages === undefined) return false;
  text.scrollBy(0, pages * text.clientHeight);
  return true;
}

export function createFocus(
  doc: Document,
  host: Element,
  root: ShadowRoot,
  home: () => HTMLElement | null,
): CardFocus {
  let before: Element | null = null;

  function reachable(): HTMLElement[] {
    const covered = root.querySelector(".sheet") !== null;
    return [...root.querySelectorAll<HTMLElement>(REACHABLE)].filter(
      (one) => one.getClientRects().length > 0 && !(covered && one.matches(COVERED)),
    );
  }

  function enter(): void {
    if (doc.activeElement !== host && doc.activeElement !== doc.body) before = doc.activeElement;
    const all = reachable();
    (all.find((one) => one.matches(FIRST)) ?? all[0])?.focus();
  }

  function leave(): void {
    const back = before instanceof HTMLElement && before.isConnected && before !== doc.body ? before : home();
    before = null;
    if (back) back.focus();
    else (root.activeElement as HTMLElement | null)?.blur();
  }

  return {
    enter,
    leave,
    at: () => (doc.activeElement === host ? root.activeElement : null),
    isInside: () => doc.activeElement === host && root.activeElement !== null,
    isInField: () => isField(root.activeElement),
    move(step) {
      const all = reachable();
      if (all.length === 0) return;
      const now = all.indexOf(root.activeElement as HTMLElement);
      const next = now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length;
      all[next]?.focus();
    },
    arrow(key) {
      if (scrolls(root.activeElement, key)) return true;
      const tabs = [
        ...(root.activeElement?.closest("[role='tablist']")?.querySelectorAll("[role='tab']") ?? []),
      ];
      const now = tabs.indexOf(root.activeElement as Element);
      const to = { ArrowRight: now + 1, ArrowLeft: now - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[
        key
      ];
      if (now < 0 || to === undefined) return false;
      (tabs[to % tabs.length] as HTMLElement).focus();
      return true;
    },
    keep(was) {
      if (was === null) return;
      const now = doc.activeElement === host ? root.activeElement : null;
      const sheet = root.querySelector(".sheet");
      const under = now !== null && sheet !== null && now.matches(COVERED);
      if (now !== null && !under) return;
      // Somebody who wrote in a field that is gone wants to write on; who goes by the keys stays in the card.
      if (isField(was) && !sheet) leave();
      else enter();
    },
  };
}
