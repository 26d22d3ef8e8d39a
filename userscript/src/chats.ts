/** The chat list: all that may be known of a chat without opening it. */
import { type DateOrder, dateOrder, dayOf, parseDivider, parseTime } from "./clock";
import type { ChatPreview, Direction } from "./contract.gen";
import { dayOfWords } from "./dates";
import { isDraft, isReactionNotice, isYou, stripBidi } from "./labels";
import type { Registry } from "./registry";
import { lineOf } from "./text";

/** Icons that only our own last message has, by any of their names. */
const TICKS =
  /^(wds-ic-(read|delivered|status-pending)|ic-schedule|(msg|status)-(time|check|dblcheck)(-ack)?|message-fail)$/;

const LAST_MESSAGE = '[data-testid="last-msg-status"]';

/** What the icons in a preview say of the last message. */
interface Signs {
  /** It has ticks, so it is ours. */
  readonly ticks: boolean;
  /** It is a picture, a voice message and the like, or deleted: its words are the page's, not a person's. */
  readonly media: boolean;
  readonly deleted: boolean;
}
const NO_SIGNS: Signs = { ticks: false, media: false, deleted: false };

/** What a row of the list needs besides itself to say when its last message was. */
interface When {
  readonly lang: string | null;
  readonly order: DateOrder | null;
  readonly today: string | null;
}

/** A row of the list, and what can be read of its chat. */
export interface ChatRow {
  readonly row: Element;
  /** Where it stands in the whole list: pixels from the top, or how many rows stand before it. */
  readonly top: number;
  readonly chat: ChatPreview;
}

/**
 * The rows of the list that are in the document, top to bottom. Section headers of search results are rows too, but have
 * no name.
 *
 * `now` is the page's clock; null for a saved file.
 */
export function chatRows(
  root: ParentNode,
  registry: Registry,
  lang: string | null,
  now: Date | null,
): ChatRow[] {
  const rows = registry.findAll("chat_row", root);
  const dates = rows.flatMap((row) => {
    const words = timeWords(row, registry);
    const divider = words === null ? null : parseDivider(words, lang);
    return divider?.kind === "date" ? [{ date: divider.date, time: "" }] : [];
  });
  const when: When = { lang, order: dateOrder(dates, lang), today: now && dayOf(now) };
  return rows
    .map((row, place) => ({ row, top: topOf(row) ?? place, chat: readChat(row, registry, when) }))
    .filter((entry): entry is ChatRow => entry.chat !== null)
    .sort((a, b) => a.top - b.top);
}

/** What `chatRows` reads, without the rows. */
export function readChats(
  root: ParentNode,
  registry: Registry,
  lang: string | null,
  now: Date | null,
): ChatPreview[] {
  return chatRows(root, registry, lang, now).map(({ chat }) => chat);
}

/** Rows are placed by transform; their order in the document means nothing. */
function topOf(row: Element): number | null {
  const place = /translateY\((-?[\d.]+)px\)/.exec(row.getAttribute("style") ?? "")?.[1];
  return place === undefined ? null : Number(place);
}

function timeWords(row: Element, registry: Registry): string | null {
  const time = registry.find("chat_time", row)?.element;
  return time ? lineOf(time) || null : null;
}

function readChat(row: Element, registry: Registry, when: When): ChatPreview | null {
  const { lang } = when;
  const name = registry.find("chat_name", row)?.element;
  const title = name ? shownText(name) : "";
  if (!name || title === "") return null;
  const preview = registry
    .findAll("preview", row)
    .filter((element) => element !== name && !element.contains(name))
    // A draft stands in the place of the last message (which then has no element), and says nothing of it.
    .find((element) => element.matches(LAST_MESSAGE) || !isDraft(element.parentElement?.textContent ?? ""));
  const text = preview ? lastText(preview) : null;
  const author = preview ? lastAuthor(preview) : null;
  const unread = unreadOf(row, registry);
  const words = timeWords(row, registry);
  const signs = preview ? signsOf(preview, registry) : NO_SIGNS;
  return {
    title,
    unread,
    last_text: text,
    last_author: author !== null && isYou(author, lang) ? null : author,
    last_direction: lastDirection(signs, text, author, unread, lang),
    last_time: words,
    ...moment(words, when),
    last_media: signs.media || (text !== null && isReactionNotice(text)),
    is_open: row.matches(registry.any("open_row")) || row.querySelector(registry.any("open_row")) !== null,
  };
}

