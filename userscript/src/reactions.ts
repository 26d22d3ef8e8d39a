/** Reactions under a message. */
import type { RowParts } from "./row-parts";
import { lineOf } from "./text";

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*0-9]\ufe0f?\u20e3/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The emoji that the page shows there, each once; the number beside them counts people and is not one of them. */
export function reactionsOf(row: RowParts): string[] {
  const found = [...row.element.querySelectorAll(row.registry.any("reactions"))];
  const outermost = found.filter((part) => !found.some((other) => other !== part && other.contains(part)));
  const shown = outermost.flatMap((part) => {
    const own = emojiOf(lineOf(part));
    return own.length > 0 ? own : emojiOf(part.getAttribute("aria-label") ?? "");
  });
  return [...new Set(shown)];
}

function emojiOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment).filter((piece) => EMOJI.test(piece));
}
