/** The card's shortcuts, and when they are WhatsApp's instead. */
import type { Registry } from "../registry";
import { firstOf } from "./first";
import { actionOf, type Keys, pressedKey } from "./shortcuts";

export interface ShortcutTargets {
  /** The person's own keys, as they are now. */
  keys: () => Keys;
  /** Alt+1 to Alt+3; returns whether the card used it. */
  pick: (index: number, event: KeyboardEvent) => boolean;
  /** Alt+Enter: change a suggestion first, or insert what was changed; returns whether the card used it. */
  edit: (event: KeyboardEvent) => boolean;
  /** Tab; returns whether the card used it. */
  accept: (event: KeyboardEvent) => boolean;
  /** Esc while WhatsApp has nothing of its own to close; returns whether the card used it. */
  dismiss: (event: KeyboardEvent) => boolean;
  /** Alt+4; returns whether the card used it. */
  correct: (event: KeyboardEvent) => boolean;
  /** Any key, before the card's own: the parts beside the suggestions; returns whether one used it. */
  other: (event: KeyboardEvent) => boolean;
  /** Any key while the list of intents is open, before all others; returns whether the list used it. */
  type: (event: KeyboardEvent) => boolean;
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
    if (targets.type(event) || targets.other(event)) return true;
    switch (actionOf(targets.keys(), pressedKey(event, windows))) {
      case "pick1":
        return targets.pick(0, event);
      case "pick2":
        return targets.pick(1, event);
      case "pick3":
        return targets.pick(2, event);
      case "correct":
        return targets.correct(event);
      case "edit":
        return targets.edit(event);
      case "accept":
        return targets.accept(event);
      case "dismiss":
        return escapeIsFree(view.document, registry) && targets.dismiss(event);
      default:
        return false;
    }
  };
  firstOf(view).addEventListener("keydown", onKey, { signal });
}
