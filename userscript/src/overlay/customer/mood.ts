/** The mood over a conversation as a small line, and in words. */
import type { MoodPoint } from "../../contract.gen";
import type { Texts } from "../texts";

export interface MoodLine {
  /** Of an SVG path. */
  readonly path: string;
  /** Where the last message is. */
  readonly x: number;
  readonly y: number;
}

/** From here on, up or down, a mood is told as good or bad. */
const CLEAR = 0.3;
/** So many messages at each end are told together: one alone says little. */
const ENDS = 3;

/** The line in a box of this size with a margin; null where there are less than two messages. */
export function moodLine(
  mood: readonly MoodPoint[],
  width: number,
  height: number,
  margin = 4,
): MoodLine | null {
  if (mood.length < 2) return null;
  const step = (width - 2 * margin) / (mood.length - 1);
  const round = (n: number) => Math.round(n * 10) / 10;
  const places = mood.map(({ score }, n) => {
    const up = (Math.max(-1, Math.min(1, score)) + 1) / 2;
    return [round(margin + n * step), round(height - margin - up * (height - 2 * margin))] as const;
  });
  const [x, y] = places.at(-1) as readonly [number, number];
  return { path: `M${places.map((place) => place.join(" ")).join("L")}`, x, y };
}

export type MoodName = "bad" | "calm" | "good";

function nameOf(mood: readonly MoodPoint[]): MoodName {
  const average = mood.reduce((sum, { score }) => sum + score, 0) / mood.length;
  return average <= -CLEAR ? "bad" : average >= CLEAR ? "good" : "calm";
}

/** How it was at first and how it is now; null where nothing was understood yet. */
export function moodEnds(mood: readonly MoodPoint[]): { first: MoodName; last: MoodName } | null {
  if (mood.length === 0) return null;
  const size = Math.max(1, Math.min(ENDS, Math.floor(mood.length / 2)));
  return { first: nameOf(mood.slice(0, size)), last: nameOf(mood.slice(-size)) };
}

/** The word of the card for a mood. */
export function moodWord(name: MoodName, texts: Texts): string {
  return texts.mood[name];
}
