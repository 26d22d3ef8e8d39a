/** The day of every row: from itself, from the rows beside it, or from the date divider above it. */
import { type DateOrder, type Divider, dateOrder, dayOf, isoDate, shiftDay } from "./clock";
import type { RowFacts } from "./row";

/**
 * Clock times that differ by more than this are of two days, in minutes. A message that came late goes back less, and a
 * computer's clock is wrong by less.
 */
const JUMP_MIN = 12 * 60;

/** One step through the list: a row (its facts are null while it is virtualised), or a line between rows. */
export interface Step {
  readonly element: Element | null;
  readonly facts: RowFacts | null;
  /** Null on rows, and on lines whose words are not understood. */
  readonly divider: Divider | null;
}

/**
 * ISO dates, one a step; null where nothing tells the day.
 *
 * The page puts a divider where the day changes, so rows between two lines are of one day: one dated row gives it to
 * all of them, otherwise the divider does. A line that is not understood might be a divider, so nothing passes it.
 */
export function datesOf(steps: readonly Step[], lang: string | null, now: Date | null): (string | null)[] {
  const samples = steps.flatMap(({ facts, divider }) => {
    if (facts?.dated) return [facts.dated];
    return divider?.kind === "date" ? [{ date: divider.date, time: "" }] : [];
  });
  const order = dateOrder(samples, lang);
  const own = steps.map(({ facts }) => (facts?.dated ? isoDate(facts.dated.date, order) : null));
  const stretches = stretchesOf(steps, own);
  const today = now ? dayOf(now) : todayFrom(stretches);
  const clock = now ? now.getHours() * 60 + now.getMinutes() : null;
  const dates = [...own];
  let before: string | null = null;
  for (const [index, stretch] of stretches.entries()) {
    const later = stretches.slice(index + 1);
    const day =
      stretch.days.size === 1
        ? ([...stretch.days][0] ?? null)
        : stretch.days.size === 0
          ? (dayOfLine(stretch.divider, order, today, later) ?? dayAfterMidnight(stretch, before, today))
          : null;
    const stale =
      stretch.days.size === 0 && clock !== null ? staleUntil(steps, stretch, clock) : stretch.from;
    for (let i = stretch.from; i < stretch.to; i += 1) {
      if (!steps[i]?.facts) continue;
      dates[i] ??=
        day === null ? between(own, i, stretch.from, stretch.to) : shiftDay(day, i < stale ? -1 : 0);
      before = dates[i] ?? null;
    }
  }
  return dates;
}

/** Rows that follow a jump back of the clock, below rows of yesterday, are of today: nothing comes from tomorrow. */
function dayAfterMidnight(
  { afterMidnight }: Stretch,
  before: string | null,
  today: string | null,
): string | null {
  return afterMidnight && before !== null && today !== null && shiftDay(before, 1) === today ? today : null;
}

/**
 * A line that still says `Hoje` after midnight stands over rows of yesterday: nothing comes from tonight.
 *
 * @returns the place behind the last row that is of the day before what the line says.
 */
function staleUntil(steps: readonly Step[], { divider, from, to }: Stretch, clock: number): number {
  if (divider?.kind !== "ago" || divider.days !== 0) return from;
  for (let i = to; i > from; i -= 1) {
    const time = steps[i - 1]?.facts?.time;
    if (time && minutes(time) - clock > JUMP_MIN) return i;
  }
  return from;
}

/** Minutes since midnight. */
function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Rows between two lines, or between a line and a midnight. */
interface Stretch {
  readonly divider: Divider | null;
  readonly from: number;
  readonly to: number;
  /** It begins where the clock of the rows jumps back, without a line: a midnight, or a message that came late. */
  readonly afterMidnight: boolean;
  /** The days that its rows name themselves. */
  readonly days: ReadonlySet<string>;
}

function stretchesOf(steps: readonly Step[], own: readonly (string | null)[]): Stretch[] {
  const isLine = ({ element, divider }: Step) => element === null && divider?.kind !== "unread";
  const stretches: Stretch[] = [];
  let from = 0;
  let divider: Divider | null = null;
  let afterMidnight = false;
  let last: number | null = null;
  const close = (to: number) => {
    const days = new Set(own.slice(from, to).filter((day) => day !== null));
    if (to > from) stretches.push({ divider, from, to, afterMidnight, days });
  };
  for (const [index, step] of steps.entries()) {
    const time = step.facts?.time ? minutes(step.facts.time) : null;
    const jumped = last !== null && time !== null && last - time > JUMP_MIN;
    if (isLine(step) || jumped) {
      close(index);
      from = jumped ? index : index + 1;
      divider = jumped ? null : step.divider;
      afterMidnight = jumped;
      last = null;
    }
    last = time ?? last;
  }
  close(steps.length);
  return stretches;
}

/** A stretch under `Hoje` whose rows name their day tells what today was when the page was saved. */
function todayFrom(stretches: readonly Stretch[]): string | null {
  for (const { divider, days } of stretches) {
    const [day] = days;
    if (divider?.kind === "ago" && days.size === 1 && day) return shiftDay(day, divider.days);
  }
  return null;
}

/** What a line says; where a `Hoje` follows another one, the page has not yet renamed the first. */
function dayOfLine(
  divider: Divider | null,
  order: DateOrder | null,
  today: string | null,
  later: readonly Stretch[],
): string | null {
  const day = divider && dayOfWords(divider, order, today);
  if (!day || divider?.kind !== "ago") return day;
  const again = later.filter((next) => next.divider?.kind === "ago" && next.divider.days === divider.days);
  return shiftDay(day, -again.length);
}

/** The day that words such as `Ontem`, `terça-feira` and `12/07/2026` mean; null where that stays open. */
export function dayOfWords(words: Divider, order: DateOrder | null, today: string | null): string | null {
  switch (words.kind) {
    case "day":
      return words.day;
    case "date":
      return isoDate(words.date, order);
    case "ago":
      return today ? shiftDay(today, -words.days) : null;
    case "weekday": {
      if (!today) return null;
      const back = (new Date(`${today}T00:00:00Z`).getUTCDay() - words.weekday + 7) % 7;
      return shiftDay(today, -(back === 0 ? 7 : back));
    }
    default:
      return null;
  }
}

/** The day of both neighbours, where they agree. */
function between(own: readonly (string | null)[], at: number, from: number, to: number): string | null {
  const above = own.slice(from, at).findLast((day) => day !== null);
  const below = own.slice(at + 1, to).find((day) => day !== null);
  return above !== undefined && above === below ? above : null;
}
