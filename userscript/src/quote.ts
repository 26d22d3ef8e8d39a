/** The message that a row answers, as far as the row shows it. */
import type { Quote } from "./contract.gen";
import type { RowParts } from "./row-parts";
import { lineOf, readText } from "./text";

/** Author and text of the quote; null when the row answers nothing. A quoted picture's shown word is its text. */
export function quoteOf(row: RowParts): Quote | null {
  const { quote, registry } = row;
  if (!quote) return null;
  const textElement =
    quote.querySelector('[data-testid~="selectable-text"].quoted-mention') ??
    quote.querySelector(".quoted-mention") ??
    quote.querySelector('[data-testid~="selectable-text"]');
  const authorElement = quote.querySelector(registry.any("author")) ?? firstName(quote, textElement);
  const author = authorElement ? lineOf(authorElement) : "";
  return {
    author: author === "" ? null : author,
    text: textElement ? readText(textElement, registry).text : null,
  };
}

/** Until mid-2026 the author had no test id: it is the first text before the quoted one. */
function firstName(quote: Element, text: Element | null): Element | null {
  for (const span of quote.querySelectorAll('span[dir="auto"]')) {
    if (text && (span === text || text.contains(span) || span.contains(text))) return null;
    if (lineOf(span) !== "") return span;
  }
  return null;
}
