/** Moments as the person's own clock shows them. */
import type { Language } from "../texts";

export type WhenName = "today" | "tomorrow" | "days" | "monday";

export interface When {
  readonly name: WhenName;
  readonly at: Date;
}

/** A reminder in less than this, in milliseconds, is no help. */
const SOON_MS = 15 * 60_000;
const MORNING = 9;
const EVENING = 17;

function onDay(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

/** The usual moments to come back at, soonest first; none twice, and none that has nearly passed. */
export function choices(now: Date): When[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const all: When[] = [
    { name: "today", at: onDay(now, 0, EVENING) },
    { name: "tomorrow", at: onDay(now, 1, MORNING) },
    { name: "days", at: onDay(now, 3, MORNING) },
    { name: "monday", at: onDay(now, toMonday, MORNING) },
  ];
  const seen = new Set<number>();
  return all
    .filter(({ at }) => at.getTime() - now.getTime() >= SOON_MS)
    .filter(({ at }) => !seen.has(at.getTime()) && seen.add(at.getTime()))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** As a field for a date and time takes it: the local clock, to the minute. */
export function localText(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

/** Whole days of the calendar from one moment to another; summer time makes some of them shorter. */
function daysBetween(from: Date, to: Date): number {
  const day = (one: Date) => Date.UTC(one.getFullYear(), one.getMonth(), one.getDate());
  return Math.round((day(to) - day(from)) / 86_400_000);
}

/** The day: `hoje`, `amanhã`, a day of this week, else the date. */
export function sayDay(at: Date, now: Date, language: Language): string {
  const days = daysBetween(now, at);
  if (Math.abs(days) <= 1) return relative(language).format(days, "day");
  if (days > 0 && days < 7) return format(language, { weekday: "long" }).format(at);
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return format(language, { day: "2-digit", month: "2-digit", ...year }).format(at);
}

/** A day of the calendar, as the agent writes it (`2026-03-12`): day and month. */
export function sayDate(day: string, language: Language): string {
  return format(language, { day: "2-digit", month: "2-digit", timeZone: "UTC" }).format(new Date(day));
}

/** The day and the clock time. */
export function sayWhen(at: Date, now: Date, language: Language): string {
  return `${sayDay(at, now, language)}, ${sayTime(at, language)}`;
}

export function sayTime(at: Date, language: Language): string {
  return format(language, { hour: "numeric", minute: "2-digit" }).format(at);
}

const relatives = new Map<Language, Intl.RelativeTimeFormat>();

function relative(language: Language): Intl.RelativeTimeFormat {
  const known = relatives.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  relatives.set(language, known);
  return known;
}
