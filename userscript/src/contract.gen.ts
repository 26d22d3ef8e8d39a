// Made from agent/contract by scripts/build-userscript. Do not edit; change the Python models instead.

/**
 * The customer's mood in one message.
 */
export type Sentiment = "negative" | "neutral" | "positive";
/**
 * Why the attendant should look twice.
 */
export type CareCode =
  "pix_changed" | "lookalike" | "dangerous_file" | "code_asked" | "unknown_number" | "unknown_link" | "personal_number";
/**
 * Where a reply comes from.
 */
export type SuggestionKind = "canned" | "learned" | "passage" | "draft";
/**
 * How much of what the customers write reaches us.
 */
export type LifeLevel = "live" | "degraded" | "blind";
/**
 * Why a session is not live. The overlay, the dashboard and the log have a text for each.
 */
export type LifeReason =
  | "starting"
  | "silent"
  | "screen"
  | "offline"
  | "paused"
  | "reload"
  | "anchors"
  | "behind"
  | "composer"
  | "missed"
  | "worn"
  | "lost"
  | "slow"
  | "clock"
  | "update"
  | "restricted";
/**
 * What a row of the conversation is.
 */
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
  | "deleted"
  | "waiting"
  | "view_once"
  | "system"
  | "call"
  | "unknown";
/**
 * What came of a conversation, as a person says.
 */
export type ConversationOutcome = "open" | "won" | "lost" | "resolved";
/**
 * Whether somebody has to do something.
 */
export type ConversationStatus = "open" | "pending" | "closed";
/**
 * What lies over the chats, or beside them. Several may be there at once.
 */
export type PageNotice = "offline" | "connecting" | "update" | "reload" | "restricted" | "blocked" | "dialog";
/**
 * Which screen WhatsApp Web shows.
 */
export type PageState =
  | "bootstrap"
  | "qr"
  | "qr_expired"
  | "pairing"
  | "syncing"
  | "ready"
  | "conflict"
  | "screen_lock"
  | "temp_ban"
  | "logging_out"
  | "unsupported"
  | "unknown";
/**
 * Who wrote the row: the customer (in), our side (out), or the signals disagree (unknown).
 */
export type Direction = "in" | "out" | "unknown";
/**
 * How a row differs from the last time that this opening of the chat was read.
 */
export type Change = "baseline" | "new" | "history" | "edited" | "deleted" | "reaction" | "status" | "settled";
/**
 * How far one of our own messages has come.
 */
export type Delivery = "pending" | "sent" | "delivered" | "read";
/**
 * What the local model is to do with a text or with the conversation.
 */
export type Task =
  "shorter" | "formal" | "friendlier" | "correct" | "translate_out" | "translate_in" | "summary" | "waiting";
/**
 * How an insertion ended.
 */
export type InsertCode =
  "inserted" | "wrong_chat" | "no_box" | "box_not_empty" | "dialog_open" | "not_there" | "not_verified" | "copied";

export interface Contract {
  command:
    | OfferCommand
    | DraftCommand
    | ClearCommand
    | RecordCommand
    | InsertCommand
    | NoticeCommand
    | StatusCommand
    | RepliesCommand
    | TaskCommand
    | CustomerCommand
    | QueueCommand
    | RemindersCommand
    | CareCommand
    | PauseCommand
    | PreferencesCommand
    | ReadCommand
    | SelectorsCommand
    | EchoCommand;
  frame:
    | HelloFrame
    | StateFrame
    | ChatsFrame
    | ChatFrame
    | RowsFrame
    | PickedFrame
    | DismissedFrame
    | CorrectedFrame
    | JudgedFrame
    | CannedFrame
    | NewReplyFrame
    | AskFrame
    | StopFrame
    | UseFrame
    | EditFrame
    | PauseFrame
    | PreferencesFrame
    | TypingFrame
    | PaintedFrame
    | AnchorsFrame
    | PulseFrame
    | SelectorsFrame
    | EchoFrame
    | FaultFrame;
  insert_result: InsertResult;
  inspection: Inspection;
  page_check: PageCheck;
}
/**
 * Show a card for the open chat (tier 0). Replaces the card that is there.
 */