/** A clock time is of today; other words name a day. */
function moment(words: string | null, when: When): Pick<ChatPreview, "last_clock" | "last_date"> {
  const clock = words === null ? null : parseTime(words);
  if (words === null || clock !== null) return { last_clock: clock, last_date: clock && when.today };
  const said = parseDivider(words, when.lang);
  return { last_clock: null, last_date: said && dayOfWords(said, when.order, when.today) };
}

/** The title attribute holds the whole text; the shown one may be cut. */
function shownText(element: Element): string {
  const title = stripBidi(element.getAttribute("title") ?? "").trim();
  return title === "" ? lineOf(element) : title;
}

function lastText(preview: Element): string | null {
  const title = stripBidi(preview.getAttribute("title") ?? "").trimEnd();
  if (title !== "") return title;
  const shown = [...preview.querySelectorAll('span[dir="ltr"], span[dir="rtl"]')].at(-1);
  return shown ? lineOf(shown) || null : null;
}

/** In groups: a name of its own, followed by a colon of its own. */
function lastAuthor(preview: Element): string | null {
  for (const span of preview.querySelectorAll('span[dir="auto"]')) {
    const after = (span.parentElement?.nextElementSibling ?? span.nextElementSibling)?.textContent ?? "";
    const sibling = span.nextElementSibling?.textContent ?? "";
    if (/^\s*[:：]/.test(after) || /^\s*[:：]/.test(sibling)) return lineOf(span) || null;
  }
  return null;
}

/**
 * Words have no icon but the ticks, so any other one stands for a picture, a voice message and the like, whatever a
 * build calls it. A sticker may have a tick's name: in the place of such symbols no name counts.
 */
function signsOf(preview: Element, registry: Registry): Signs {
  const symbols = registry.any("media_symbol");
  const icons = [...preview.querySelectorAll(registry.any("preview_icon"))]
    .filter((icon) => icon.closest(symbols) === null)
    .map((icon) => namesOf(icon, preview));
  const isTick = (names: readonly string[]): boolean => names.some((name) => TICKS.test(name));
  return {
    ticks: icons.some(isTick),
    media: preview.querySelector(symbols) !== null || !icons.every(isTick),
    deleted: icons.some((names) => names.includes("recalled")),
  };
}

/** All names of an icon: of its drawing, of itself, and of what frames it inside the preview. */
function namesOf(icon: Element, preview: Element): string[] {
  const names: string[] = [];
  for (let at: Element | null = icon; at !== null && at !== preview; at = at.parentElement) {
    names.push(at.getAttribute("data-icon") ?? "", at.getAttribute("data-testid") ?? "");
  }
  names.push((icon.querySelector("title")?.textContent ?? "").trim());
  return names;
}

/** Unread messages are theirs. Ticks stand on our own messages only. Without ticks a shown text is theirs, unless it speaks of us. */
function lastDirection(
  signs: Signs,
  text: string | null,
  author: string | null,
  unread: number | null,
  lang: string | null,
): Direction {
  if (unread !== null && unread > 0) return "in";
  if (signs.ticks) return "out";
  if (author !== null) return isYou(author, lang) ? "out" : "in";
  const firstWord = text?.split(/[\s:]/, 1)[0] ?? "";
  return text === null || signs.deleted || isYou(firstWord, lang) ? "unknown" : "in";
}

/** 0 without a badge, null when the badge has no number (marked unread by hand). Thousands may have a separator. */
function unreadOf(row: Element, registry: Registry): number | null {
  const badge = registry.find("unread", row)?.element;
  if (!badge) return 0;
  const digits = /\d[\d.,\u00a0\u202f]*/.exec(
    `${lineOf(badge)} ${badge.getAttribute("aria-label") ?? ""}`,
  )?.[0];
  const number = digits?.replace(/\D/g, "");
  if (number) return Number(number);
  return badge.matches('[data-testid="icon-unread-count"]') ? null : 0;
}
