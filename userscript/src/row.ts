/** Everything that one row element says by itself; what the rows around it add is in `read.ts`. */
import { type DateSample, findDate, parseTime } from "./clock";
import type { Delivery, Kind, Quote } from "./contract.gen";
import { type DirectionSignals, directionSignals, leaningSide, type Side } from "./direction";
import { fileNameOf } from "./file-name";
import { type MessageId, messageIdOf } from "./ids";
import { kindOf, noticeText } from "./kind";
import { isEditedWord, isForwardedWord, stripBidi } from "./labels";
import { quoteOf } from "./quote";
import { reactionsOf } from "./reactions";
import type { Registry } from "./registry";
import { partsOf, type RowParts } from "./row-parts";
import { ticksOf } from "./status";
import { blockText, leafTexts, lineOf, readText } from "./text";

/** What one row says. Null: the row does not show it. */
export interface RowFacts {
  readonly id: MessageId | null;
  readonly kind: Kind;
  readonly text: string | null;
  readonly truncated: boolean;
  /** Sender part of the copyable attribute: the saved name or push name; on our own rows our push name. */
  readonly sender: string | null;
  /** The group author shown in the bubble. */
  readonly author: string | null;
  /** The invisible label for screen readers, without its colon; else the name above the row, where it is not marked. */
  readonly label: string | null;
  readonly time: string | null;
  readonly dated: DateSample | null;
  readonly status: Delivery | null;
  readonly quoted: Quote | null;
  readonly edited: boolean;
  readonly forwarded: boolean;
  /** A line between the bubbles: it belongs to nobody's run. */
  readonly isLine: boolean;
  readonly reactions: string[];
  /** Of a document. */
  readonly fileName: string | null;
  readonly direction: DirectionSignals;
  /** The row has today's meta line with its time, but no ticks, which every message of ours of this kind has. */
  readonly isUnticked: boolean;
  /** Measured only when asked for: it forces layout. */
  readonly leaning: () => Side | null;
}

/** Kinds whose shown words are what was written. Voice, stickers, cards, deleted and waiting rows have no text. */
const WRITTEN: ReadonlySet<Kind> = new Set<Kind>([
  "text",
  "image",
  "album",
  "video",
  "gif",
  "document",
  "poll",
  "event",
  "location",
  "unknown",
]);

/** Kinds that may show more than one text. */
const HEADED: ReadonlySet<Kind> = new Set<Kind>(["text", "image", "video", "gif", "document"]);

/** Kinds whose own messages always have ticks. Deleted ones and calls have none. */
const TICKED: ReadonlySet<Kind> = new Set<Kind>([
  "text",
  "image",
  "album",
  "video",
  "gif",
  "voice",
  "audio",
  "sticker",
  "document",
  "contact",
  "location",
  "poll",
]);

/** A virtualised row has lost its children: it says nothing, and is never taken for an empty message. */
export function isUnreadable(element: Element, registry: Registry): boolean {
  const shown = `${registry.any("bubble")}, ${registry.any("pre_plain")}`;
  const virtual =
    element.querySelector('[data-virtualized="true"]') ?? element.closest('[data-virtualized="true"]');
  if (virtual) return element.querySelector(shown) === null && !element.matches(shown);
  return element.childElementCount === 0 && (element.textContent ?? "").trim() === "";
}

/** Read one row element: the node with the id, or any part of it that was saved on its own. */
export function readFacts(element: Element, registry: Registry, lang: string | null): RowFacts {
  const row = partsOf(element, registry);
  const id = messageIdOf(element);
  const kind = kindOf(row);
  const ticks = ticksOf(row);
  const label = labelOf(row) ?? framedName(row);
  const plain = prePlain(row);
  const metaTexts = metaTextsOf(row);
  const metaTime = timeOf(metaTexts, row);
  const written = textOf(row, kind);
  const author = row.first("author");
  let leaning: Side | null | undefined;
  return {
    id,
    kind,
    ...written,
    sender: plain?.sender ?? null,
    author: author ? lineOf(author) || null : null,
    label,
    time: plain?.time ?? metaTime,
    dated: plain?.dated ?? null,
    status: ticks.status,
    quoted: quoteOf(row),
    edited: isEdited(metaTexts, row),
    forwarded: isForwarded(row),
    isLine: kind === "system" || (kind === "call" && row.first("bubble") === null),
    reactions: reactionsOf(row),
    fileName: kind === "document" ? fileNameOf(row) : null,
    direction: directionSignals(row, id?.fromMe ?? null, ticks.present, label, lang),
    isUnticked: !ticks.present && TICKED.has(kind) && metaTime !== null && row.first("meta") !== null,
    leaning: () => {
      if (leaning === undefined) leaning = leaningSide(row);
      return leaning;
    },
  };
}

