/**
 * Selectors that somebody wrote for a page that has changed: used only where they read it better than the built-in ones.
 */
import { readChats } from "./chats";
import { titleOf } from "./open-chat";
import { readRows } from "./read";
import { isUsable, type Overrides, type Registry } from "./registry";
import { readScreen } from "./state";

/** What became of each override. */
export interface Tried {
  readonly used: string[];
  /** By anchor, the reason. */
  readonly refused: Record<string, string>;
}

/** How much of a page can be read: more is better in each. */
interface Yield {
  readonly ready: number;
  readonly chats: number;
  readonly title: number;
  /** Rows with an id, with a kind, with a direction, with a text. */
  readonly rows: number;
  readonly kinds: number;
  readonly directions: number;
  readonly texts: number;
  readonly boxes: number;
}

/**
 * Put overrides into force, one anchor after another, each only where nothing is read worse than without it.
 *
 * @param overrides by anchor; an empty object takes all back
 */
export function tryOverrides(
  doc: Document,
  registry: Registry,
  overrides: Overrides,
  lang: string | null,
): Tried {
  const used: string[] = [];
  const refused: Record<string, string> = {};
  let kept: Overrides = {};
  registry.override(kept);
  for (const [name, selectors] of Object.entries(overrides)) {
    const wrong = faultOf(registry, name, selectors);
    if (wrong !== null) {
      refused[name] = wrong;
      continue;
    }
    const before = yieldOf(doc, registry, lang);
    registry.override({ ...kept, [name]: selectors });
    const worse = worseIn(before, yieldOf(doc, registry, lang));
    const rank = registry.find(name, doc)?.rank ?? null;
    if (worse.length > 0) refused[name] = `reads less than the built-in selectors: ${worse.join(", ")}`;
    // Nothing of it is on this screen: it may be right, and does no harm.
    else if (rank !== null && rank >= selectors.length)
      refused[name] = "matches nothing; a built-in selector does";
    else {
      kept = { ...kept, [name]: selectors };
      used.push(name);
      continue;
    }
    registry.override(kept);
  }
  return { used, refused };
}

function faultOf(registry: Registry, name: string, selectors: readonly string[]): string | null {
  try {
    registry.selectors(name);
  } catch {
    return "there is no anchor of that name";
  }
  const odd = selectors.find((css) => !isUsable(css));
  if (odd !== undefined) return `not a selector: ${odd}`;
  return selectors.length === 0 ? "no selectors" : null;
}

function yieldOf(doc: Document, registry: Registry, lang: string | null): Yield {
  const main = registry.find("conversation", doc)?.element;
  const rows = main ? readRows(main, { registry, lang, now: null }) : [];
  const read = rows.flatMap(({ id, row }) => (id !== null && row ? [row] : []));
  return {
    ready: Number(readScreen(doc, registry).state === "ready"),
    chats: readChats(doc, registry, lang, null).length,
    title: Number(titleOf(doc, registry) !== null),
    rows: new Set(rows.map(({ id }) => id)).size,
    kinds: read.filter(({ kind }) => kind !== "unknown").length,
    directions: read.filter(({ direction }) => direction !== "unknown").length,
    texts: read.filter(({ text }) => text !== null).length,
    boxes: Number(registry.find("composer", doc) !== null),
  };
}

function worseIn(before: Yield, after: Yield): string[] {
  return (Object.keys(before) as (keyof Yield)[]).filter((part) => after[part] < before[part]);
}
