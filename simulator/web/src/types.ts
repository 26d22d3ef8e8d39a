/** The words of the stand-in: what Python hands over, what the page keeps, what it reports. */

export type Language = "pt-BR" | "en" | "es";
/** `mixed`: a page in the middle of a roll-out. */
export type Generation = "2026" | "2025" | "2023" | "mixed";
export type Clock = "12h" | "24h";
export type Screen =
  | "bootstrap"
  | "qr"
  | "qr_expired"
  | "pairing_entry"
  | "pairing"
  | "syncing"
  | "ready"
  | "conflict"
  | "temp_ban"
  | "screen_lock"
  | "logging_out"
  | "unsupported";
/** The strip above the chat list. */
export type Bar = "offline" | "connecting" | "update";
export type Theme = "light" | "dark";
export type Direction = "in" | "out" | "none";
export type Status = "pending" | "sent" | "delivered" | "read";
export type Kind =
  | "text"
  | "image"
  | "album"
  | "video"
  | "gif"
  | "voice"
  | "audio"
  | "sticker"
  | "document"
  | "contact"
  | "location"
  | "poll"
  | "event"
  | "call"
  | "view_once"
  | "system"
  | "deleted"
  | "waiting";

/** What somebody does just now; `author` in groups. */
export interface Writing {
  how: "typing" | "recording";
  author?: string;
}

/** `kind` of the quoted message, where it is no text: its picture stands beside its word. */
export interface Quote {
  author: string;
  text: string;
  kind?: Kind;
}

/** One message row. `at` is in epoch milliseconds; `author` is set in groups (incoming) only. */
export interface Message {
  id: string;
  chat: string;
  direction: Direction;
  kind: Kind;
  text: string;
  at: number;
  author?: string;
  status?: Status;
  quote?: Quote;
  /** How long a recording, video or answered call is. */
  seconds?: number;
  /** Of a file or card; of an event: where it takes place. */
  name?: string;
  /** What a poll asks between. */
  choices?: string[];
  /** Pictures of an album. */
  tiles?: number;
  /** Title of the card of the first link in a text. */
  preview?: string;
  edited?: boolean;
  forwarded?: boolean;
  reactions?: string[];
}

/** A chat as Python describes it. An unsaved contact has `phone` as its title and a `push_name`. */
export interface ChatSeed {
  id: string;
  title: string;
  group: boolean;
  members: string[];
  phone: string;
  push_name: string | null;
  unread: number;
  blocked: boolean;
  messages: Message[];
}

export interface Chat extends ChatSeed {
  /** What stood in the composer when the chat was left. */
  draft: string;
}

/** One push of Enter or of the send button that had text to send, whoever caused it. */
export interface Send {
  chat: string;
  title: string;
  text: string;
  at: number;
  trusted: boolean;
  via: "enter" | "button";
  by: "attendant" | "agent";
}

/** The page told the customer that these messages were read. */
export interface Receipt {
  chat: string;
  title: string;
  ids: string[];
  at: number;
  /** The chat had been opened by a real mouse press. */
  by_trusted_open: boolean;
}

/** Every change of the stand-in's world: replaying all of them gives the same world after a reload. */
export type Op =
  | { op: "message"; message: Message }
  | { op: "chat"; seed: ChatSeed }
  | { op: "edit"; chat: string; id: string; text: string }
  | { op: "decrypt"; chat: string; id: string; text: string }
  | { op: "delete"; chat: string; id: string }
  | { op: "react"; chat: string; id: string; emoji: string }
  | { op: "status"; chat: string; id: string; status: Status }
  | { op: "rename"; chat: string; title: string }
  | { op: "block"; chat: string; blocked: boolean }
  | { op: "restrict"; restricted: boolean }
  | { op: "generation"; generation: Generation }
  | { op: "language"; language: Language; clock: Clock }
  | ({ op: "send" } & Send)
  | ({ op: "receipt" } & Receipt);

/** What `serve.py` hands to a fresh document. Times are in milliseconds. */
export interface Options {
  language: Language;
  clock: Clock;
  generation: Generation;
  theme: Theme | null;
  own_name: string;
  /** `login` walks all screens; a profile that has logged in once skips the code. */
  start: Screen | "login";
  bootstrap_ms: number;
  qr_rotate_ms: number;
  /** How many codes are shown before the QR screen asks for a click. */
  qr_codes: number;
  /** The phone "scans" by itself after this time; null waits for `scan()`. */
  qr_scan_after_ms: number | null;
  sync_ms: number;
  logout_ms: number;
  enter_is_send: boolean;
  /** Pace of late children and blocks of history: 1 as on the real page, 0 at once. */
  lateness: number;
  /** All rows of a chat at once, and none is emptied for being out of sight. */
  whole: boolean;
  chats: ChatSeed[];
  journal: Op[];
}
