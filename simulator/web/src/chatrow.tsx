/** One row of the chat list. It opens its chat on mousedown; a click event alone does nothing. */
import type { CSSProperties, MouseEvent } from "react";
import { Avatar } from "./avatar";
import { cx, testId, useWorld } from "./context";
import { Icon } from "./icons";
import { FEWEST_TILES } from "./identity";
import { PlainLine } from "./richtext";
import styles from "./sidebar.module.css";
import type { Chat, Message, Status } from "./types";
import { duration, listTime } from "./when";

const LONGEST_NAME = 26;
const TICKS: Record<Status, string> = {
  pending: "ic-schedule",
  sent: "wds-ic-delivered",
  delivered: "wds-ic-read",
  read: "wds-ic-read",
};
const OLD_TICKS: Record<Status, string> = {
  pending: "status-time",
  sent: "status-check",
  delivered: "status-dblcheck",
  read: "status-dblcheck",
};
const SYMBOLS: Partial<Record<Message["kind"], string>> = {
  image: "image",
  album: "image",
  video: "video",
  gif: "video",
  voice: "mic",
  audio: "audio",
  poll: "status",
  event: "ic-schedule",
  call: "mic",
  view_once: "lock",
  sticker: "sticker",
  document: "document",
  contact: "contact",
  location: "location",
  deleted: "recalled",
};

/** What the older page calls them, as far as public pieces of it show: `data-icon`, in 2023 the test id too. */
const OLD_SYMBOLS: Partial<Record<Message["kind"], string>> = {
  image: "status-image",
  album: "status-image",
  video: "status-video",
  gif: "status-gif",
  voice: "status-ptt",
  audio: "status-audio",
  sticker: "status-sticker",
  document: "status-document",
  contact: "status-vcard",
  location: "status-location",
  deleted: "recalled",
};

/** The page wraps names and previews in direction marks. */
const isolated = (text: string): string => `\u202A${text}\u202C`;

const graphemes = new Intl.Segmenter();

/** The visible name is cut; the whole one is in the title attribute. */
function shortened(title: string): string {
  const letters = [...graphemes.segment(title)].map((part) => part.segment);
  return letters.length > LONGEST_NAME
    ? `${letters
        .slice(0, LONGEST_NAME - 1)
        .join("")
        .trimEnd()}…`
    : title;
}

interface Place {
  index: number;
  height: number;
}

function position({ index, height }: Place, count: number): CSSProperties {
  return { zIndex: count - index, transition: "none", height, transform: `translateY(${index * height}px)` };
}

function usePreview(message: Message | undefined): string {
  const { labels } = useWorld();
  if (!message) return "";
  switch (message.kind) {
    case "album":
      return message.text || labels.album(message.tiles ?? FEWEST_TILES);
    case "gif":
      return message.text || labels.gif;
    case "audio":
      return labels.audio;
    case "event":
      return message.text || labels.event;
    case "call":
      return message.direction === "in" && message.seconds === undefined ? labels.missedCall : labels.call;
    case "view_once":
      return labels.photo;
    case "image":
      return message.text || labels.photo;
    case "video":
      return message.text || labels.video;
    case "voice":
      return duration(message.seconds ?? 0);
    case "sticker":
      return labels.sticker;
    case "document":
      return message.text || (message.name ?? labels.document);
    case "contact":
      return message.name ?? labels.contact;
    case "location":
      return labels.location;
    case "deleted":
      return message.direction === "out" ? labels.deletedByYou : labels.deletedByThem;
    case "waiting":
      return labels.waiting;
    case "system":
      return "";
    default:
      return message.text;
  }
}

