/** Dates and times as the page writes them. All in the browser's own time zone. */
import { labelsOf } from "./labels";
import type { Language } from "./types";

const DAY_MS = 86_400_000;
const two = (n: number): string => String(n).padStart(2, "0");

/** `20:31`, or `8:31 PM` in the American interface. */
export function clock(at: number, language: Language): string {
  const date = new Date(at);
  const hours = date.getHours();
  if (language === "en") return `${hours % 12 || 12}:${two(date.getMinutes())} ${hours < 12 ? "AM" : "PM"}`;
  return `${two(hours)}:${two(date.getMinutes())}`;
}

/** `11/07/2026` (day first), or `7/11/2026` in the American interface. */
export function numericDate(at: number, language: Language): string {
  const date = new Date(at);
  if (language === "en") return `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`;
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
}

/** The start of a row's `data-pre-plain-text`. */
export function prePlainText(at: number, sender: string, language: Language): string {
  return `[${clock(at, language)}, ${numericDate(at, language)}] ${sender}: `;
}

/** A key that is equal for two moments of the same day. */
export function dayOf(at: number): string {
  return new Date(at).toDateString();
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `Hoje`, `Ontem`, a weekday of the last week, or the date. */
export function relativeDate(at: number, language: Language): string {
  const labels = labelsOf(language);
  const days = Math.round((midnight(Date.now()) - midnight(at)) / DAY_MS);
  if (days <= 0) return labels.today;
  if (days === 1) return labels.yesterday;
  if (days < 7) {
    const weekday = new Date(at).toLocaleDateString(language === "en" ? "en-US" : "pt-BR", {
      weekday: "long",
    });
    return weekday;
  }
  return numericDate(at, language);
}

/** What stands at the right of a chat's name in the list. */
export function listTime(at: number, language: Language): string {
  return dayOf(at) === dayOf(Date.now()) ? clock(at, language) : relativeDate(at, language);
}

/** `0:14` */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`;
}
