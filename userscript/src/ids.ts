/** Message ids in every DOM generation. */

/** The bare message id, and what an old id says besides. */
export interface MessageId {
  readonly id: string;
  /** Old ids begin with `true_` for our own messages. */
  readonly fromMe: boolean | null;
  /** Old ids name the chat; a group's ends with `@g.us`. */
  readonly jid: string | null;
}

const OLD = /^(?:album-|grouped-sticker-)?(true|false)_([^_]+@[a-z.]+)_(.+)$/i;

/**
 * Read a `data-id`.
 *
 * Today it is the bare id. Until mid-2026 it was `true|false_<jid>_<id>[_<participant>]`; it is read from the right,
 * because a participant has an `@` and the id never has.
 */
export function parseMessageId(raw: string): MessageId {
  const old = OLD.exec(raw);
  if (!old) return { id: raw, fromMe: null, jid: null };
  const [, mine, jid = "", rest = ""] = old;
  const parts = rest.split("_").filter((part) => !part.includes("@") && part !== "out" && part !== "in");
  const id = parts.at(-1) ?? rest;
  return { id: raw.startsWith("album-") ? id.replace(/-\d+$/, "") : id, fromMe: mine === "true", jid };
}

/** The id of a row element: its `data-id`, or the same id in its test id; null when it has neither. */
export function messageIdOf(element: Element): MessageId | null {
  const holder = element.closest("[data-id]") ?? element.querySelector("[data-id]");
  const raw = holder?.getAttribute("data-id");
  if (raw) return parseMessageId(raw);
  const testId = (element.closest('[data-testid^="conv-msg-"]') ?? element).getAttribute("data-testid") ?? "";
  return testId.startsWith("conv-msg-")
    ? { id: testId.slice("conv-msg-".length), fromMe: null, jid: null }
    : null;
}
