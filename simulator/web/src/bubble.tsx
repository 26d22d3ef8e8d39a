/** One bubble: tail, invisible sender label, author, forwarded mark, quote, body, time and ticks. */
import type { ReactNode } from "react";
import { Avatar } from "./avatar";
import styles from "./bubble.module.css";
import { CallCard, ContactCard, DocumentCard, EventCard, LocationCard, PollChoices, ViewOnce } from "./cards";
import { cx, testId, usePage } from "./context";
import { Icon } from "./icons";
import { hash } from "./identity";
import { Late } from "./late";
import { Album, Gif, Photograph, Sticker, Video } from "./media";
import { avatarColour } from "./pictures";
import { PlainLine } from "./richtext";
import { Sound, Voice } from "./sound";
import { CopyableText, QuoteBox } from "./text";
import type { Chat, Kind, Message, Status } from "./types";
import { clock } from "./when";

const TICKS: Record<Status, string> = {
  pending: "ic-schedule",
  sent: "wds-ic-delivered",
  delivered: "wds-ic-read",
  read: "wds-ic-read",
};
const OLD_TICKS: Record<Status, string> = {
  pending: "msg-time",
  sent: "msg-check",
  delivered: "msg-dblcheck",
  read: "msg-dblcheck-ack",
};

/** In 2023 two ticks had one icon; the label said whether they were read. */
const OLDEST_TICKS: Record<Status, string> = { ...OLD_TICKS, read: "msg-dblcheck" };

/** Our ticks. The label's spaces are the page's own; the symbol's name is one step behind its meaning. */
function Ticks({ status }: { status: Status }) {
  const { labels, markup, modern } = usePage();
  const colour = status === "read" ? styles.blue : undefined;
  if (modern)
    return (
      <div>
        <span aria-hidden="false" aria-label={labels.status[status]} className={colour}>
          <Icon name={TICKS[status]} title={TICKS[status]} size={17} />
        </span>
      </div>
    );
  const icon = (markup.style === "2023" ? OLDEST_TICKS : OLD_TICKS)[status];
  return (
    <div>
      <span
        data-icon={icon}
        {...testId(markup, icon)}
        aria-hidden="false"
        aria-label={labels.status[status]}
        className={colour}
      >
        <Icon name={TICKS[status]} size={17} />
      </span>
    </div>
  );
}

function Meta({ message, over }: { message: Message; over: boolean }) {
  const { labels, manner, modern, markup } = usePage();
  const ours = message.direction === "out";
  return (
    <div
      className={cx(styles.meta, over && styles.metaOver)}
      {...testId(markup, "msg-meta")}
      {...(ours ? { role: "button" } : {})}
    >
      {message.edited ? <span className={styles.edited}>{labels.edited}</span> : null}
      <span dir="auto">{modern ? <span>{clock(message.at, manner)}</span> : clock(message.at, manner)}</span>
      {ours && message.kind !== "deleted" ? <Ticks status={message.status ?? "sent"} /> : null}
    </div>
  );
}

function Tail({ side }: { side: "in" | "out" }) {
  const { markup } = usePage();
  const name = `tail-${side}`;
  return (
    <span
      {...testId(markup, name)}
      data-icon={name}
      aria-hidden="true"
      className={cx(styles.tail, side === "in" ? styles.tailIn : styles.tailOut)}
    >
      <svg viewBox="0 0 8 13" width="8" height="13">
        <title>{name}</title>
        <path
          d={side === "in" ? "M8 0H1.500C0 0-.4 1 .5 2L8 11z" : "M0 0H6.500C8 0 8.400 1 7.500 2L0 11z"}
          fill="currentColor"
        />
      </svg>
    </span>
  );
}

function Deleted({ ours }: { ours: boolean }) {
  const { labels, markup, modern } = usePage();
  return (
    <div className={styles.deleted}>
      <span {...(modern ? {} : { "data-icon": "recalled", ...testId(markup, "recalled") })}>
        <Icon name="recalled" title="recalled" size={17} />
      </span>
      <span dir="auto">{ours ? labels.deletedByYou : labels.deletedByThem}</span>
      <span className={styles.metaRoom} />
    </div>
  );
}

/** What the customer is called in `data-pre-plain-text` and in the invisible label: not the same when unsaved. */
function senderOf(message: Message, chat: Chat, own: string): { name: string; label: string } {
  if (message.direction === "out") return { name: own, label: own };
  if (message.author) return { name: message.author, label: message.author };
  return { name: chat.push_name ?? chat.title, label: chat.title };
}

/** Kinds whose card comes late, above the caption where there is one. */
const LATE: Partial<Record<Kind, (props: { message: Message }) => ReactNode>> = {
  image: Photograph,
  album: Album,
  video: Video,
  gif: Gif,
  audio: Sound,
  sticker: Sticker,
  document: DocumentCard,
};

