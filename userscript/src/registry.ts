/**
 * The selector registry: every place where the page is touched has a name here and an ordered list of selectors.
 *
 * The best selector comes first; the index of the one that matched is its rank, and the ranks tell how far the page
 * has moved away from what is known. A profile may put its own selectors in front (`selectors.override.json`).
 */
import table from "../selectors.json";
import type { Anchor } from "./contract.gen";

/** Selectors by anchor name, put in front of the built-in ones. */
export type Overrides = Readonly<Record<string, readonly string[]>>;

/** An element and the rank of the selector that found it. */
export interface Found {
  readonly element: Element;
  readonly rank: number;
}

export interface Registry {
  /** The first element that the best matching selector finds under `root`; null when none matches. */
  find(name: string, root: ParentNode): Found | null;
  /** All elements of the best matching selector, in document order; empty when none matches. */
  findAll(name: string, root: ParentNode): Element[];
  /** All selectors of an anchor as one list: does any of them match? */
  any(name: string): string;
  /** The selectors of an anchor, best first. */
  selectors(name: string): readonly string[];
  /** Rank and number of matches of every anchor in a document. */
  report(root: ParentNode): Record<string, Anchor>;
  /** Put selectors in front of the built-in ones, instead of those that were there. */
  override(overrides: Overrides): void;
  /** The overrides that are in force. */
  readonly overrides: Overrides;
}

/** Build the registry. */
export function createRegistry(overrides: Overrides = {}): Registry {
  const builtIn = new Map<string, readonly string[]>(
    table.anchors.map((anchor) => [anchor.name, anchor.alternatives.map((alternative) => alternative.css)]),
  );
  let inForce: Overrides = {};
  let anchors = new Map(builtIn);
  let lists = new Map<string, string>();

  function override(next: Overrides): void {
    inForce = next;
    anchors = new Map(builtIn);
    for (const [name, selectors] of Object.entries(next)) {
      anchors.set(name, [...selectors, ...(builtIn.get(name) ?? [])]);
    }
    lists = new Map([...anchors].map(([name, selectors]) => [name, selectors.join(", ")]));
  }

  override(overrides);

  function selectorsOf(name: string): readonly string[] {
    const selectors = anchors.get(name);
    if (!selectors) throw new Error(`no anchor named ${name} in selectors.json`);
    return selectors;
  }

  return {
    override,
    get overrides() {
      return inForce;
    },
    selectors: selectorsOf,
    find(name, root) {
      for (const [rank, css] of selectorsOf(name).entries()) {
        const element = root.querySelector(css);
        if (element) return { element, rank };
      }
      return null;
    },
    findAll(name, root) {
      for (const css of selectorsOf(name)) {
        const elements = root.querySelectorAll(css);
        if (elements.length > 0) return [...elements];
      }
      return [];
    },
    any(name) {
      selectorsOf(name);
      return lists.get(name) ?? "";
    },
    report(root) {
      const report: Record<string, Anchor> = {};
      for (const [name, selectors] of anchors) {
        const counts = selectors.map((css) => root.querySelectorAll(css).length);
        const rank = counts.findIndex((count) => count > 0);
        report[name] = { rank: rank < 0 ? null : rank, matches: rank < 0 ? 0 : (counts[rank] ?? 0) };
      }
      return report;
    },
  };
}

/** Whether the browser understands a selector. */
export function isUsable(css: string): boolean {
  try {
    document.createDocumentFragment().querySelector(css);
    return true;
  } catch {
    return false;
  }
}
