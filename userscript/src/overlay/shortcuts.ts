/** The card's keys as one table: the usual ones, those that a person has put in their place, and which may not be. */

/** What a key does. The names are kept with the person's preferences. */
export const USUAL_KEYS = {
  pick1: "Alt+1",
  pick2: "Alt+2",
  pick3: "Alt+3",
  correct: "Alt+4",
  edit: "Alt+Enter",
  accept: "Tab",
  dismiss: "Escape",
  enter: "Alt+B",
  help: "Alt+?",
} as const;

export type Action = keyof typeof USUAL_KEYS;
export type Keys = Readonly<Record<Action, string>>;

export const ACTIONS = Object.keys(USUAL_KEYS) as readonly Action[];

/** Keys that need no Alt, and what they may do. */
const BARE: Readonly<Record<string, Action>> = { Tab: "accept", Escape: "dismiss" };

/**
 * Keys of WhatsApp Web's own list ("Atalhos do teclado") that are made with Alt. Its others are made with Ctrl+Alt, which
 * is AltGr on Windows: no such key may be chosen at all.
 */
const WHATSAPP = new Set(["Alt+K", "Alt+I", "Alt+L", "Alt+R", "Alt+A"]);

/** Chrome's and Edge's with Alt, and those of the system. */
const BROWSER = new Set([
  ...["D", "E", "F", "F4", "Left", "Right", "Up", "Down", "Home", "Space", "Tab", "Escape"].map(
    (key) => `Alt+${key}`,
  ),
  ...["T", "B", "I", "A", "R", "F6", "Tab"].map((key) => `Alt+Shift+${key}`),
]);

/** Why a combination cannot be had. */
export type Refusal = "whatsapp" | "browser" | "ours" | "plain";

/** The person's own keys, each that is allowed; the usual ones for all others. */
export function keysFor(chosen: Readonly<Record<string, string>>): Keys {
  let keys: Keys = USUAL_KEYS;
  for (const action of ACTIONS) {
    const wanted = chosen[action];
    if (wanted && wanted !== USUAL_KEYS[action] && refusal(keys, action, wanted) === null) {
      keys = { ...keys, [action]: wanted };
    }
  }
  return keys;
}

/** Why `action` cannot have the key `pressed`; null: it can. */
export function refusal(keys: Keys, action: Action, pressed: string): Refusal | null {
  if (ACTIONS.some((other) => other !== action && keys[other] === pressed)) return "ours";
  if (BARE[pressed] !== undefined) return BARE[pressed] === action ? null : "plain";
  if (!pressed.startsWith("Alt+")) return "plain";
  if (WHATSAPP.has(pressed)) return "whatsapp";
  return BROWSER.has(pressed) ? "browser" : null;
}

/** Which action a key is, if any. */
export function actionOf(keys: Keys, pressed: string | null): Action | null {
  return pressed === null ? null : (ACTIONS.find((action) => keys[action] === pressed) ?? null);
}

/**
 * The combination as it is written in the table: `Alt+1`, `Alt+Shift+B`, `Alt+?`, `Tab`; null for what is no key of its
 * own: a modifier, a repetition, a part of a composition, a character that AltGr or the number pad types.
 */
export function pressedKey(event: KeyboardEvent, windows: boolean): string | null {
  if (event.repeat || event.isComposing || event.metaKey || event.getModifierState("AltGraph")) return null;
  const name = nameOf(event, windows);
  if (name === null) return null;
  const shift = event.shiftKey && name !== "?";
  return [event.ctrlKey && "Ctrl", event.altKey && "Alt", shift && "Shift", name].filter(Boolean).join("+");
}

/** Letters and digits by the physical key, because Alt changes what they type; all others by what they say. */
function nameOf(event: KeyboardEvent, windows: boolean): string | null {
  if (event.key === "?" || (event.shiftKey && event.code === "Slash")) return "?";
  const digit = /^(Digit|Numpad)(\d)$/.exec(event.code);
  // On Windows Alt with the number pad is how people type characters by their number (Alt+135 is ç).
  if (digit) return digit[1] === "Numpad" && windows ? null : (digit[2] ?? null);
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter) return /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : letter;
  if (event.code === "Space") return "Space";
  if (/^(Enter|Tab|Escape|F\d{1,2}|Home|End|PageUp|PageDown|Insert|Delete|Backspace)$/.test(event.key))
    return event.key;
  return /^Arrow(Left|Right|Up|Down)$/.exec(event.key)?.[1] ?? null;
}

/** As it stands on the keyboard. */
export function shownKey(combination: string): string {
  return combination.replace("Escape", "Esc").replaceAll("+", " ");
}

/** A text with the key that does the same behind it. */
export function withKey(text: string, combination: string): string {
  return `${text} (${shownKey(combination)})`;
}

/** A text in which the keys stand as their actions in braces. */
export function withKeys(text: string, keys: Keys): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in keys ? shownKey(keys[name as Action]) : whole));
}