export interface OfferCommand {
  chat_token: number;
  draft_slot: number | null;
  intent: string;
  intents: IntentChoice[];
  kind: "offer";
  message_id: string;
  mood_score: number | null;
  offer_id: string;
  seen_ms: number;
  sentiment: Sentiment;
  suggestions: Suggestion[];
  unsure: boolean;
}
/**
 * An intent that a person may say a message had.
 */
export interface IntentChoice {
  name: string;
  title: string | null;
}
/**
 * One reply that the person may pick.
 */
export interface Suggestion {
  cares: CareCode[];
  kind: SuggestionKind;
  missing: string[];
  score: number | null;
  sent_by: string;
  sent_on: string | null;
  slot: number;
  source: string;
  text: string;
}
/**
 * More of the model's draft for a card that is shown (tier 1).
 */
export interface DraftCommand {
  cares: CareCode[];
  instead: Suggestion | null;
  kind: "draft";
  offer_id: string;
  slot: number;
  source: string;
  state: "streaming" | "done" | "none";
  text: string;
}
/**
 * Take the card away: it is stale.
 */
export interface ClearCommand {
  kind: "clear";
}
/**
 * What another system knows of the open chat's customer. One for a chat that is not open any more changes nothing.
 *
 * Without fields it only keeps the room free: the question is under way, and nothing is to move when it is answered.
 * Without a source it takes away what is shown: the customer was erased.
 */
export interface RecordCommand {
  chat_token: number;
  fields: RecordField[];
  kind: "record";
  source: string;
}
/**
 * One thing that it says of them.
 */
export interface RecordField {
  label: string;
  value: string;
}
/**
 * Put a text into the message box of the named chat. The person sends it, or does not.
 */
export interface InsertCommand {
  chat_title: string;
  chat_token: number;
  kind: "insert";
  over: string;
  select: string | null;
  text: string;
  way: "paste" | "copy";
  where: "empty" | "cursor" | "over";
}
/**
 * Tell the person in one line why something was not done.
 */
export interface NoticeCommand {
  code: string;
  kind: "notice";
}
/**
 * The small state line of the card: are messages captured, is the model there.
 */
export interface StatusCommand {
  kind: "status";
  life: Life | null;
  model: "off" | "loading" | "ready" | "failed";
  model_name: string | null;
}
/**
 * The verdict, and what it rests on.
 */
export interface Life {
  anchors: string[];
  level: LifeLevel;
  reason: LifeReason | null;
  screen: string | null;
}
/**
 * All canned replies, for the list behind ``/``.
 */
export interface RepliesCommand {
  kind: "replies";
  replies: ShelfReply[];
}
/**
 * A canned reply, as the list behind ``/`` shows it.
 */
export interface ShelfReply {
  id: string;
  intents: string[];
  shortcut: string | null;
  text: string;
  title: string;
  uses: number;
}
/**
 * How far the model has come with what the person asked for.
 */
export interface TaskCommand {
  ask_id: number;
  chat_token: number;
  kind: "task";
  reason: ("nothing" | "long" | "unfit") | null;
  state: "writing" | "done" | "stopped" | "failed" | "off";
  text: string;
  unanswered: Unanswered[];
}
/**
 * A message of the customer after which nobody of the company has written.
 */
export interface Unanswered {
  at: string | null;
  kind: Kind;
  text: string | null;
}
/**
 * The open chat's customer. One for a chat that is not open any more changes nothing.
 */
export interface CustomerCommand {
  chat_token: number;
  customer: CustomerView | null;
  edit_id: number | null;
  failed: string | null;
  kind: "customer";
}
/**
 * The open chat's customer, as the card shows it. Of a group only where the conversation stands.
 */
export interface CustomerView {
  conversation_id: number;
  customer: string;
  customer_id: number | null;
  fields: {
    [k: string]: string;
  };
  first_contact: string | null;
  follow_up_at: string | null;
  intents: LastIntent[];
  last_contact: string | null;
  messages: number;
  mood: MoodPoint[];
  notes: Note[];
  outcome: ConversationOutcome;
  phone: string | null;
  status: ConversationStatus;
  tags: string[];
  title: string;
  written_by: string;
}
/**
 * What one of the last messages wanted.
 */
