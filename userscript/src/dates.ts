/** The day of every row: from itself, from the rows beside it, or from the date divider above it. */
import { type DateOrder, type Divider, dateOrder, dayOf, isoDate, shiftDay } from "./clock";
import type { RowFacts } from "./row";

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
  const dates = [...own];
  for (const stretch of stretches) {
    const day =
      stretch.days.size === 1
        ? [...stretch.days][0]
        : stretch.days.size === 0
          ? dayOfDivider(stretch.divider, order, today)
          : null;
    for (let i = stretch.from; i < stretch.to; i += 1) {
      if (steps[i]?.facts) dates[i] ??= day ?? between(own, i, stretch.from, stretch.to);
    }
  }
  return dates;
}

/** Rows between two lines. */
interface Stretch {
  readonly divider: Divider | null;
  readonly from: number;
  readonly to: number;
  /** The days that its rows name themselves. */
  readonly days: ReadonlySet<string>;
}

function stretchesOf(steps: readonly Step[], own: readonly (string | null)[]): Stretch[] {
  const isLine = ({ element, divider }: Step) => element === null && divider?.kind !== "unread";
  const stretches: Stretch[] = [];
  let from = 0;
  let divider: Divider | null = null;
  const close = (to: number) => {
    const days = new Set(own.slice(from, to).filter((day) => day !== null));
    if (to > from) stretches.push({ divider, from, to, days });
  };
  for (const [index, step] of steps.entries()) {
    if (!isLine(step)) continue;
    close(index);
    from = index + 1;
    divider = step.divider;
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

function dayOfDivider(divider: Divider | null, order: DateOrder | null, today: string | null): string | null {
  switch (divider?.kind) {
    case "day":
      return divider.day;
    case "date":
      return isoDate(divider.date, order);
    case "ago":
      return today ? shiftDay(today, -divider.days) : null;
    case "weekday": {
      if (!today) return null;
      const back = (new Date(`${today}T00:00:00Z`).getUTCDay() - divider.weekday + 7) % 7;
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
