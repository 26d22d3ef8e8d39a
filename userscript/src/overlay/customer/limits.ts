/** How much may be written where: the agent's own limits, said before anything is sent. */
import type { Target } from "./state";

export type Problem =
  | "empty"
  | "long_label"
  | "long_name"
  | "long_note"
  | "long_value"
  | "signs"
  | "no_date"
  | "past";

const LABEL_MOST = 60;
const NAME_MOST = 200;
const NOTE_MOST = 4_000;
const VALUE_MOST = 1_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are refused
const CONTROL = /[\u0000-\u001f\u007f]/;

/** In characters as the agent counts them: an emoji is one or a few, never two halves. */
function longer(text: string, most: number): boolean {
  return text.length > most && [...text].length > most;
}

function label(text: string): Problem | null {
  if (!text) return "empty";
  if (CONTROL.test(text) || text.includes("/")) return "signs";
  return longer(text, LABEL_MOST) ? "long_label" : null;
}

/**
 * Why this cannot be kept; null: it can.
 *
 * @param text what stands in the field, without blanks at its ends
 * @param name the name of a new field, without blanks at its ends
 */
export function problemOf(target: Target, text: string, name: string, now: Date): Problem | null {
  switch (target.what) {
    case "name":
      if (CONTROL.test(text)) return "signs";
      return longer(text, NAME_MOST) ? "long_name" : null;
    case "tag":
      return label(text);
    case "note":
      if (text.includes("\u0000")) return "signs";
      return !text ? "empty" : longer(text, NOTE_MOST) ? "long_note" : null;
    case "field":
      if (text.includes("\u0000")) return "signs";
      if (target.field === null && label(name)) return label(name);
      return !text ? "empty" : longer(text, VALUE_MOST) ? "long_value" : null;
    case "follow_up": {
      const at = new Date(text);
      if (Number.isNaN(at.getTime())) return "no_date";
      return at <= now ? "past" : null;
    }
    default:
      return target satisfies never;
  }
}
