/** The list behind the slash, as a value: what is typed, which reply Enter takes, and what a key does. Pure. */
import type { ShelfReply } from "../../contract.gen";
import { type Known, matching } from "./match";

export interface Shelf {
  readonly known: readonly Known[];
  /** What the shown card's customer wants; null where that is not known. */
  readonly intent: string | null;
}

export interface List {
  /** What stands in the box from its slash on; null: the list was opened by its button, and has a field of its own. */
  readonly typed: string | null;
  readonly query: string;
  readonly found: readonly ShelfReply[];
  readonly active: number;
  /** The person has moved in it with the mouse: it is this list that they are at. */
  readonly pointed: boolean;
}

/** PageUp and PageDown go so far. */
const PAGE = 6;

/** A list for what stands behind the slash; where it was narrowed or widened the best one is taken again. */
export function listFor(shelf: Shelf, typed: string, before: List | null): List {
  if (before?.typed === typed) return before;
  return { ...searched(shelf, typed.slice(1)), typed, pointed: before?.pointed ?? false };
}

/** A list that was opened by its button. */
export function browsed(shelf: Shelf, query = ""): List {
  return { ...searched(shelf, query), typed: null, pointed: false };
}

function searched({ known, intent }: Shelf, query: string) {
  return { query, found: matching(known, query, intent), active: 0 };
}

export type Key = Pick<
  KeyboardEvent,
  "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "isComposing" | "repeat"
>;

/** `page`: the key is not for the list. `none`: it is, and changes nothing. */
export type Answer =
  | { does: "move"; list: List }
  | { does: "pick"; reply: ShelfReply }
  | { does: "close" }
  | { does: "none" }
  | { does: "page" };

/**
 * What a key does while the list is open. Where nothing matches, every key is the page's.
 *
 * Enter is the list's whatever is held with it, and however long it is held: let through, it would send.
 */
export function keyed(list: List, key: Key): Answer {
  const reply = list.found[list.active];
  if (!reply || key.isComposing || key.key === "Process") return { does: "page" };
  const plain = !key.altKey && !key.ctrlKey && !key.metaKey && !key.shiftKey;
  if (key.key === "Enter") return plain && !key.repeat ? { does: "pick", reply } : { does: "none" };
  if (!plain) return { does: "page" };
  const last = list.found.length - 1;
  const to = (active: number): Answer => ({
    does: "move",
    list: { ...list, active: Math.max(0, Math.min(last, active)) },
  });
  switch (key.key) {
    case "Tab":
      return key.repeat ? { does: "none" } : { does: "pick", reply };
    case "Escape":
      return { does: "close" };
    case "ArrowDown":
      return to(list.active === last ? 0 : list.active + 1);
    case "ArrowUp":
      return to(list.active === 0 ? last : list.active - 1);
    case "PageDown":
      return to(list.active + PAGE);
    case "PageUp":
      return to(list.active - PAGE);
    default:
      return { does: "page" };
  }
}
