/** The parts of one row element that belong to the message itself: not to its quote, its reactions or a link's card. */
import type { Registry } from "./registry";

export interface RowParts {
  readonly element: Element;
  readonly registry: Registry;
  /** The message that this row answers; null when it answers none. */
  readonly quote: Element | null;
  /** Elements matching any selector of the anchor, the row itself included, outside quote, reactions and link cards. */
  all(anchor: string): Element[];
  /** The first of `all`. */
  first(anchor: string): Element | null;
  /** Elements of the best selector only. */
  best(anchor: string): Element[];
  /** Is this element part of the quote, the reactions or a link's card? */
  isForeign(element: Element): boolean;
  /** Titles of the row's own drawings: names of icons. */
  readonly iconTitles: readonly string[];
}

export function partsOf(element: Element, registry: Registry): RowParts {
  const quote = findQuote(element, registry);
  const foreign = [
    ...(quote ? [quote] : []),
    ...linkCards(element, registry),
    ...element.querySelectorAll(registry.any("reactions")),
    ...element.querySelectorAll(registry.any("link_preview")),
  ];
  const isForeign = (candidate: Element) => foreign.some((part) => part.contains(candidate));
  const own = (css: string): Element[] => {
    const inside = [...element.querySelectorAll(css)].filter((candidate) => !isForeign(candidate));
    return element.matches(css) ? [element, ...inside] : inside;
  };
  let titles: readonly string[] | undefined;
  return {
    element,
    registry,
    quote,
    isForeign,
    all: (anchor) => own(registry.any(anchor)),
    first: (anchor) => own(registry.any(anchor))[0] ?? null,
    best: (anchor) => {
      for (const css of registry.selectors(anchor)) {
        const elements = own(css);
        if (elements.length > 0) return elements;
      }
      return [];
    },
    get iconTitles() {
      titles ??= own("svg title").map((title) => (title.textContent ?? "").trim());
      return titles;
    },
  };
}

/**
 * Cards without a test id: the ad that a customer came from, and previews of links before mid-2026. Such a card is a
 * link beside the text, with its picture; its border is where the message's own parts begin. A map is no card.
 */
function linkCards(row: Element, registry: Registry): Element[] {
  const copyable = row.matches(registry.any("pre_plain"))
    ? row
    : row.querySelector(registry.any("pre_plain"));
  const text = registry.any("text");
  if (!copyable?.querySelector(text)) return [];
  const own = `${text}, ${registry.any("meta")}`;
  const links = [...copyable.querySelectorAll('a[href^="http"]')].filter(
    (link) =>
      link.closest(text) === null &&
      !/maps\.google|google\.[a-z.]+\/maps/.test(link.getAttribute("href") ?? ""),
  );
  return links.map((link) => {
    let card = link;
    for (let parent = card.parentElement; parent && parent !== copyable; parent = parent.parentElement) {
      if (parent.querySelector(own)) break;
      card = parent;
    }
    return card;
  });
}

/** The whole quote: a test id or label marks it; of older ones only the quoted text has a name. */
function findQuote(row: Element, registry: Registry): Element | null {
  const found = registry.find("quoted", row)?.element ?? null;
  if (!found?.matches(".quoted-mention")) return found;
  let whole = found;
  for (let parent = whole.parentElement; parent && parent !== row; parent = parent.parentElement) {
    if (parent.matches(registry.any("pre_plain")) || holdsOwnText(parent)) break;
    whole = parent;
  }
  return whole;
}

function holdsOwnText(element: Element): boolean {
  return element.querySelector(".selectable-text:not(.quoted-mention)") !== null;
}
