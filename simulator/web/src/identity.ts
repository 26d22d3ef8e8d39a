/** Ids as the page has them, and a small seeded source of variety so that runs are alike. */
import type { Markup } from "./markup";
import type { Chat, Message } from "./types";

/** Pictures of an album that says no number. */
export const FEWEST_TILES = 4;

/** FNV-1a with a last mixing, so that the low bits are even too: the same text always gives the same number. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** A fresh message id of a web client: `3EB0` and 18 hex digits. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `3EB0${[...bytes]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase()}`;
}

/** The address of a chat in the older DOM generation. */
export function jidOf(chat: Chat): string {
  if (chat.group) return `12036${String(hash(chat.id)).padStart(13, "3")}@g.us`;
  return `${chat.phone.replace(/\D/g, "")}@c.us`;
}

/**
 * The value of a row's `data-id`: the bare id, or the older `true|false_<jid>_<id>[_<participant>]`; before 2026 an album
 * has the id of its first picture with a mark and a count around it.
 */
export function rowId(message: Message, chat: Chat, markup: Markup): string {
  if (markup.modern) return message.id;
  const participant =
    chat.group && message.direction === "in"
      ? `_5511${String(hash(message.author ?? "")).padStart(10, "9")}@c.us`
      : "";
  const id = `${message.direction === "out"}_${jidOf(chat)}_${message.id}${participant}`;
  return message.kind === "album" ? `album-${id}-${message.tiles ?? FEWEST_TILES}` : id;
}
