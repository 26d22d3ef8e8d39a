/** What `doctor --page` asks of the live page: which signs of each part were found, and how the page is built. */
import type { PageCheck } from "./contract.gen";
import type { Registry } from "./registry";
import { readScreen } from "./state";
import { structureOf } from "./structure";

/** What the chats' screen must have, whatever is in it. */
const OF_THE_SCREEN = ["root", "ready", "chat_grid", "search"];
/** What every chat of the list has. */
const OF_A_CHAT = ["chat_row", "chat_name", "chat_time", "preview"];
const OF_THE_CONVERSATION = ["conversation", "chat_title", "scroller", "composer"];
const OF_A_MESSAGE = ["message"];
/** What most messages have, but a picture or a call has not. */
const OF_A_TEXT = ["pre_plain", "text"];

/** From so many rows on one of them has a text. */
const ROWS_WITH_TEXT = 5;

/** Look at everything once. Nothing is opened, scrolled or pressed. */
export function checkUp(doc: Document, registry: Registry, lang: string | null): PageCheck {
  const anchors = registry.report(doc);
  const { state } = readScreen(doc, registry);
  const signs = Object.fromEntries(
    Object.keys(anchors).map((name) => [name, registry.selectors(name).length]),
  );
  const { lines, masked, cut } = structureOf(doc.documentElement);
  return {
    screen: state,
    chat_open: isChatOpen(doc, registry),
    lang,
    needed: state === "ready" ? neededHere(doc, registry) : [],
    anchors,
    signs,
    structure: lines,
    masked,
    cut,
  };
}

/** A conversation, or what says that there must be one. */
function isChatOpen(doc: Document, registry: Registry): boolean {
  return registry.find("conversation", doc) !== null || openRow(doc, registry);
}

function openRow(doc: Document, registry: Registry): boolean {
  return registry
    .findAll("chat_row", doc)
    .some((row) => row.querySelector(registry.any("open_row")) !== null);
}

/** The anchors that this screen must have: no more than it shows. */
function neededHere(doc: Document, registry: Registry): string[] {
  const needed = [...OF_THE_SCREEN];
  const grid = registry.find("chat_grid", doc)?.element;
  const rows = registry.findAll("chat_row", doc).length;
  // The grid says itself how many chats there are; a new account has none.
  if (rows > 0 || Number(grid?.getAttribute("aria-rowcount") ?? 0) > 0) needed.push(...OF_A_CHAT);
  if (!isChatOpen(doc, registry)) return needed;
  const canWrite = registry.find("cannot_write", doc) === null;
  needed.push(...OF_THE_CONVERSATION.filter((name) => name !== "composer" || canWrite));
  needed.push(...OF_A_MESSAGE);
  if (registry.findAll("message", doc).length >= ROWS_WITH_TEXT) needed.push(...OF_A_TEXT);
  return needed;
}
