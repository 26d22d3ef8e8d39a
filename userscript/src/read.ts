/**
 * Rows of a conversation, read together: what one row leaves open, its neighbours may tell.
 *
 * Pure over the DOM: nothing is kept but a cache of single rows that the caller owns.
 */
import { parseDivider } from "./clock";
import type { Direction, Row } from "./contract.gen";
import { datesOf, type Step } from "./dates";
import { agreed, certainDirection, KnownSenders, type Side } from "./direction";
import { messageIdOf } from "./ids";
import type { Registry } from "./registry";
import { isUnreadable, ownAuthor, type RowFacts, readFacts } from "./row";
import { lineOf } from "./text";

/** What the reader must be told besides the document. */
export interface ReadContext {
  readonly registry: Registry;
  /** Language of the page's texts (`pt-BR`); null when it is not known. */
  readonly lang: string | null;
  /** The page's clock, for `Hoje` and `Ontem`; null for a saved file. */
  readonly now: Date | null;
  /** Rows that were read before and have not changed since. */
  readonly cache?: WeakMap<Element, RowFacts>;
}

/** A row as read; an id may be missing where a row was saved on its own. */
export type ReadRow = Omit<Row, "id"> & { readonly id: string | null };

/** One row of the document, in document order. */
export interface SeenRow {
  readonly element: Element;
  readonly id: string | null;
  /** Null: the row is virtualised and cannot be read now. */
  readonly row: ReadRow | null;
}

/** What the row above passes on to the run that it begins. */
type Above = Pick<Row, "direction" | "author">;

/** Read one row as if it stood alone. */
export function readRow(element: Element, context: ReadContext): ReadRow {
  const step: Step = { element, facts: factsOf(element, context), divider: null };
  const row = assemble([step], context)[0]?.row;
  if (!row) throw new Error("a step with facts gives a row");
  return row;
}

/** Read all rows under a root, top to bottom. */
export function readRows(root: ParentNode, context: ReadContext): SeenRow[] {
  return assemble(stepsOf(root, context), context);
}

/** The row elements under a root, outermost only, in document order. */
export function rowElements(root: ParentNode, registry: Registry): Element[] {
  const found = registry
    .findAll("message", root)
    .filter((element) => element.closest("#side, #pane-side") === null);
  const set = new Set(found);
  return found.filter((element) => {
    for (let parent = element.parentElement; parent; parent = parent.parentElement)
      if (set.has(parent)) return false;
    return true;
  });
}

function factsOf(element: Element, context: ReadContext): RowFacts {
  const cached = context.cache?.get(element);
  if (cached) return cached;
  const facts = readFacts(element, context.registry, context.lang);
  context.cache?.set(element, facts);
  return facts;
}

function stepsOf(root: ParentNode, context: ReadContext): Step[] {
  const elements = rowElements(root, context.registry);
  const rows = new Set(elements);
  const steps: Step[] = [];
  const list = commonAncestor(elements);
  const visit = (element: Element): void => {
    if (rows.has(element)) {
      steps.push({
        element,
        facts: isUnreadable(element, context.registry) ? null : factsOf(element, context),
        divider: null,
      });
      return;
    }
    const words = element.childElementCount === 0 ? lineOf(element) : "";
    if (words !== "" && element.tagName.toLowerCase() !== "title") {
      steps.push({ element: null, facts: null, divider: parseDivider(words, context.lang) });
    }
    for (const child of element.children) visit(child);
  };
  if (list) visit(list);
  return steps;
}

function commonAncestor(elements: readonly Element[]): Element | null {
  const [first, last] = [elements[0], elements.at(-1)];
  let common: Element | null = first ?? null;
  while (common && last && !common.contains(last)) common = common.parentElement;
  return elements.length > 1 ? common : dividerReach(common);
}

/** A lone row's divider stands in the same list, a few levels up. */
function dividerReach(element: Element | null): Element | null {
  let reach = element;
  for (let level = 0; level < 4; level += 1) {
    const parent: Element | null = reach?.parentElement ?? null;
    if (!parent || parent.tagName === "BODY" || parent.id === "main") break;
    reach = parent;
  }
  return reach;
}

/** Give every row its direction, author and date. */
function assemble(steps: readonly Step[], context: ReadContext): SeenRow[] {
  const senders = new KnownSenders();
  for (const { facts } of steps) {
    const side = facts ? certainDirection(facts.direction) : null;
    if (facts && (side === "in" || side === "out")) senders.learn(facts.sender, side);
  }
  const dates = datesOf(steps, context.lang, context.now);
  const seen: SeenRow[] = [];
  let above: Above | null = null;
  for (const [index, { element, facts }] of steps.entries()) {
    if (!element) above = null;
    else if (!facts) {
      seen.push({ element, id: messageIdOf(element)?.id ?? null, row: null });
      above = null;
    } else {
      const row = rowOf(facts, senders, above, dates[index] ?? null);
      seen.push({ element, id: row.id, row });
      above = facts.kind === "system" || facts.kind === "call" ? null : row;
    }
  }
  return seen;
}

function directionOf(facts: RowFacts, senders: KnownSenders, above: Direction | null): Direction {
  const certain = certainDirection(facts.direction);
  if (certain) return certain;
  const weak: (Side | null)[] = [facts.direction.label, senders.sideOf(facts.sender), facts.leaning()];
  const agreement = agreed(weak);
  if (agreement) return agreement;
  // Nothing else in the row speaks: a sticker, or a picture saved alone.
  if (facts.isUnticked) return "in";
  // A sticker has no bubble, so it has no tail even when it begins a run.
  return facts.direction.hasTail || facts.kind === "sticker" ? "unknown" : (above ?? "unknown");
}

function rowOf(facts: RowFacts, senders: KnownSenders, above: Above | null, date: string | null): ReadRow {
  const isNotice = facts.kind === "system";
  const direction = isNotice ? "unknown" : directionOf(facts, senders, above?.direction ?? null);
  const continues =
    above?.direction === direction && direction !== "unknown" && !facts.direction.hasTail && !facts.isLine;
  const author = ownAuthor(facts) ?? (continues ? (above?.author ?? null) : null);
  return {
    id: facts.id?.id ?? null,
    kind: facts.kind,
    direction,
    author: isNotice ? null : author,
    text: facts.text,
    time: facts.time,
    date,
    status: direction === "out" ? facts.status : null,
    quoted: facts.quoted,
    edited: facts.edited,
    forwarded: facts.forwarded,
    truncated: facts.truncated,
    reactions: facts.reactions,
    file_name: facts.fileName,
  };
}
