/** Rows that hold a card: file, contact, place, poll, event, call, a picture that can be opened once, a link's preview. */
import { cx, testId, usePage } from "./context";
import { Icon } from "./icons";
import { hash } from "./identity";
import styles from "./media.module.css";
import { photograph, useBlob } from "./pictures";
import { PlainLine } from "./richtext";
import type { Message } from "./types";
import { clock } from "./when";

export function DocumentCard({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  const name = message.name ?? "arquivo.pdf";
  const extension = name.split(".").at(-1)?.toUpperCase() ?? "";
  return (
    <div
      className={styles.document}
      role="button"
      title={labels.viewFile(name)}
      {...testId(markup, "document-thumb")}
    >
      <span data-icon={`document-${extension}-icon`} aria-hidden="true">
        <Icon name="document" size={32} />
      </span>
      <div>
        <span dir="auto" className={styles.documentName}>
          {name}
        </span>
        <div className={styles.small}>
          <span title={extension}>{extension}</span> • <span title="48 kB">48 kB</span>
        </div>
      </div>
    </div>
  );
}

export function ContactCard({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  return (
    <div {...testId(markup, "vcard-msg")}>
      <div className={styles.document} role="button">
        <Icon name="contact" size={32} />
        <span dir="auto">{message.name ?? ""}</span>
      </div>
      <div className={styles.cardAction} role="button">
        {labels.writeTo}
      </div>
    </div>
  );
}

export function LocationCard({ message }: { message: Message }) {
  const { markup } = usePage();
  const at = `${-(20 + (hash(message.id) % 900) / 100)},${-(40 + (hash(message.id) % 700) / 100)}`;
  return (
    <a
      className={cx(styles.document, styles.map)}
      {...testId(markup, "location-msg")}
      href={`https://maps.google.com/maps?q=${encodeURIComponent(at)}&z=17`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <Icon name="location" size={36} />
    </a>
  );
}

/** What a poll asks between; the question stands above as a text. Several answers are allowed, which has an icon. */
export function PollChoices({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  return (
    <>
      <div className={styles.small}>
        <span data-icon="multi-select-refreshed" aria-hidden="true" />
        <span>{labels.pollHint}</span>
      </div>
      {(message.choices ?? []).map((choice, index) => {
        const votes = hash(`${message.id}${choice}`) % 4;
        return (
          <div key={choice} className={styles.choice}>
            <input
              type="checkbox"
              id={`${message.id}-${index}`}
              aria-label={`${choice} ${labels.votes(votes)}`}
              readOnly
              checked={votes > 2}
            />
            <label htmlFor={`${message.id}-${index}`}>
              <PlainLine text={choice} />
            </label>
            <span aria-hidden="true">{votes}</span>
          </div>
        );
      })}
      <button type="button" className={styles.cardAction} {...testId(markup, "poll-view-votes")}>
        {labels.viewVotes}
      </button>
    </>
  );
}

/** Only the test ids of 2026 are known: without them nothing says that this is an event. */
export function EventCard({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  return (
    <div {...testId(markup, "event-bubble")}>
      <div className={styles.document}>
        <Icon name="ic-schedule" size={28} />
        <div>
          <div>
            <span dir="auto">
              <PlainLine text={message.text} />
            </span>
          </div>
          {message.name ? <div className={styles.small}>{message.name}</div> : null}
        </div>
      </div>
      <button type="button" className={styles.cardAction}>
        {labels.respond}
      </button>
    </div>
  );
}

/** `Ligação de voz perdida`, or `Ligação de voz` and how long it was; our own that nobody took is unanswered. */
export function useCallWords(message: Message): [string, string | null] {
  const { labels } = usePage();
  if (message.seconds !== undefined)
    return [labels.call, labels.callLength(Math.max(1, Math.round(message.seconds / 60)))];
  return message.direction === "out" ? [labels.call, labels.unanswered] : [labels.missedCall, null];
}

/** The card of a call; its line with the time is inside it. */
export function CallCard({ message }: { message: Message }) {
  const { markup, manner } = usePage();
  const [words, detail] = useCallWords(message);
  return (
    <div {...testId(markup, "call-log-system-message")} className={styles.document}>
      <div {...testId(markup, "call-log-icon-chip")}>
        <Icon name="mic" size={22} />
      </div>
      <div>
        <div>{words}</div>
        {detail ? <span className={styles.small}>{detail}</span> : null}
      </div>
      <div className={styles.callTime} {...testId(markup, "msg-meta")}>
        <span dir="auto">
          <span>{clock(message.at, manner)}</span>
        </span>
      </div>
    </div>
  );
}

export function ViewOnce() {
  const { labels, markup } = usePage();
  return (
    <div className={styles.once}>
      <span data-icon="view-once-sunset" aria-hidden="true" {...testId(markup, "view-once-sunset")}>
        <Icon name="lock" size={18} />
      </span>
      <span>{labels.viewOnce}</span>
    </div>
  );
}

/** A small copy of a picture as it comes with a message; nothing can be seen of it. */
const COARSE = "data:image/jpeg;base64,AA==";

/** The preview of a link, above the text that holds the link. */
export function LinkCard({ message, url }: { message: Message; url: string }) {
  const { markup, modern } = usePage();
  const full = useBlob(photograph(message.id));
  const host = url.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  const pictures = (
    <>
      <img alt="" src={COARSE} />
      {full ? <img alt="" src={full} /> : null}
    </>
  );
  if (modern)
    return (
      <div role="button" className={styles.document} {...testId(markup, "link-preview-container")}>
        <div className={styles.linkPicture} {...testId(markup, "link-preview-thumbnail-jpeg")}>
          {pictures}
        </div>
        <div>
          <div {...testId(markup, "link-preview-title")} dir="auto">
            {message.preview}
          </div>
          <div {...testId(markup, "link-description")} className={styles.small}>
            {message.preview} • {host}
          </div>
          <div {...testId(markup, "url-element")} className={styles.small}>
            {host}
          </div>
        </div>
      </div>
    );
  return (
    <div className={styles.document}>
      <div role="button" className={styles.linkPicture}>
        {pictures}
      </div>
      <a href={url} target="_blank" rel="noopener noreferrer">
        <div title={message.preview}>
          <span dir="auto">{message.preview}</span>
        </div>
        <div className={styles.small}>{host}</div>
      </a>
    </div>
  );
}
