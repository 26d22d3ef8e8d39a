/** The card's shortcuts, and when they are WhatsApp's instead. */
import type { Registry } from "../registry";

/** Alt with this digit opens the list of intents: the next one after the suggestions. */
const CORRECT = 4;

export interface ShortcutTargets {
  /** The person pressed Alt+1 to Alt+3; returns whether the card used it. */
  pick: (index: number, event: KeyboardEvent) => boolean;
  /** The person pressed Esc while WhatsApp has nothing of its own to close; returns whether the card used it. */
  dismiss: (event: KeyboardEvent) => boolean;
  /** The person pressed Alt+4; returns whether the card used it. */
  correct: (event: KeyboardEvent) => boolean;
  /** Any key while the list of intents is open, before all others; returns whether the list used it. */
  type: (event: KeyboardEvent) => boolean;
}

/** Which digit (1 to 4) is pressed with Alt, or null. `code` is the physical key: Alt changes what it types. */
export function digitOf(event: KeyboardEvent, windows: boolean): number | null {
  const plainAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  // AltGr types characters (on many Brazilian keyboards ¹ ² ³ are AltGr+1 to 3).
  if (!plainAlt || event.repeat || event.isComposing || event.getModifierState("AltGraph")) return null;
  // On Windows Alt with the number pad is how people type characters by their number (Alt+135 is ç).
  const match = (windows ? /^Digit([1-4])$/ : /^(?:Digit|Numpad)([1-4])$/).exec(event.code);
  return match ? Number(match[1]) : null;
}

/** Whether Esc is free: nothing of WhatsApp's is open, and the person is not writing in a search box or the like. */
export function escapeIsFree(doc: Document, registry: Registry): boolean {
  const active = doc.activeElement;
  const typing =
    active instanceof HTMLElement && (active.matches("input, textarea") || active.isContentEditable);
  const inConversation = active?.closest(registry.any("conversation")) != null;
  const open = registry.find("dialog", doc) ?? registry.find("closes_on_escape", doc);
  return (inConversation || !typing) && open === null;
}

/**
 * Listen on the window before anything of the page does. A key that the card uses ends there: WhatsApp must not also
 * close the chat on the Esc that closed the card. Keys made by scripts are ignored.
 */
export function listenForShortcuts(
  view: Window,
  registry: Registry,
  targets: ShortcutTargets,
  signal: AbortSignal,
): void {
  const windows = /win/i.test(view.navigator.platform);
  // Held down, the Enter that chose an intent would go on to the message box and send.
  let used = "";
  const onKey = (event: KeyboardEvent) => {
    if (!event.isTrusted) return;
    if (takes(event) || (event.repeat && event.code === used)) {
      used = event.code;
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.code === used) used = "";
  };
  const takes = (event: KeyboardEvent): boolean => {
    if (targets.type(event)) return true;
    const digit = digitOf(event, windows);
    const plainEscape =
      event.key === "Escape" &&
      !event.isComposing &&
      !event.altKey &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.shiftKey;
    if (digit === CORRECT) return targets.correct(event);
    if (digit !== null) return targets.pick(digit - 1, event);
    return plainEscape && escapeIsFree(view.document, registry) && targets.dismiss(event);
  };
  view.addEventListener("keydown", onKey, { capture: true, signal });
}
