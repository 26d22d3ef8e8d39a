/** The conversation that is open. */
import type { OpenChat } from "./contract.gen";
import { parseMessageId } from "./ids";
import { isYou } from "./labels";
import type { Registry } from "./registry";
import { lineOf } from "./text";

/** The open chat without its token, which counts openings and is the observer's. Null when none is open. */
export function readOpenChat(
  root: ParentNode,
  registry: Registry,
  lang: string | null,
): Omit<OpenChat, "token"> | null {
  const title = titleOf(root, registry);
  if (title === null) return null;
  const is_group = isGroup(root, registry, lang);
  return { title, is_group, phone: is_group ? null : phoneIn(title) };
}

/** The title in the header; null when there is no header. */
export function titleOf(root: ParentNode, registry: Registry): string | null {
  const element = registry.find("chat_title", root)?.element;
  const title = element ? lineOf(element) : "";
  return title === "" ? null : title;
}

/** Old ids name a group. Today: the member list ends with us, or bubbles show authors, or the call button says so. */
function isGroup(root: ParentNode, registry: Registry, lang: string | null): boolean {
  const conversation = registry.find("conversation", root)?.element ?? root;
  for (const row of conversation.querySelectorAll('[data-id*="@"]')) {
    const jid = parseMessageId(row.getAttribute("data-id") ?? "").jid;
    if (jid) return jid.endsWith("@g.us");
  }
  const subtitle = registry.find("subtitle", root)?.element;
  const members = subtitle ? (subtitle.querySelector("[title]") ?? subtitle) : null;
  const last = (members?.getAttribute("title") || (members ? lineOf(members) : "")).split(/[,、،]\s*/);
  if (last.length > 1 && isYou(last.at(-1) ?? "", lang)) return true;
  if (
    conversation.querySelector(
      '[aria-label$="em grupo"], [aria-label*="group call" i], [aria-label$="grupal"]',
    )
  ) {
    return true;
  }
  const quoted = registry.any("quoted");
  return [...conversation.querySelectorAll(registry.any("author"))].some(
    (author) => author.closest(quoted) === null,
  );
}

/** E.164 of a title that is a phone number, as an unsaved contact's is; null for any other title. */
export function phoneIn(title: string): string | null {
  if (!/^\+[\d\s\u00a0().\-‑]+$/.test(title)) return null;
  const digits = title.replace(/\D/g, "");
  return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : null;
}