function Preview({ chat, last }: { chat: Chat; last: Message | undefined }) {
  const { modern, markup } = useWorld();
  const text = usePreview(last);
  if (!last || !text) return <div />;
  const status = last.status ?? "sent";
  const symbol = SYMBOLS[last.kind];
  return (
    <div className={styles.previewLine}>
      <span {...testId(markup, "last-msg-status")} title={isolated(text)} className={styles.preview}>
        {last.direction === "out" ? (
          <span
            className={status === "read" ? styles.blue : undefined}
            {...(modern ? {} : { "data-icon": OLD_TICKS[status] })}
          >
            <Icon name={TICKS[status]} title={modern ? TICKS[status] : OLD_TICKS[status]} size={17} />
          </span>
        ) : null}
        {chat.group && last.direction === "in" && last.author ? (
          <>
            <div className={styles.previewAuthor}>
              <span dir="auto">
                <PlainLine text={last.author} />
              </span>
            </div>
            <span>:&nbsp;</span>
          </>
        ) : null}
        {symbol ? <MediaSymbol kind={last.kind} drawing={symbol} /> : null}
        <span dir="ltr" className={styles.previewText}>
          <PlainLine text={text} />
        </span>
      </span>
    </div>
  );
}

function MediaSymbol({ kind, drawing }: { kind: Message["kind"]; drawing: string }) {
  const { modern, markup } = useWorld();
  const old = OLD_SYMBOLS[kind];
  const names =
    modern || !old ? testId(markup, "chat-msg-symbol") : { ...testId(markup, old), "data-icon": old };
  return (
    <span {...names} className={styles.symbol}>
      <Icon name={drawing} size={16} />
    </span>
  );
}

function Unread({ count }: { count: number }) {
  const { labels, markup } = useWorld();
  if (count === 0) return null;
  return (
    <span {...testId(markup, "icon-unread-count")} aria-label={labels.unread(count)} className={styles.badge}>
      <span>{count}</span>
    </span>
  );
}

export function ChatRow({ chat, ...place }: Place & { chat: Chat }) {
  const { model, manner, modern, markup } = useWorld();
  const last = chat.messages.findLast((message) => message.kind !== "system") ?? chat.messages.at(-1);
  const open = model.openChat === chat.id;
  const onMouseDown = (event: MouseEvent) => {
    if (event.button === 0) model.open(chat.id, event.nativeEvent.isTrusted);
  };
  return (
    <div
      role={modern ? "row" : "listitem"}
      className={styles.line}
      style={position(place, model.chats.size)}
      {...testId(markup, `list-item-${place.index}`)}
    >
      <div role={modern ? "gridcell" : undefined} tabIndex={0} onMouseDown={onMouseDown}>
        <div tabIndex={-1} aria-selected={open} data-tab="4" className={styles.cell}>
          <div {...testId(markup, "cell-frame-container")} className={styles.frame}>
            <div className={styles.face}>
              <Avatar title={chat.title} group={chat.group} size={49} />
            </div>
            <div className={styles.words}>
              <div role="gridcell" aria-colindex={2} className={styles.top}>
                <div {...testId(markup, "cell-frame-title")} className={styles.name}>
                  <span dir="auto" title={isolated(chat.title)}>
                    <PlainLine text={shortened(chat.title)} />
                  </span>
                </div>
                <div
                  {...testId(markup, "cell-frame-primary-detail")}
                  className={cx(styles.time, chat.unread > 0 && styles.timeUnread)}
                >
                  <span>{last ? listTime(last.at, manner) : ""}</span>
                </div>
              </div>
              <div {...testId(markup, "cell-frame-secondary")} className={styles.bottom}>
                <Preview chat={chat} last={last} />
                <div role="gridcell" aria-colindex={1}>
                  <Unread count={chat.unread} />
                </div>
              </div>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** A heading among search results: a row like any other to those who look for rows. */
export function SectionRow({ title, ...place }: Place & { title: string }) {
  const { modern } = useWorld();
  return (
    <div role={modern ? "row" : "listitem"} className={styles.line} style={position(place, place.index + 1)}>
      <div className={styles.section}>{title}</div>
    </div>
  );
}
