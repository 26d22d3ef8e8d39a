/** What a row is. Marks come before words, media before text: a caption has the same markup as a text. */
import { parseTime } from "./clock";
import type { Kind } from "./contract.gen";
import { isCallNotice, isContactAction, isDeletedNotice, isWaitingNotice } from "./labels";
import type { RowParts } from "./row-parts";
import { blockText } from "./text";

/** Kinds that an anchor `kind_<name>` decides alone, in this order. */
const MARKED: readonly Kind[] = [
  "deleted",
  "view_once",
  "poll",
  "event",
  "contact",
  "location",
  "album",
  "document",
  "sticker",
];

/** Icon names that stand for a kind when only the drawing's title is left of the icon. */
const TITLES: readonly (readonly [RegExp, Kind])[] = [
  [/^(ic-)?recalled/, "deleted"],
  [/^(wds-)?(ic-)?view-once/, "view_once"],
  [/^document-|^(ic-)?document$/, "document"],
  [/^(ic-)?ptt-status/, "voice"],
  [/^(media-gif|ic-gif)$/, "gif"],
  [/^(media-play|video-pip|msg-video)$/, "video"],
];

/** The kind of a row; `unknown` when nothing is recognised (also while its children are still missing). */
export function kindOf(row: RowParts): Kind {
  const isNotice = row.first("kind_system") !== null;
  if (row.first("kind_call") || (isNotice && isCallNotice(noticeText(row) ?? ""))) return "call";
  if (isNotice) return "system";
  for (const kind of MARKED) if (row.first(`kind_${kind}`)) return kind;
  // One box to tick is the page's own, to select the message.
  if (row.all("poll_choice").length > 1) return "poll";
  if (isContactCard(row)) return "contact";
  if (tiles(row) > 1) return "album";
  const titled = TITLES.find(([pattern]) => row.iconTitles.some((title) => pattern.test(title)))?.[1];
  if (titled === "deleted" || titled === "view_once" || titled === "document") return titled;
  const sound = soundKind(row);
  if (sound) return sound;
  if (row.first("kind_gif") || titled === "gif") return "gif";
  if ((row.first("kind_video") || titled === "video") && !isPlayOfLink(row)) return "video";
  if (row.first("kind_image")) return "image";
  const picture = pictureKind(row);
  if (picture) return picture;
  if (row.first("pre_plain")) return "text";
  return wordedKind(row);
}

/** A card's button says so. Where the card is copyable, its name is a block; the text of a message with buttons is not. */
function isContactCard(row: RowParts): boolean {
  const [text] = row.best("text");
  if (row.first("pre_plain") && text && text.tagName !== "DIV") return false;
  const buttons = [...row.element.querySelectorAll('button, [role="button"]')];
  return buttons.some((button) => !row.isForeign(button) && isContactAction(button.textContent ?? ""));
}

/** Does the written text hold a link? */
function hasLink(row: RowParts): boolean {
  return row.first("pre_plain") !== null && row.best("text").some((text) => text.querySelector("a[href]"));
}

/** A play button alone, over a text with a link, is the preview of that link; a video shows its length as well. */
function isPlayOfLink(row: RowParts): boolean {
  const play = '[data-icon="media-play"]';
  return (
    hasLink(row) &&
    row.all("kind_video").every((mark) => mark.matches(play)) &&
    row.iconTitles.every((title) => !/^(video-pip|msg-video)$/.test(title))
  );
}

/** Pictures and videos of the row that are not inside each other. */
function tiles(row: RowParts): number {
  const marked = '[data-testid="image-thumb"], [data-testid="image-content"], [data-testid="video-content"]';
  const found = [...row.element.querySelectorAll(marked)].filter((tile) => !row.isForeign(tile));
  return found.filter((tile) => tile.parentElement?.closest(marked) == null).length;
}

