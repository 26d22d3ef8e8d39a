/** `window.__standin`: how tests and the demo drive the world and read the truth. MAIN world, JSON-able values only. */
import { freshId } from "./identity";
import { markupOfRow } from "./markup";
import type { Model } from "./model";
import type {
  Bar,
  ChatSeed,
  Generation,
  Kind,
  Message,
  Op,
  Quote,
  Screen,
  Send,
  Status,
  Theme,
  Writing,
} from "./types";

/** Something that a customer, a member of a group or the business's own phone wrote. */
export interface Delivery {
  chat: string;
  from?: "customer" | "business" | "system";
  kind?: Kind;
  text?: string;
  id?: string;
  at?: number;
  author?: string;
  quote?: Quote;
  seconds?: number;
  name?: string;
  forwarded?: boolean;
  status?: Status;
}

/** How long the page waits for a send that the scripted attendant has announced. */
const EXPECTATION_MS = 15_000;

export class StandIn {
  private expected: { text: string; until: number }[] = [];

  constructor(
    private readonly model: Model,
    private readonly show: (screen: Screen) => void,
    private readonly current: () => Screen,
  ) {}

  /** A change that Python has already written down. */
  apply(op: Op): void {
    this.model.replay(op);
  }

  deliver(event: Delivery): string {
    const from = event.from ?? "customer";
    const message: Message = {
      id: event.id ?? freshId(),
      chat: this.model.chat(event.chat).id,
      direction: from === "customer" ? "in" : from === "business" ? "out" : "none",
      kind: event.kind ?? (from === "system" ? "system" : "text"),
      text: event.text ?? "",
      at: event.at ?? Date.now(),
      ...(event.author === undefined ? {} : { author: event.author }),
      ...(event.quote === undefined ? {} : { quote: event.quote }),
      ...(event.seconds === undefined ? {} : { seconds: event.seconds }),
      ...(event.name === undefined ? {} : { name: event.name }),
      ...(event.forwarded === undefined ? {} : { forwarded: event.forwarded }),
      ...(from === "business" ? { status: event.status ?? "delivered" } : {}),
    };
    this.model.commit({ op: "message", message });
    return message.id;
  }

  addChat(seed: ChatSeed): void {
    this.model.commit({ op: "chat", seed });
  }

  edit(chat: string, id: string, text: string): void {
    this.model.commit({ op: "edit", chat, id, text });
  }

  /** A message that waited for its key gets its text. */
  decrypt(chat: string, id: string, text: string): void {
    this.model.commit({ op: "decrypt", chat, id, text });
  }

  remove(chat: string, id: string): void {
    this.model.commit({ op: "delete", chat, id });
  }

  react(chat: string, id: string, emoji: string): void {
    this.model.commit({ op: "react", chat, id, emoji });
  }

  setStatus(chat: string, id: string, status: Status): void {
    this.model.commit({ op: "status", chat, id, status });
  }

  rename(chat: string, title: string): void {
    this.model.commit({ op: "rename", chat: this.model.chat(chat).id, title });
  }

  setBlocked(chat: string, blocked: boolean): void {
    this.model.commit({ op: "block", chat: this.model.chat(chat).id, blocked });
  }

  /** A customer begins to write, or stops (null); their message ends it too. */
  setWriting(chat: string, writing: Writing | null): void {
    const { id } = this.model.chat(chat);
    if (writing) this.model.writing.set(id, writing);
    else this.model.writing.delete(id);
    this.model.changed();
  }

  setTheme(theme: Theme): void {
    this.model.theme = theme;
    localStorage.setItem("theme", JSON.stringify(theme));
    this.model.changed();
  }

  setDialog(shown: boolean): void {
    this.model.dialog = shown;
    this.model.changed();
  }

  /** The strip above the chat list, or none. */
  setBar(bar: Bar | null): void {
    this.model.bar = bar;
    this.model.changed();
  }

  /** The account is restricted: no chat can be written to. */
  setRestricted(restricted: boolean): void {
    this.model.commit({ op: "restrict", restricted });
  }

  /** A modal that leaves no choice but to load the page again. */
  setForcedReload(shown: boolean): void {
    this.model.forcedReload = shown;
    this.model.changed();
  }

  /** A fault: the list keeps its count and its height and loses every row. */
  emptyChatList(empty: boolean): void {
    this.model.emptyList = empty;
    this.model.changed();
  }

  /** The account moves to the other generation's markup: everything is drawn anew. */
  setGeneration(generation: Generation): void {
    this.model.commit({ op: "generation", generation });
  }

  /** Open a chat without anybody's hand. */
  openChat(chat: string): void {
    this.model.open(this.model.chat(chat).id, false);
  }

  /** How each row of a chat is marked up: on a page in the middle of a roll-out they differ. */
  rowStyles(chat: string): Record<string, string> {
    const { generation } = this.model.options;
    const { messages } = this.model.chat(chat);
    return Object.fromEntries(
      messages.map((message) => [message.id, markupOfRow(generation, message).style]),
    );
  }

  setEnterIsSend(enabled: boolean): void {
    this.model.options.enter_is_send = enabled;
    this.model.changed();
  }

  enterIsSend(): boolean {
    return this.model.options.enter_is_send;
  }

  /** Close the conversation, as Escape does on the real page. */
  closeChat(): void {
    this.model.open(null, false);
  }

  setScreen(screen: Screen): void {
    this.show(screen);
  }

  screen(): Screen {
    return this.current();
  }

  /** The phone has scanned the QR code, or its owner has typed the code of eight letters. */
  scan(): void {
    if (this.current() === "qr" || this.current() === "pairing") this.show("syncing");
  }

  /** The scripted attendant is about to send this text with the browser's own trusted input. */
  attendantExpectsSend(text: string): void {
    this.expected.push({ text: text.trim(), until: Date.now() + EXPECTATION_MS });
  }

  /** Whose send this is: the attendant's only when announced, trusted, and the very same text. */
  whoSends(text: string, trusted: boolean): Send["by"] {
    this.expected = this.expected.filter((expectation) => expectation.until > Date.now());
    const index = trusted ? this.expected.findIndex((expectation) => expectation.text === text.trim()) : -1;
    if (index < 0) return "agent";
    this.expected.splice(index, 1);
    return "attendant";
  }

  counters(): object {
    const { sends, receipts } = this.model;
    return {
      sends: sends.length,
      sends_trusted: sends.filter((send) => send.trusted).length,
      sends_by_attendant: sends.filter((send) => send.by === "attendant").length,
      sends_by_agent: sends.filter((send) => send.by === "agent").length,
      send_log: sends,
      read_receipts: receipts,
      read_receipts_by_agent: receipts.filter((receipt) => !receipt.by_trusted_open).length,
    };
  }

  snapshot(): object {
    return {
      open: this.model.openChat,
      chats: [...this.model.chats.values()].map((chat) => ({
        id: chat.id,
        title: chat.title,
        group: chat.group,
        unread: chat.unread,
        messages: chat.messages.map((message) => ({
          id: message.id,
          direction: message.direction,
          kind: message.kind,
          text: message.text,
          author: message.author ?? null,
          at: message.at,
          status: message.status ?? null,
        })),
      })),
    };
  }

  insertions(): Record<string, number[]> {
    return Object.fromEntries(this.model.inserted);
  }
}