export interface LastIntent {
  at: string;
  intent: string;
  message_id: number;
  unsure: boolean;
}
/**
 * How the customer sounded in one message.
 */
export interface MoodPoint {
  at: string;
  score: number;
}
/**
 * What a person wrote down about a customer.
 */
export interface Note {
  at: string;
  id: number;
  text: string;
  updated_at: string;
  written_by: string;
}
/**
 * Who waits, the most pressing first, and how long is too long.
 */
export interface QueueCommand {
  is_open: boolean;
  kind: "queue";
  lines: QueueLine[];
  more: number;
  target_s: number;
  told_ms: number;
}
/**
 * A chat that waits, from the chat list alone.
 */
export interface QueueLine {
  at_least: boolean;
  intent: string | null;
  is_group: boolean | null;
  sentiment: Sentiment | null;
  text: string | null;
  title: string;
  twin: number;
  unread: number | null;
  waited_s: number | null;
  waits_since: string | null;
}
/**
 * Conversations whose time has come.
 */
export interface RemindersCommand {
  kind: "reminders";
  reminders: Reminder[];
}
/**
 * A conversation to come back to: its time has come.
 */
export interface Reminder {
  at: string;
  conversation_id: number;
  title: string;
}
/**
 * Cautions about the open chat. Replaces those before.
 */
export interface CareCommand {
  cares: Care[];
  chat_token: number;
  kind: "care";
}
/**
 * A caution. It says what was seen, and never what somebody means by it.
 */
export interface Care {
  code: CareCode;
  shown: string | null;
  wa_id: string | null;
}
/**
 * Stop the capture, or let it go on: while it is paused no row and no chat is read.
 */
export interface PauseCommand {
  kind: "pause";
  on: boolean;
}
/**
 * How the person who sits here likes the card.
 */
export interface PreferencesCommand {
  kind: "preferences";
  preferences: Preferences;
}
/**
 * How one person likes the card. The agent keeps it: in the page's own storage the page could read it.
 */
export interface Preferences {
  language: "page" | "pt-BR" | "en" | "es";
  minimised: boolean;
  place: "right" | "left" | "bar";
  scale: number;
  shortcuts: {
    [k: string]: string;
  };
  slash: boolean;
  theme: "page" | "light" | "dark" | "contrast";
  tour_seen: boolean;
}
/**
 * Read everything again and send it as new frames: nothing is taken as known.
 */
export interface ReadCommand {
  kind: "read";
}
/**
 * Try these selectors before the built-in ones. Answered by a ``SelectorsFrame`` once the page has been read.
 */
export interface SelectorsCommand {
  kind: "selectors";
  overrides: {
    [k: string]: string[];
  };
}
/**
 * Answer with an ``EchoFrame``.
 */
export interface EchoCommand {
  kind: "echo";
  nonce: number;
}
/**
 * The script has started in a new document.
 */
export interface HelloFrame {
  at_ms: number;
  kind: "hello";
  lang: string | null;
  script: string;
  seq: number;
  v: 1;
  zone: string | null;
}
/**
 * The screen changed, or something on it did: its code, its progress, what lies over it.
 */
export interface StateFrame {
  at_ms: number;
  kind: "state";
  link_code: string | null;
  notices: PageNotice[];
  progress: number | null;
  qr: string | null;
  seq: number;
  state: PageState;
  v: 1;
}
/**
 * The visible part of the chat list, top to bottom, after a change.
 */
export interface ChatsFrame {
  at_ms: number;
  chats: ChatPreview[];
  kind: "chats";
  seq: number;
  v: 1;
}
/**
 * One row of the chat list: all that may be known of a chat without opening it.
 */
export interface ChatPreview {
  is_open: boolean;
  last_author: string | null;
  last_clock: string | null;
  last_date: string | null;
  last_direction: Direction;
  last_media: boolean;
  last_text: string | null;
  last_time: string | null;
  title: string;
  unread: number | null;
}
/**
 * Another chat was opened, or none is open now.
 */
