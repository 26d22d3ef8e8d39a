/** Dates and times as the page writes them. All in the browser's own time zone. */
import { labelsOf } from "./labels";
import type { Clock, Language } from "./types";

const DAY_MS = 86_400_000;
const two = (n: number): string => String(n).padStart(2, "0");

/** Language and clock of the page: what its writing of dates and times depends on. */
export interface Manner {
  readonly language: Language;
  readonly clock: Clock;
}

/** What stands before and in the words for the halves of the day: thin and no-break spaces were seen. */
const HALVES: Record<Language, [string, string]> = {
  en: [" AM", " PM"],
  "pt-BR": ["\u202fAM", "\u202fPM"],
  es: [" a.\u00a0m.", " p.\u00a0m."],
};

/** `20:31`, `8:31 PM`, `8:31 p. m.` */
export function clock(at: number, { language, clock }: Manner): string {
  const date = new Date(at);
  const hours = date.getHours();
  if (clock === "24h") return `${two(hours)}:${two(date.getMinutes())}`;
  return `${hours % 12 || 12}:${two(date.getMinutes())}${HALVES[language][hours < 12 ? 0 : 1]}`;
}

/** `11/07/2026`, `11/7/2026` in Spanish; `7/11/2026` in the American interface, which is the English one with AM and PM. */
export function numericDate(at: number, { language, clock }: Manner): string {
  const date = new Date(at);
  const [day, month, year] = [date.getDate(), date.getMonth() + 1, date.getFullYear()];
  if (language === "es") return `${day}/${month}/${year}`;
  if (language === "en" && clock === "12h") return `${month}/${day}/${year}`;
  return `${two(day)}/${two(month)}/${year}`;
}

/** The start of a row's `data-pre-plain-text`. */
export function prePlainText(at: number, sender: string, manner: Manner): string {
  return `[${clock(at, manner)}, ${numericDate(at, manner)}] ${sender}: `;
}

/** A key that is equal for two moments of the same day. */
export function dayOf(at: number): string {
  return new Date(at).toDateString();
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `Hoje`, `Ontem`, a weekday of the last week, or the date. */
export function relativeDate(at: number, manner: Manner): string {
  const labels = labelsOf(manner.language);
  const days = Math.round((midnight(Date.now()) - midnight(at)) / DAY_MS);
  if (days <= 0) return labels.today;
  if (days === 1) return labels.yesterday;
  if (days < 7) return new Date(at).toLocaleDateString(manner.language, { weekday: "long" });
  return numericDate(at, manner);
}

/** What stands at the right of a chat's name in the list. */
export function listTime(at: number, manner: Manner): string {
  return dayOf(at) === dayOf(Date.now()) ? clock(at, manner) : relativeDate(at, manner);
}

/** `0:14` */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`;
}
