/** One bubble: tail, invisible sender label, author, forwarded mark, quote, body, time and ticks. */
import styles from "./bubble.module.css";
import { cx, testId, usePage } from "./context";
import { Icon } from "./icons";
import { hash } from "./identity";
import { Late } from "./late";
import { ContactCard, DocumentCard, LocationCard, Photograph, Sticker, Video, Voice } from "./media";
import { avatarColour } from "./pictures";
import { PlainLine } from "./richtext";
import { CopyableText, QuoteBox } from "./text";
import type { Chat, Message, Status } from "./types";
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

/** Our ticks. The label's spaces are the page's own; the symbol's name is one step behind its meaning. */
function Ticks({ status }: { status: Status }) {
  const { labels, modern } = usePage();
  const colour = status === "read" ? styles.blue : undefined;
  if (modern)
    return (
      <div>
        <span aria-hidden="false" aria-label={labels.status[status]} className={colour}>
          <Icon name={TICKS[status]} title={TICKS[status]} size={17} />
        </span>
      </div>
    );
  return (
    <div>
      <span
        data-icon={OLD_TICKS[status]}
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
  const { labels, language, modern } = usePage();
  const ours = message.direction === "out";
  return (
    <div
      className={cx(styles.meta, over && styles.metaOver)}
      {...testId(modern, "msg-meta")}
      {...(ours ? { role: "button" } : {})}
    >
      {message.edited ? <span className={styles.edited}>{labels.edited}</span> : null}
      <span dir="auto">
        {modern ? <span>{clock(message.at, language)}</span> : clock(message.at, language)}
      </span>
      {ours && message.kind !== "deleted" ? <Ticks status={message.status ?? "sent"} /> : null}
    </div>
  );
}

function Tail({ side }: { side: "in" | "out" }) {
  const { modern } = usePage();
  const name = `tail-${side}`;
  return (
    <span
      {...testId(modern, name)}
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
  const { labels, modern } = usePage();
  return (
    <div className={styles.deleted}>
      <span {...(modern ? {} : { "data-icon": "recalled" })}>
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

function Body({ message, sender }: { message: Message; sender: string }) {
  const { labels } = usePage();
  const caption = message.text ? <CopyableText message={message} sender={sender} caption /> : null;
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
    case "image":
      return (
        <>
          <Late id={message.id}>
            <Photograph message={message} />
          </Late>
          {caption}
        </>
      );
    case "video":
      return (
        <>
          <Late id={message.id}>
            <Video message={message} />
          </Late>
          {caption}
        </>
      );
    case "voice":
      return (
        <Late id={message.id}>
          <Voice message={message} from={sender} />
        </Late>
      );
    case "sticker":
      return (
        <Late id={message.id}>
          <Sticker message={message} />
        </Late>
      );
    case "document":
      return (
        <>
          <Late id={message.id}>
            <DocumentCard message={message} />
          </Late>
          {caption}
        </>
      );
    case "contact":
      return <ContactCard message={message} />;
    case "location":
      return <LocationCard message={message} />;
    default:
      return <CopyableText message={message} sender={sender} />;
  }
}

const ROOM_BELOW = new Set(["voice", "document", "contact", "location"]);

export function Bubble({ message, chat, first }: { message: Message; chat: Chat; first: boolean }) {
  const { model, labels, modern } = usePage();
  const ours = message.direction === "out";
  const { name, label } = senderOf(message, chat, model.options.own_name);
  const bare = message.kind === "sticker";
  const over = (message.kind === "image" || message.kind === "video") && !message.text;
  // The page leaves the invisible label out of some rows: here of every fifth that does not begin a run.
  const labelled = first || hash(message.id) % 5 !== 0;
  const reaction = message.reactions?.[0];
  return (
    <>
      <div
        {...testId(modern, "msg-container")}
        className={cx(
          styles.bubble,
          ours ? styles.ours : styles.theirs,
          bare && styles.bare,
          first && styles.first,
        )}
      >
        {first && !bare ? <Tail side={ours ? "out" : "in"} /> : null}
        <div>
          <div>
            {labelled ? <span aria-label={`${ours ? labels.you : label}:`} /> : null}
            {chat.group && !ours && first && message.author ? (
              <span
                {...testId(modern, "author")}
                dir="auto"
                role="button"
                className={styles.author}
                style={{ color: avatarColour(message.author) }}
              >
                <PlainLine text={message.author} />
              </span>
            ) : null}
            {message.forwarded ? (
              <div className={styles.forwarded} {...testId(modern, "forwarded-header")}>
                <span data-icon={modern ? "forward-refreshed" : "forwarded"}>
                  <Icon name="forward" size={15} />
                </span>
                <span>{labels.forwarded}</span>
              </div>
            ) : null}
            {message.quote && message.kind !== "deleted" ? <QuoteBox quote={message.quote} /> : null}
            <Body message={message} sender={name} />
            {ROOM_BELOW.has(message.kind) ? <div className={styles.below} /> : null}
            <Meta message={message} over={over} />
          </div>
        </div>
      </div>
      {reaction ? (
        <div
          {...testId(modern, "addon-bubble-container")}
          className={cx(styles.addon, ours && styles.addonOurs)}
        >
          <div {...testId(modern, "reaction-bubble")}>
            <button type="button" aria-label={`${modern ? "reaction" : "reação"} ${reaction}. Ver reações`}>
              {reaction}
            </button>
          </div>
        </div>
      ) : null}
    </>
  );
}