function Body({ message, sender }: { message: Message; sender: string }) {
  const { labels, markup } = usePage();
  const LateCard = LATE[message.kind];
  if (LateCard)
    return (
      <>
        <Late id={message.id}>
          <LateCard message={message} />
        </Late>
        {message.text ? <CopyableText message={message} sender={sender} caption /> : null}
      </>
    );
  switch (message.kind) {
    case "deleted":
      return <Deleted ours={message.direction === "out"} />;
    case "waiting":
      return (
        <div className={styles.deleted}>
          <span dir="auto">{labels.waiting}</span>
          <span className={styles.metaRoom} />
        </div>
      );
    case "voice":
      return (
        <Late id={message.id}>
          <Voice message={message} from={sender} />
        </Late>
      );
    case "contact":
      return <ContactCard message={message} />;
    case "location":
      return <LocationCard message={message} />;
    case "poll":
      return (
        <div {...testId(markup, "poll-bubble")}>
          <CopyableText message={message} sender={sender} />
          <PollChoices message={message} />
        </div>
      );
    case "event":
      return <EventCard message={message} />;
    case "view_once":
      return <ViewOnce />;
    case "call":
      return <CallCard message={message} />;
    default:
      return <CopyableText message={message} sender={sender} />;
  }
}

/** Above the first bubble of a run in a group. Before 2026 the name stood in a frame with an empty role. */
function Author({ name }: { name: string }) {
  const { markup, modern } = usePage();
  const author = (
    <span
      {...testId(markup, "author")}
      dir="auto"
      role="button"
      className={styles.author}
      style={{ color: avatarColour(name) }}
    >
      <PlainLine text={name} />
    </span>
  );
  return modern ? author : <div role="">{author}</div>;
}

/** The face of a group's author, beside the first bubble of a run. */
function Profile({ name }: { name: string }) {
  const { labels, markup } = usePage();
  return (
    <div
      {...testId(markup, "group-chat-profile-picture")}
      role="button"
      tabIndex={0}
      aria-label={labels.openDetails(name)}
      className={styles.profile}
    >
      <Avatar title={name} group={false} size={28} />
    </div>
  );
}

/** Today an emoji is written; before, it was a picture. Several people's are counted. */
function Reactions({ emoji, ours }: { emoji: readonly string[]; ours: boolean }) {
  const { labels, markup, modern } = usePage();
  const word = modern ? "reaction" : labels.reaction;
  return (
    <div {...testId(markup, "addon-bubble-container")} className={cx(styles.addon, ours && styles.addonOurs)}>
      <div {...testId(markup, "reaction-bubble")}>
        <button type="button" aria-label={`${word} ${emoji.join(", ")}. ${labels.viewReactions}`}>
          {modern ? emoji.join("") : <PlainLine text={emoji.join("")} />}
          {emoji.length > 1 ? <span>{emoji.length}</span> : null}
        </button>
      </div>
    </div>
  );
}

const ROOM_BELOW = new Set([
  "voice",
  "audio",
  "document",
  "contact",
  "location",
  "poll",
  "event",
  "view_once",
]);

export function Bubble({ message, chat, first }: { message: Message; chat: Chat; first: boolean }) {
  const { model, labels, markup, modern } = usePage();
  const ours = message.direction === "out";
  const { name, label } = senderOf(message, chat, model.options.own_name);
  const bare = message.kind === "sticker";
  const over = ["image", "album", "video", "gif"].includes(message.kind) && !message.text;
  // The page leaves the invisible label out of some rows: here of every fifth that does not begin a run.
  const labelled = first || hash(message.id) % 5 !== 0;
  const author = chat.group && !ours && first ? message.author : undefined;
  return (
    <>
      <div
        {...testId(markup, "msg-container")}
        className={cx(
          styles.bubble,
          ours ? styles.ours : styles.theirs,
          bare && styles.bare,
          first && styles.first,
        )}
      >
        {first && !bare ? <Tail side={ours ? "out" : "in"} /> : null}
        {author ? <Profile name={author} /> : null}
        <div>
          <div>
            {labelled ? <span aria-label={`${ours ? labels.you : label}:`} /> : null}
            {author ? <Author name={author} /> : null}
            {message.forwarded ? (
              <div className={styles.forwarded} {...testId(markup, "forwarded-header")}>
                <span data-icon={modern ? "forward-refreshed" : "forwarded"}>
                  <Icon name="forward" size={15} />
                </span>
                <span>{labels.forwarded}</span>
              </div>
            ) : null}
            {message.quote && message.kind !== "deleted" ? <QuoteBox quote={message.quote} /> : null}
            <Body message={message} sender={name} />
            {ROOM_BELOW.has(message.kind) ? <div className={styles.below} /> : null}
            {message.kind === "call" ? null : <Meta message={message} over={over} />}
          </div>
        </div>
      </div>
      {message.reactions?.length ? <Reactions emoji={message.reactions} ours={ours} /> : null}
    </>
  );
}
