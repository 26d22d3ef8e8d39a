/** Times and dates as the page writes them, in any of its languages. Nothing is guessed: what stays open is null. */
import { isToday, isUnreadNotice, isYesterday, languageOf, plain, stripBidi } from "./labels";

/** Order of day and month where the year stands last. */
export type DateOrder = "dmy" | "mdy";
/** Three numbers in the order in which the page wrote them. */
export interface WrittenDate {
  readonly numbers: readonly [number, number, number];
  /** Day or month was written with a leading zero. */
  readonly padded: boolean;
  /** One digit, without a leading zero. */
  readonly unpadded: boolean;
}

const AM = /(^|[^\p{L}])a\.?\s?m\.?($|[^\p{L}])|上午|凌晨|早上|오전|午前|ص/iu;
const PM = /(^|[^\p{L}])p\.?\s?m\.?($|[^\p{L}])|下午|晚上|오후|午後|م/iu;
const NOON = /中午/u;
const HOURS = /(?<![\d:.])(\d{1,2})[:.hH](\d{2})(?:[:.]\d{2})?(?![\d:])/u;
const DATE = /(\d{1,4})\s?[./\-年]\s?(\d{1,2})\s?[./\-月]\s?(\d{2,4})日?/u;
const ENGLISH_DAY_FIRST = new Set(["gb", "au", "nz", "in", "ie", "za", "uk"]);

/** Arabic and Persian digits as ASCII; thin and no-break spaces as spaces. */
function normal(text: string): string {
  return stripBidi(text)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\u00a0\u2007\u2009\u202f]/g, " ");
}

/** `HH:MM` in 24 hours of a text that holds a time, such as `1:23 p. m.` or `下午1:23`; null when it holds none. */
export function parseTime(text: string): string | null {
  const clean = normal(text);
  const match = HOURS.exec(clean);
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2]);
  if (PM.test(clean) || NOON.test(clean)) {
    if (hour > 12) return null;
    if (hour < 12 && !(NOON.test(clean) && hour === 11)) hour += 12;
  } else if (AM.test(clean)) {
    if (hour > 12) return null;
    if (hour === 12) hour = 0;
  }
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Does the text show a 12-hour clock in the American way (`AM`, `PM` in capitals)? */
function isAmericanTime(text: string): boolean {
  return /\d\s?[AP]M\b/.test(normal(text));
}

function isLowerTime(text: string): boolean {
  return /\d\s?[ap]m\b/.test(normal(text));
}

/** The order in which a language that is spoken in one way writes day and month; null when the browser does not know it. */
function orderOf(lang: string): DateOrder | null {
  const tag = lang.replace("_", "-");
  try {
    if (Intl.DateTimeFormat.supportedLocalesOf(tag).length === 0) return null;
    const parts = new Intl.DateTimeFormat(tag).formatToParts(0).map(({ type }) => type);
    return parts.indexOf("day") < parts.indexOf("month") ? "dmy" : "mdy";
  } catch {
    return null;
  }
}

/** The three numbers of a written date; null when there is none. */
export function findDate(text: string): (WrittenDate & { readonly match: string }) | null {
  const match = DATE.exec(normal(text));
  if (!match) return null;
  const [whole, first = "", second = "", third = ""] = match;
  const short = first.length > 2 ? [second, third] : [first, second];
  return {
    match: whole,
    numbers: [Number(first), Number(second), Number(third)],
    padded: short.some((digits) => digits.startsWith("0")),
    unpadded: short.some((digits) => digits.length === 1),
  };
}

/** A date and the time that was written beside it: together they tell more about the order than alone. */
export interface DateSample {
  readonly date: WrittenDate;
  readonly time: string;
}

/**
 * Which of day and month comes first on this page.
 *
 * Values above 12 decide; then the language; plain `en` stands for several countries, so it needs the way of writing
 * as well (`7/11/2026, 8:19 PM` is American, `07/11/2026, 20:19` British). Null when all of that leaves it open.
 */