function textOf(row: RowParts, kind: Kind): { text: string | null; truncated: boolean } {
  if (kind === "system" || kind === "call") return { text: noticeText(row), truncated: false };
  if (!WRITTEN.has(kind)) return { text: null, truncated: false };
  const truncated = row.all("read_more").length > 0;
  const candidates = row.best("text").filter((element) => !element.matches(".quoted-mention"));
  const outermost = candidates.filter(
    (element) => !candidates.some((other) => other !== element && other.contains(element)),
  );
  // A message of emoji alone had pictures and no text element.
  const bare = kind === "text" ? row.first("pre_plain") : null;
  const sources = outermost.length > 0 ? outermost : bare ? [bare] : [];
  // A business's message has a heading and a footer beside its text; of a poll or a place only the first is its name.
  const shown = HEADED.has(kind) ? sources : sources.slice(0, 1);
  const read = shown.map((source) => readText(source, row.registry));
  const texts = read.flatMap(({ text }) => text ?? []);
  return {
    text: texts.length > 0 ? texts.join("\n") : kind === "event" ? eventName(row) : null,
    truncated: truncated || read.some((part) => part.truncated),
  };
}

/** An event is a card, not a text: its name is the first line. */
function eventName(row: RowParts): string | null {
  const card = row.first("kind_event");
  const words = card && blockText(card, (element) => element.getAttribute("aria-hidden") === "true");
  return words?.split("\n")[0] ?? null;
}

/** `[20:31, 11/07/2026] Maria: ` */
function prePlain(
  row: RowParts,
): { time: string | null; dated: DateSample | null; sender: string | null } | null {
  const raw = row.first("pre_plain")?.getAttribute("data-pre-plain-text");
  const match = raw ? /^\[([^\]]*)\]\s?([\s\S]*?)\s*$/.exec(raw) : null;
  if (!match) return null;
  const [, when = "", who = ""] = match;
  const date = findDate(when);
  const rest = date ? when.replace(date.match, " ") : when;
  const sender = stripBidi(who)
    .replace(/\s*[:：]$/, "")
    .trim();
  return {
    time: parseTime(rest),
    dated: date ? { date, time: rest } : null,
    sender: sender === "" ? null : sender,
  };
}

function labelOf(row: RowParts): string | null {
  for (const element of row.all("sender_label")) {
    if (element.closest(row.registry.any("meta"))) continue;
    const label = stripBidi(element.getAttribute("aria-label") ?? "")
      .replace(/\s*[:：]\s*$/, "")
      .trim();
    if (label !== "") return label;
  }
  return null;
}

/** The author's name above a picture or voice message of a group, where it has no test id. Other things have such frames. */
function framedName(row: RowParts): string | null {
  const elsewhere = `${row.registry.any("text")}, ${row.registry.any("meta")}`;
  for (const element of row.all("author_frame")) {
    if (!element.closest(".message-in") || element.closest(elsewhere)) continue;
    const name = lineOf(element);
    if (name !== "" && parseTime(name) === null) return name;
  }
  return null;
}

/** Texts of the meta line; of the whole row outside its message where there is no meta line. */
function metaTextsOf(row: RowParts): string[] {
  const meta = row.first("meta");
  if (meta) return leafTexts(meta, (element) => element.getAttribute("aria-hidden") === "true");
  const texts = new Set(row.all("text"));
  return leafTexts(
    row.element,
    (element) =>
      element.getAttribute("aria-hidden") === "true" || texts.has(element) || row.isForeign(element),
  );
}

/** The word stands in the meta line; where that has no mark, right before the time: elsewhere it is somebody's word. */
function isEdited(metaTexts: readonly string[], row: RowParts): boolean {
  if (hiddenWords(row).some(isEditedWord)) return true;
  if (row.first("meta")) return metaTexts.some(isEditedWord);
  const time = metaTexts.findLastIndex((text) => isShortTime(text));
  return time > 0 && isEditedWord(metaTexts[time - 1] ?? "");
}

/** Words of the hidden copy of the meta line that keeps its place at the end of a text. */
function hiddenWords(row: RowParts): string[] {
  const copyable = row.first("pre_plain");
  if (!copyable) return [];
  const texts = row.all("text");
  return [...copyable.querySelectorAll('[aria-hidden="true"]')]
    .filter((element) => !row.isForeign(element) && !texts.some((text) => text.contains(element)))
    .flatMap((element) => leafTexts(element, () => false));
}

function timeOf(metaTexts: readonly string[], row: RowParts): string | null {
  const shown = [...metaTexts, ...(metaTexts.length === 0 ? hiddenWords(row) : [])];
  const text = shown.findLast(isShortTime);
  return text === undefined ? null : parseTime(text);
}

const isShortTime = (text: string): boolean => text.length <= 16 && parseTime(text) !== null;

/** A header says so. The same icon inside a button is the action to forward. */
function isForwarded(row: RowParts): boolean {
  const [header] = row.registry.selectors("forwarded");
  if (header && row.all("forwarded").some((element) => element.matches(header))) return true;
  const texts = row.all("text");
  const isAction = (element: Element) => element.closest('button, [role="button"]') !== null;
  if (row.all("forwarded").some((element) => !isAction(element))) return true;
  return [...row.element.querySelectorAll("span")].some(
    (span) =>
      span.childElementCount === 0 &&
      isForwardedWord(span.textContent ?? "") &&
      !row.isForeign(span) &&
      !texts.some((text) => text.contains(span)),
  );
}

/** The name of the row's author as the row itself tells it. */
export function ownAuthor(facts: RowFacts): string | null {
  return facts.author ?? facts.sender ?? facts.label;
}