export interface ChatFrame {
  at_ms: number;
  chat: OpenChat | null;
  kind: "chat";
  seq: number;
  v: 1;
}
/**
 * The conversation that is open in the page.
 */
export interface OpenChat {
  is_group: boolean;
  phone: string | null;
  title: string;
  token: number;
}
/**
 * Rows of the open chat that changed since the last frame.
 */
export interface RowsFrame {
  at_ms: number;
  changes: RowChange[];
  chat: OpenChat;
  kind: "rows";
  seq: number;
  v: 1;
  window: string[];
}
/**
 * One changed row and when the page first had it.
 */
export interface RowChange {
  change: Change;
  row: Row;
  seen_ms: number;
}
/**
 * One message row. ``id`` is the bare message id in every DOM generation.
 */
export interface Row {
  author: string | null;
  date: string | null;
  direction: Direction;
  edited: boolean;
  file_name: string | null;
  forwarded: boolean;
  id: string;
  kind: Kind;
  quoted: Quote | null;
  reactions: string[];
  status: Delivery | null;
  text: string | null;
  time: string | null;
  truncated: boolean;
}
/**
 * The message that a row answers, as far as the row shows it.
 */
export interface Quote {
  author: string | null;
  text: string | null;
}
/**
 * The person chose a suggestion (trusted input only).
 */
export interface PickedFrame {
  at_cursor: boolean;
  at_ms: number;
  chat_token: number | null;
  kind: "picked";
  offer_id: string;
  seq: number;
  slot: number;
  text: string | null;
  v: 1;
  via: "click" | "shortcut";
}
/**
 * The person closed the card (trusted input only).
 */
export interface DismissedFrame {
  at_ms: number;
  kind: "dismissed";
  offer_id: string;
  seq: number;
  v: 1;
}
/**
 * The person says that the card's message wanted something else (trusted input only).
 */
export interface CorrectedFrame {
  at_ms: number;
  intent: string;
  kind: "corrected";
  offer_id: string;
  seq: number;
  v: 1;
}
/**
 * The person says that a suggestion was no good, and why.
 */
export interface JudgedFrame {
  at_ms: number;
  kind: "judged";
  offer_id: string;
  reason: "wrong" | "tone" | "outdated" | "other";
  seq: number;
  slot: number;
  v: 1;
}
/**
 * The person chose a canned reply from the list.
 */
export interface CannedFrame {
  at_ms: number;
  chat_token: number;
  kind: "canned";
  reply_id: string;
  seq: number;
  typed: string;
  v: 1;
}
/**
 * The person makes a canned reply of a message that was sent.
 */
export interface NewReplyFrame {
  at_ms: number;
  chat_token: number;
  intents: string[];
  kind: "new_reply";
  seq: number;
  shortcut: string | null;
  text: string;
  title: string;
  v: 1;
  wa_id: string;
}
/**
 * The person wants a text rewritten, or the conversation explained.
 */
export interface AskFrame {
  ask_id: number;
  at_ms: number;
  chat_token: number;
  kind: "ask";
  language: ("pt" | "en" | "es") | null;
  seq: number;
  task: Task;
  text: string | null;
  v: 1;
}
/**
 * The person does not want it any more.
 */
export interface StopFrame {
  ask_id: number;
  at_ms: number;
  kind: "stop";
  seq: number;
  v: 1;
}
/**
 * The person has seen the result and wants it in the box.
 */
export interface UseFrame {
  ask_id: number;
  at_ms: number;
  chat_token: number;
  kind: "use";
  over: string;
  seq: number;
  text: string;
  v: 1;
}
/**
 * The person changes something on the customer's card.
 */
export interface EditFrame {
  at_ms: number;
  chat_token: number;
  conversation_id: number | null;
  edit: NameEdit | TagEdit | NoteEdit | FieldEdit | DeskEdit;
  edit_id: number;
  kind: "edit";
  seq: number;
  v: 1;
}
/**
 * Another name; None: the chat's title again.
 */
export interface NameEdit {
  customer: string | null;
  what: "name";
}
/**
 * A tag is put on or taken off.
 */