export function dateOrder(samples: readonly DateSample[], lang: string | null): DateOrder | null {
  const yearLast = samples.filter(({ date }) => date.numbers[0] <= 31);
  const dayFirst = yearLast.some(({ date }) => date.numbers[0] > 12);
  const monthFirst = yearLast.some(({ date }) => date.numbers[1] > 12);
  if (dayFirst !== monthFirst) return dayFirst ? "dmy" : "mdy";
  if (dayFirst) return null;
  const language = languageOf(lang);
  if (language !== "en") return lang ? orderOf(lang) : null;
  const region = lang?.toLowerCase().split(/[-_]/)[1];
  if (region === "us" || region === "ph") return "mdy";
  if (region !== undefined && ENGLISH_DAY_FIRST.has(region)) return "dmy";
  // Only the United States write AM and PM in capitals; Britain, India and Australia write am and pm, or 24 hours.
  const american = yearLast.some(({ date, time }) => isAmericanTime(time) && date.unpadded && !date.padded);
  const british = yearLast.some(
    ({ date, time }) => isLowerTime(time) || (date.padded && !/[ap]\.?\s?m/i.test(time)),
  );
  if (american === british) return null;
  return american ? "mdy" : "dmy";
}

/** ISO date of three written numbers; null when the order is open or there is no such day. */
export function isoDate(date: WrittenDate, order: DateOrder | null): string | null {
  const [first, second, third] = date.numbers;
  if (first > 31) return iso(first, second, third);
  const year = third < 100 ? 2000 + third : third;
  if (order === null) return first === second ? iso(year, first, second) : null;
  return order === "dmy" ? iso(year, second, first) : iso(year, first, second);
}

function iso(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 2009 && year < 2100 ? date.toISOString().slice(0, 10) : null;
}

/** A local day as ISO date, moved by whole days. */
export function dayOf(now: Date, shift = 0): string {
  const date = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + shift));
  return date.toISOString().slice(0, 10);
}

/** An ISO date moved by whole days. */
export function shiftDay(day: string, shift: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + shift * 86_400_000).toISOString().slice(0, 10);
}

/** What a line between rows says. */
export type Divider =
  | { readonly kind: "unread" }
  | { readonly kind: "ago"; readonly days: 0 | 1 }
  | { readonly kind: "weekday"; readonly weekday: number }
  | { readonly kind: "date"; readonly date: WrittenDate }
  | { readonly kind: "day"; readonly day: string };

/** Read a divider (`Hoje`, `terça-feira`, `12/07/2026`, `11 de julho de 2026`); null when the text is something else. */
export function parseDivider(text: string, lang: string | null): Divider | null {
  const word = plain(normal(text));
  if (word.length === 0 || word.length > 40) return null;
  if (isUnreadNotice(word)) return { kind: "unread" };
  if (isToday(word)) return { kind: "ago", days: 0 };
  if (isYesterday(word)) return { kind: "ago", days: 1 };
  const date = findDate(word);
  if (date) return date.match.length === word.length ? { kind: "date", date } : null;
  const weekday = names(lang, "weekday").indexOf(word);
  if (weekday >= 0) return { kind: "weekday", weekday };
  return namedDay(word, lang);
}

/** `11 de julho de 2026`, `July 11, 2026`. */
function namedDay(word: string, lang: string | null): Divider | null {
  const year = /\b(20\d{2})\b/.exec(word)?.[1];
  const day = /(?<!\d)(\d{1,2})(?!\d)/.exec(word)?.[1];
  const month = names(lang, "month").findIndex((name) => word.includes(name));
  const rest = word.replace(/[\d.,]|\bde\b|\bdel\b|\bof\b|\s/g, "");
  if (!year || !day || month < 0 || rest !== names(lang, "month")[month]) return null;
  const exact = iso(Number(year), month + 1, Number(day));
  return exact ? { kind: "day", day: exact } : null;
}

const namesCache = new Map<string, readonly string[]>();

/** Long names in the page's language, Sunday or January first, lower case; empty when the language is not known. */
function names(lang: string | null, unit: "weekday" | "month"): readonly string[] {
  if (!lang) return [];
  const key = `${lang} ${unit}`;
  const cached = namesCache.get(key);
  if (cached) return cached;
  let list: string[] = [];
  try {
    const format = new Intl.DateTimeFormat(lang.replace("_", "-"), { [unit]: "long", timeZone: "UTC" });
    const count = unit === "month" ? 12 : 7;
    // 4 January 2026 is a Sunday.
    const at = (i: number) => (unit === "month" ? Date.UTC(2026, i, 1) : Date.UTC(2026, 0, 4 + i));
    list = Array.from({ length: count }, (_, i) => plain(format.format(at(i))));
  } catch {
    // Not a language that the browser knows: its words cannot be read.
  }
  namesCache.set(key, list);
  return list;
}
