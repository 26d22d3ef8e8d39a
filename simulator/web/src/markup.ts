/** How the parts of the page are marked up: one generation everywhere, or several on a page that is being rolled out. */
import { hash } from "./identity";
import type { Generation, Message } from "./types";

/** `between` was seen in April 2026: the older markup, with the first test ids back on the texts. */
type Style = "2026" | "2025" | "2023" | "between";
export type Place = "shell" | "list" | "header" | "rows" | "box";

export interface Markup {
  readonly style: Style;
  /** The structure of 2026; otherwise the older one. */
  readonly modern: boolean;
  readonly hasTestId: (id: string) => boolean;
}

/** Test ids of the first half of 2023, as far as public pieces of that page show them. */
const IN_2023 =
  /^(conv-msg-|list-item-|cell-frame-|tail-|conversation-(header|info-header|panel-|compose-box-input)|chat-list$|chat-subtitle$|last-msg-status$|status-(image|video|gif|ptt|audio|sticker|document|vcard|location)$|icon-unread-count$|msg-(container|meta|notification-container|time|check|dblcheck)$|author$|group-chat-profile-picture$|quoted-message$|image-thumb$|video-content$|media-(state-gif-icon|gif|play)$|view-once-|document-thumb$|vcard-msg$|poll-|recalled$|ptt-(status|ready-btn)$|audio-(play|file)$|reaction-bubble$|intro-title$)/;

const MARKUPS: Record<Style, Markup> = {
  "2026": { style: "2026", modern: true, hasTestId: () => true },
  "2025": { style: "2025", modern: false, hasTestId: () => false },
  "2023": { style: "2023", modern: false, hasTestId: (id) => IN_2023.test(id) },
  between: { style: "between", modern: false, hasTestId: (id) => id.endsWith("selectable-text") },
};

/** A page in the middle of a roll-out: the list and the box are still the older ones. */
const MIXED: Record<Place, Style> = {
  shell: "2026",
  list: "2025",
  header: "2026",
  rows: "2026",
  box: "2025",
};
const MIXED_ROWS: readonly Style[] = ["2026", "between", "2025", "2026", "2023"];

export function markupOf(generation: Generation, place: Place): Markup {
  return MARKUPS[generation === "mixed" ? MIXED[place] : generation];
}

/** The markup of one row: in the middle of a roll-out it changes from row to row. */
export function markupOfRow(generation: Generation, message: Message): Markup {
  if (generation !== "mixed") return MARKUPS[generation];
  return MARKUPS[MIXED_ROWS[hash(`${message.id}markup`) % MIXED_ROWS.length] ?? "2026"];
}
