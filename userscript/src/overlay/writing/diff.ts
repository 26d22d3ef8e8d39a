/**
 * What has changed between two texts, in words: what is the same, what is gone, what is new.
 *
 * Myers' shortest edit script over words, blanks and signs. Two long texts with little in common would take it seconds
 * and tell a reader nothing: past `MOST_EDITS` the part that differs is shown as one piece gone and one piece new.
 */
export interface Piece {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

const WORD =
  /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|\p{N}+(?:[.,:/]\p{N}+)*|\p{Extended_Pictographic}(?:\ufe0f|\p{EMod}|\u200d\p{Extended_Pictographic})*|\s+|./gsu;

/** Steps of the search; their square is what it keeps in memory. */
const MOST_EDITS = 600;
/** With less than this share of their letters in common, two texts are read one after the other. */
const ALIKE = 0.3;

type Step = readonly [kind: Piece["kind"], word: string];

/** The pieces in order. Those that are not new make up the old text, those that are not gone the new one. */
export function diff(before: string, after: string): Piece[] {
  const [old, now] = [words(before), words(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end += 1;
  }
  const middle = script(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const steps: Step[] = [
    ...old.slice(0, start).map((word): Step => ["same", word]),
    ...middle,
    ...old.slice(old.length - end).map((word): Step => ["same", word]),
  ];
  const pieces = joined(steps);
  const same = pieces.reduce((sum, { kind, text }) => sum + (kind === "same" ? letters(text) : 0), 0);
  const whole = Math.max(letters(before), letters(after));
  return same < ALIKE * whole
    ? joined([
        ["gone", before],
        ["new", after],
      ])
    : pieces;
}

/** Words, blanks and signs; together they are the text. */
export function words(text: string): string[] {
  return text.match(WORD) ?? [];
}

function letters(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, "").length;
}

function script(old: readonly string[], now: readonly string[]): Step[] {
  const gone = old.map((word): Step => ["gone", word]);
  const fresh = now.map((word): Step => ["new", word]);
  if (old.length === 0 || now.length === 0) return [...gone, ...fresh];
  const trace = search(old, now);
  return trace ? walkBack(old, now, trace) : [...gone, ...fresh];
}

/** For each number of edits, how far each diagonal had come before; null past the bound. */
function search(old: readonly string[], now: readonly string[]): Int32Array[] | null {
  const most = Math.min(old.length + now.length, MOST_EDITS);
  const far = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(far.slice(most - edits, most + edits + 3));
    for (let k = -edits; k <= edits; k += 2) {
      const at = k + most + 1;
      const down = k === -edits || (k !== edits && get(far, at - 1) < get(far, at + 1));
      let x = down ? get(far, at + 1) : get(far, at - 1) + 1;
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x += 1;
      far[at] = x;
      if (x >= old.length && x - k >= now.length) return trace;
    }
  }
  return null;
}

function walkBack(old: readonly string[], now: readonly string[], trace: readonly Int32Array[]): Step[] {
  const steps: Step[] = [];
  let [x, y] = [old.length, now.length];
  const same = (until: number) => {
    while (x > until && y > 0) {
      x -= 1;
      y -= 1;
      steps.push(["same", old[x] ?? ""]);
    }
  };
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const far = trace[edits] as Int32Array;
    const k = x - y;
    const at = k + edits + 1;
    const down = k === -edits || (k !== edits && get(far, at - 1) < get(far, at + 1));
    const from = down ? get(far, at + 1) : get(far, at - 1);
    same(down ? from : from + 1);
    if (down) {
      y -= 1;
      steps.push(["new", now[y] ?? ""]);
    } else {
      x -= 1;
      steps.push(["gone", old[x] ?? ""]);
    }
  }
  same(0);
  return steps.reverse();
}

function get(numbers: Int32Array, at: number): number {
  return numbers[at] ?? 0;
}

/** Neighbours of one kind as one piece; blanks between two changes go with them, and what is gone comes first. */
function joined(steps: readonly Step[]): Piece[] {
  const pieces: Piece[] = [];
  let [gone, fresh] = ["", ""];
  const flush = () => {
    if (gone) pieces.push({ kind: "gone", text: gone });
    if (fresh) pieces.push({ kind: "new", text: fresh });
    [gone, fresh] = ["", ""];
  };
  steps.forEach(([kind, word], index) => {
    if (kind === "gone") gone += word;
    else if (kind === "new") fresh += word;
    else {
      const isBridge =
        /^[^\S\n]+$/.test(word) && gone && fresh && (steps[index + 1]?.[0] ?? "same") !== "same";
      if (isBridge) {
        gone += word;
        fresh += word;
        return;
      }
      flush();
      const last = pieces.at(-1);
      if (last?.kind === "same") pieces[pieces.length - 1] = { kind: "same", text: last.text + word };
      else pieces.push({ kind: "same", text: word });
    }
  });
  flush();
  return pieces;
}