function soundKind(row: RowParts): Kind | null {
  const [icon] = row.registry.selectors("kind_voice");
  const [file, button] = row.registry.selectors("kind_audio");
  const has = (css: string | undefined) =>
    css !== undefined && [...row.element.querySelectorAll(css)].some((mark) => !row.isForeign(mark));
  // The icon decides: the player of an audio file is labelled as a voice message too.
  if (has(icon) || row.iconTitles.some((title) => /^(ic-)?ptt-(status|file)/.test(title))) return "voice";
  if (has(file) || row.iconTitles.some((title) => /^(ic-)?audio-file/.test(title))) return "audio";
  if (row.first("kind_voice")) return "voice";
  // The player of a voice message is a slider with both times; its microphone may be missing from an old build.
  if (row.first("player")) return has(button) ? "audio" : "voice";
  return row.first("kind_audio") ? "audio" : null;
}

/**
 * Pictures without any mark: a picture has a small copy of itself (a JPEG as data:) under the full one (blob:), a
 * sticker has none. Emoji and reactions are data: too, but no JPEGs.
 */
function pictureKind(row: RowParts): Kind | null {
  const noPicture = ["text", "author", "avatar"].map((anchor) => row.registry.any(anchor)).join(", ");
  const sources = [...row.element.querySelectorAll("img")]
    .filter((img) => !row.isForeign(img) && !img.closest(noPicture) && !img.hasAttribute("data-plain-text"))
    .map((img) => img.getAttribute("src") ?? "");
  const full = sources.some((source) => source.startsWith("blob:"));
  const small = sources.some((source) => /^data:image\/jpe?g/.test(source));
  // The preview of a link has both copies as well, above the text with the link.
  if (full && small && !hasLink(row)) return "image";
  if (row.first("pre_plain")) return null;
  return full ? "sticker" : small ? "image" : null;
}

/** Rows of which only the shown words tell what they are. A customer's own words have the copyable mark: never these. */
function wordedKind(row: RowParts): Kind {
  const words = noticeText(row);
  if (words === null) return "unknown";
  if (isDeletedNotice(words)) return "deleted";
  if (isWaitingNotice(words)) return "waiting";
  if (isCallNotice(words)) return "call";
  if (isBareNotice(row)) return "system";
  return row.best("text").length > 0 ? "text" : "unknown";
}

/**
 * A notice without a test id. Until mid-2026 a message had a direction class and a notice none, though its id says true
 * or false as well; today a message always has its time, and a notice neither that nor anything of a bubble.
 */
function isBareNotice(row: RowParts): boolean {
  const { element } = row;
  const isOld = /^(true|false)_/.test(element.getAttribute("data-id") ?? "");
  if (isOld)
    return (
      !element.querySelector(".message-in, .message-out") && !element.closest(".message-in, .message-out")
    );
  const isToday = element.matches("[data-testid^='conv-msg-']") && row.best("text").length === 0;
  return isToday && ["meta", "tail", "sender_label", "author"].every((anchor) => row.first(anchor) === null);
}

/** The words that a row shows, without author, time, quote and reactions; null when there are none. */
export function noticeText(row: RowParts): string | null {
  const skipped = ["meta", "author", "tail"].map((anchor) => row.registry.any(anchor)).join(", ");
  const words = blockText(
    row.first("kind_system") ?? row.element,
    (element) =>
      element.getAttribute("aria-hidden") === "true" ||
      element.matches(skipped) ||
      isNameFrame(element, row) ||
      row.isForeign(element),
  );
  return row.first("meta") ? words : withoutTime(words);
}

/** The name above a bubble of a group, in builds without test ids. */
function isNameFrame(element: Element, row: RowParts): boolean {
  return (
    element.getAttribute("role") === "" &&
    element.closest(".message-in") !== null &&
    element.querySelector(row.registry.any("author_frame")) !== null
  );
}

/** Without a mark on the line of time and ticks it is the last one, and only its time is written. */
function withoutTime(words: string | null): string | null {
  const lines = words?.split("\n") ?? [];
  const last = lines.at(-1) ?? "";
  const isTime = parseTime(last) !== null && last.replace(/[\d:.\s]/g, "").length <= 4;
  const kept = isTime ? lines.slice(0, -1) : lines;
  return kept.length > 0 ? kept.join("\n") : null;
}
