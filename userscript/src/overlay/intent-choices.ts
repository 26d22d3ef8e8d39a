/** What a person may say that a message wanted, and how keys move in that list. Pure: no DOM. */
import type { IntentChoice } from "../contract.gen";

export interface Choice {
  /** The key that the agent knows. */
  name: string;
  /** What is shown. */
  word: string;
}

export interface ChoiceGroup {
  kind: "likely" | "own" | "others";
  choices: readonly Choice[];
}

/** The open list: what was typed to narrow it, and which of the shown choices Enter takes. */
export interface Choosing {
  query: string;
  active: number;
}

/** So many likely intents stand on top. */
const LIKELY = 3;
/** PageUp and PageDown go so far. */
const PAGE = 6;

/** The words for an intent: the business's own, then the catalogue's, and its key where neither knows it. */
export function wordFor(
  name: string,
  intents: readonly IntentChoice[],
  words: Readonly<Record<string, string>>,
): string {
  return intents.find((intent) => intent.name === name)?.title || words[name] || name;
}

/** The likeliest, the business's own, and the rest of the built-in ones; each intent once. */
export function groupsFor(
  intents: readonly IntentChoice[],
  words: Readonly<Record<string, string>>,
): ChoiceGroup[] {
  const known = new Set<string>();
  const group = (kind: ChoiceGroup["kind"], names: readonly string[]): ChoiceGroup => {
    const fresh = names.filter((name) => !known.has(name) && known.add(name));
    return { kind, choices: fresh.map((name) => ({ name, word: wordFor(name, intents, words) })) };
  };
  const own = intents.filter((intent) => intent.title).map((intent) => intent.name);
  return [
    group(
      "likely",
      intents.slice(0, LIKELY).map((intent) => intent.name),
    ),
    group("own", own),
    group("others", [...intents.map((intent) => intent.name), ...Object.keys(words)]),
  ].filter(({ choices }) => choices.length > 0);
}

/** Without case and accents: nobody types "Reclamação" whole. */
function bare(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The choices that have every typed word somewhere in theirs. */
export function narrowed(groups: readonly ChoiceGroup[], query: string): ChoiceGroup[] {
  const wanted = bare(query).split(/\s+/).filter(Boolean);
  return groups
    .map(({ kind, choices }) => ({
      kind,
      choices: choices.filter(({ word }) => wanted.every((part) => bare(word).includes(part))),
    }))
    .filter(({ choices }) => choices.length > 0);
}

/** A list that has just been opened. Whoever is sure that the shown intent is wrong wants the next one. */
export function opened(groups: readonly ChoiceGroup[], intent: string, unsure: boolean): Choosing {
  const names = groups.flatMap(({ choices }) => choices.map(({ name }) => name));
  return { query: "", active: !unsure && names[0] === intent && names.length > 1 ? 1 : 0 };
}

export type Key = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "isComposing"> & {
  altGraph: boolean;
};

/** What a key does in the open list. `page`: the key is not for the list, and the list goes where `close` says. */
export type KeyAnswer =
  | { does: "move"; choosing: Choosing }
  | { does: "take"; choice: Choice }
  | { does: "close" }
  | { does: "page"; close: boolean };

/**
 * Enter is always the list's, whatever is held with it: let through, it would send what stands in the message box.
 */
export function keyed(choosing: Choosing, groups: readonly ChoiceGroup[], key: Key): KeyAnswer {
  const shown = narrowed(groups, choosing.query).flatMap(({ choices }) => choices);
  const to = (active: number): KeyAnswer => ({
    does: "move",
    choosing: { ...choosing, active: Math.max(0, Math.min(shown.length - 1, active)) },
  });
  const typed = (query: string): KeyAnswer => ({ does: "move", choosing: { query, active: 0 } });
  if (key.isComposing || key.key === "Process") return { does: "page", close: true };
  if (key.key === "Enter") {
    const choice = shown[choosing.active];
    return choice && !modified(key) ? { does: "take", choice } : { does: "move", choosing };
  }
  if (modified(key)) return { does: "page", close: false };
  switch (key.key) {
    case "Escape":
      return { does: "close" };
    case "Tab":
      return { does: "page", close: true };
    case "ArrowDown":
      return to(choosing.active === shown.length - 1 ? 0 : choosing.active + 1);
    case "ArrowUp":
      return to(choosing.active === 0 ? shown.length - 1 : choosing.active - 1);
    case "PageDown":
      return to(choosing.active + PAGE);
    case "PageUp":
      return to(choosing.active - PAGE);
    case "Home":
      return to(0);
    case "End":
      return to(shown.length - 1);
    case "Backspace":
      return typed([...choosing.query].slice(0, -1).join(""));
    // Dead keys write nothing by themselves; kept from the box, they leave the plain letter, which is enough here.
    case "Dead":
    case "Delete":
    case "ArrowLeft":
    case "ArrowRight":
      return { does: "move", choosing };
  }
  if ([...key.key].length !== 1) return { does: "page", close: false };
  return typed(`${choosing.query}${key.key}`.trimStart());
}

/** AltGr types characters, and Windows reports it as Ctrl and Alt together. */
function modified(key: Key): boolean {
  return (key.altKey || key.ctrlKey || key.metaKey) && !key.altGraph;
}
