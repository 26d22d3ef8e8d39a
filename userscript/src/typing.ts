/** Notices that somebody in the open chat has begun to write: the line under its title says so. */
import type { Send } from "./bridge";
import type { OpenChat } from "./contract.gen";
import { isTypingNotice } from "./labels";
import type { Registry } from "./registry";
import { lineOf } from "./text";

/** One frame in so long at most, in milliseconds: people pause and go on, and the line comes and goes with them. */
const AT_MOST_EVERY_MS = 5_000;

/** Whether the page says that somebody types or records. */
export function isTyping(root: ParentNode, registry: Registry): boolean {
  const line = registry.find("subtitle", root)?.element;
  return line !== undefined && isTypingNotice(lineOf(line));
}

/** Remembers one page's state; each look sends a frame when somebody has begun since the last one. */
export class Typing {
  private token: number | null = null;
  private was = false;
  private sentAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly registry: Registry,
    private readonly send: Send,
    private readonly now: () => number,
  ) {}

  look(root: ParentNode, chat: OpenChat | null): void {
    if (chat?.token !== this.token) {
      this.token = chat?.token ?? null;
      this.was = false;
      this.sentAt = Number.NEGATIVE_INFINITY;
    }
    const is = chat !== null && isTyping(root, this.registry);
    const begun = is && !this.was;
    this.was = is;
    if (!begun || !chat || this.now() - this.sentAt < AT_MOST_EVERY_MS) return;
    this.sentAt = this.now();
    this.send({ kind: "typing", chat_token: chat.token });
  }
}