export interface TagEdit {
  on: boolean;
  tag: string;
  what: "tag";
}
/**
 * A note is written (no id), changed, or taken away (no text).
 */
export interface NoteEdit {
  note_id: number | null;
  text: string | null;
  what: "note";
}
/**
 * A field of the company's own; None takes it away.
 */
export interface FieldEdit {
  field: string;
  value: string | null;
  what: "field";
}
/**
 * Where the conversation stands. Exactly what is named in ``changes`` is changed.
 */
export interface DeskEdit {
  changes: ("status" | "outcome" | "follow_up")[];
  follow_up_at: string | null;
  outcome: ConversationOutcome | null;
  status: ConversationStatus | null;
  what: "desk";
}
/**
 * The person stops the capture, or lets it go on.
 */
export interface PauseFrame {
  at_ms: number;
  kind: "pause";
  on: boolean;
  seq: number;
  v: 1;
}
/**
 * The person likes the card otherwise.
 */
export interface PreferencesFrame {
  at_ms: number;
  kind: "preferences";
  preferences: Preferences;
  seq: number;
  v: 1;
}
/**
 * The customer of the open chat has begun to type.
 */
export interface TypingFrame {
  at_ms: number;
  chat_token: number;
  kind: "typing";
  seq: number;
  v: 1;
}
/**
 * A card was painted for the first time, or a draft's first words were.
 */
export interface PaintedFrame {
  at_ms: number;
  elapsed_ms: number;
  kind: "painted";
  message_id: string;
  offer_id: string;
  seq: number;
  tier: 0 | 1;
  v: 1;
}
/**
 * How every selector of the registry did.
 */
export interface AnchorsFrame {
  anchors: {
    [k: string]: Anchor;
  };
  at_ms: number;
  kind: "anchors";
  seq: number;
  v: 1;
}
/**
 * How one selector of the registry did on this page.
 */
export interface Anchor {
  matches: number;
  rank: number | null;
}
/**
 * Sent every ``PULSE_S`` seconds by the script's own timer, whatever happens on the page.
 */
export interface PulseFrame {
  at_ms: number;
  broken: string[];
  kind: "pulse";
  late_ms: number;
  missed: number;
  online: boolean;
  paused: boolean;
  seq: number;
  v: 1;
  worn: string[];
}
/**
 * What became of the selectors that were to be tried.
 */
export interface SelectorsFrame {
  at_ms: number;
  kind: "selectors";
  refused: {
    [k: string]: string;
  };
  seq: number;
  used: string[];
  v: 1;
}
/**
 * The answer to an ``EchoCommand``: measures the bare channel.
 */
export interface EchoFrame {
  at_ms: number;
  kind: "echo";
  nonce: number;
  seq: number;
  v: 1;
}
/**
 * The script caught an error of its own. Holds no text of the page.
 */
export interface FaultFrame {
  at_ms: number;
  error: string;
  kind: "fault";
  seq: number;
  v: 1;
  where: string;
}
/**
 * The answer to an ``InsertCommand``.
 */
export interface InsertResult {
  box_text: string | null;
  code: InsertCode;
  copy_failed: boolean;
}
/**
 * One saved page, read. What the page does not show is ``None``.
 */
export interface Inspection {
  anchors: {
    [k: string]: Anchor;
  };
  chats: ChatPreview[];
  rows: InspectedRow[];
  title: string | null;
}
/**
 * One message row of a saved page. Unlike a captured row it may lack an id: a row can be saved on its own.
 */
export interface InspectedRow {
  author: string | null;
  date: string | null;
  direction: Direction;
  edited: boolean;
  forwarded: boolean;
  id: string | null;
  kind: Kind;
  quoted: Quote | null;
  reactions: string[];
  status: Delivery | null;
  text: string | null;
  time: string | null;
}
/**
 * One look at the page. Nothing is opened or pressed for it.
 */
export interface PageCheck {
  anchors: {
    [k: string]: Anchor;
  };
  chat_open: boolean;
  cut: boolean;
  lang: string | null;
  masked: number;
  needed: string[];
  screen: PageState;
  signs: {
    [k: string]: number;
  };
  structure: string[];
}
