/** The stand-in's world. Every change is an `Op`: applied here, then written down by Python. */
import { hash } from "./identity";
import { labelsOf } from "./labels";
import type { Bar, Chat, ChatSeed, Message, Op, Options, Receipt, Send, Theme, Writing } from "./types";

/** A chat without messages lies this far down the list. */
const QUIET_MS = 30 * 86_400_000;

export class Model {
  readonly chats = new Map<string, Chat>();
  readonly sends: Send[] = [];
  readonly receipts: Receipt[] = [];
  /** Epoch milliseconds at which React put each message's row into the document, once for every time. */
  readonly inserted = new Map<string, number[]>();
  /** Who writes in which chat just now. It is not written down: after a reload the page does not know either. */
  readonly writing = new Map<string, Writing>();
  openChat: string | null = null;
  openedByTrusted = false;
  openings = 0;
  theme: Theme = "light";
  dialog = false;
  bar: Bar | null = null;
  /** The account may not write just now. It is the account's state, so a reload does not end it. */
  restricted = false;
  forcedReload = false;
  /** A fault: the grid says how many rows it has and shows none. */
  emptyList = false;
  version = 0;
  private readonly listeners = new Set<() => void>();
  private readonly known = new Set<string>();

  constructor(readonly options: Options) {
    for (const seed of options.chats) this.seed(seed);
    for (const op of options.journal) this.apply(op);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshotVersion = (): number => this.version;

  changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }

  chat(id: string): Chat {
    const chat = this.chats.get(id) ?? [...this.chats.values()].find((other) => other.title === id);
    if (!chat) throw new Error(`no chat ${id}`);
    return chat;
  }

  /** Chats with the newest message first, as the list shows them. */
  ordered(): Chat[] {
    const newest = (chat: Chat): number => chat.messages.at(-1)?.at ?? 0;
    return [...this.chats.values()].sort((a, b) => newest(b) - newest(a));
  }

  /** Something modal lies over the chats. */
  covered(): boolean {
    return this.dialog || this.forcedReload;
  }

  unreadChats(): number {
    return [...this.chats.values()].filter((chat) => chat.unread !== 0).length;
  }

  /** Change the world; the change is written down already. */
  replay(op: Op): void {
    this.apply(op);
    this.changed();
  }

  /** Change the world and have the change written down. */
  commit(op: Op): void {
    this.replay(op);
    void fetch("/standin/journal", { method: "POST", body: JSON.stringify(op), keepalive: true }).catch(
      () => {},
    );
  }

  private seed(seed: ChatSeed): void {
    const first = seed.messages[0]?.at ?? Date.now() - QUIET_MS;
    const notice: Message = {
      id: `3A${hash(`${seed.id}e2e`).toString(16).padStart(8, "0").repeat(3).slice(0, 18).toUpperCase()}`,
      chat: seed.id,
      direction: "none",
      kind: "system",
      text: labelsOf(this.options.language).e2e,
      at: first - 1000,
    };
    this.chats.set(seed.id, { ...seed, messages: [notice, ...seed.messages], draft: "" });
    for (const message of seed.messages) this.known.add(message.id);
  }

  private apply(op: Op): void {
    switch (op.op) {
      case "message":
        this.receive(op.message);
        return;
      case "chat":
        if (!this.chats.has(op.seed.id)) this.seed(op.seed);
        return;
      case "edit":
        this.patch(op.chat, op.id, { text: op.text, edited: true });
        return;
      case "decrypt":
        this.patch(op.chat, op.id, { text: op.text, kind: "text" });
        return;
      case "delete":
        this.patch(op.chat, op.id, { text: "", kind: "deleted", reactions: [] });
        return;
      case "react":
        this.patch(op.chat, op.id, { reactions: op.emoji ? [op.emoji] : [] });
        return;
      case "status":
        this.patch(op.chat, op.id, { status: op.status });
        return;
      case "rename":
        this.put(op.chat, { title: op.title });
        return;
      case "block":
        this.put(op.chat, { blocked: op.blocked });
        return;
      case "restrict":
        this.restricted = op.restricted;
        return;
      case "generation":
        this.options.generation = op.generation;
        return;
      case "language":
        this.options.language = op.language;
        this.options.clock = op.clock;
        document.documentElement.lang = op.language;
        return;
      case "send": {
        const { op: _, ...send } = op;
        this.sends.push(send);
        return;
      }
      case "receipt": {
        const { op: _, ...receipt } = op;
        this.receipts.push(receipt);
        this.put(op.chat, { unread: 0 });
        return;
      }
    }
  }

  private receive(message: Message): void {
    if (this.known.has(message.id)) return;
    this.known.add(message.id);
    const chat = this.chat(message.chat);
    if (message.direction === "in") this.writing.delete(chat.id);
    const unread =
      message.direction === "in" ? chat.unread + 1 : message.direction === "out" ? 0 : chat.unread;
    this.put(chat.id, { messages: [...chat.messages, { ...message, chat: chat.id }], unread });
  }

  private put(id: string, change: Partial<Chat>): void {
    const chat = this.chat(id);
    this.chats.set(chat.id, { ...chat, ...change });
  }

  private patch(chatId: string, id: string, change: Partial<Message>): void {
    const messages = this.chat(chatId).messages.map((message) =>
      message.id === id ? { ...message, ...change } : message,
    );
    this.put(chatId, { messages });
  }

  /** Keep what stands in the composer of a chat that is being left. It is not written down: neither does the page. */
  keepDraft(id: string, draft: string): void {
    const chat = this.chats.get(id);
    if (chat) chat.draft = draft;
  }

  open(id: string | null, trusted: boolean): void {
    if (id === this.openChat) return;
    this.openChat = id;
    this.openedByTrusted = trusted;
    this.openings++;
    this.changed();
  }
}
