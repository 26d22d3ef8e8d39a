/** A canned reply made of a message that was sent. Pure over the DOM. */
import type { OpenChat } from "../../contract.gen";
import { type ReadContext, readRows } from "../../read";
import { folded } from "./match";

export interface Sent {
  readonly waId: string;
  readonly text: string;
}

/** The last message of ours whose words are shown whole; null where there is none. */
export function lastSent(root: ParentNode, context: ReadContext): Sent | null {
  for (const { id, row } of readRows(root, context).reverse()) {
    if (!id || row?.direction !== "out" || row.kind === "deleted" || row.kind === "system") continue;
    if (row.text && !row.truncated) return { waId: id, text: row.text.trim() };
  }
  return null;
}

const GREETING = /(?<![\p{L}\p{N}])(?:Bom dia|Boa tarde|Boa noite)(?![\p{L}\p{N}])/gu;

/** The text as it fits every customer: the customer's name and the greeting of the hour are variables. */
export function forEverybody(text: string, chat: Pick<OpenChat, "title" | "is_group"> | null): string {
  const general = text.replace(GREETING, "{saudacao}");
  if (!chat || chat.is_group) return general;
  const [first = ""] = chat.title.trim().split(/\s+/);
  return [chat.title.trim(), first].reduce(withoutName, general);
}

function withoutName(text: string, name: string): string {
  if (!/^\p{L}[\p{L}'’ -]+$/u.test(name)) return text;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(`(?<![\\p{L}\\p{N}{])${escaped}(?![\\p{L}\\p{N}}])`, "giu");
  return text.replace(whole, "{nome}");
}

/** A shortcut as the file has it: a slash, small letters and digits. Null where nothing of that was typed. */
export function shortcutOf(typed: string): string | null {
  const bare = folded(typed.trim())
    .replace(/[\s/]+/g, "-")
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^-+|-+$/g, "");
  return bare === "" ? null : `/${bare.slice(0, 30)}`;
}
