/** The text part of a bubble: quote, author, copyable text with the hidden second copy of the time. */
import { useState } from "react";
import styles from "./bubble.module.css";
import { LinkCard } from "./cards";
import { cx, testId, usePage } from "./context";
import { thumbnail } from "./pictures";
import { emojiAlone, LargeEmoji, PlainLine, RichText } from "./richtext";
import type { Message, Quote } from "./types";
import { clock, prePlainText } from "./when";

/** Code points that the page shows before "Read more". */
const PAGE = { modern: 3072, older: 768 };

/** Takes the room that the time needs at the end of the last line. */
function Spacer({ message }: { message: Message }) {
  const { labels, manner, modern } = usePage();
  return (
    <span className={styles.spacer}>
      <span aria-hidden="true" className={cx(message.direction === "out" && styles.spacerOut)}>
        <span>{message.edited ? labels.edited : ""}</span>
        <span>{clock(message.at, manner)}</span>
        {modern ? null : <span />}
      </span>
    </span>
  );
}

/** The message that is answered. Before the test ids came back, only its label and the class of its text marked it. */
export function QuoteBox({ quote }: { quote: Quote }) {
  const { labels, markup, modern } = usePage();
  const isPicture = quote.kind !== undefined && quote.kind !== "text";
  const author = (
    <span className={styles.quoteAuthor} dir="auto" {...testId(markup, "author")}>
      <PlainLine text={quote.author} />
    </span>
  );
  const text = (
    <span
      className={cx(styles.quoteText, "quoted-mention")}
      dir="auto"
      {...testId(markup, "selectable-text")}
    >
      <PlainLine text={quote.text} />
    </span>
  );
  // In 2023 the label was not there yet, and the test id was.
  const label = markup.style === "2023" ? {} : { "aria-label": labels.quoted };
  return (
    <div className={styles.quote} {...testId(markup, "quoted-message")}>
      <div role="button" {...label}>
        {modern ? (
          <>
            {author}
            {text}
          </>
        ) : (
          <>
            <span />
            <div>{author}</div>
            <div dir="ltr" role="button">
              {isPicture ? <span data-icon="status-image" aria-hidden="true" /> : null}
              {text}
            </div>
          </>
        )}
        {isPicture ? <img alt="" src={thumbnail(quote.text)} className={styles.quotePicture} /> : null}
      </div>
    </div>
  );
}

/** The wrapper with `data-pre-plain-text` around a text or a caption. */
export function CopyableText({
  message,
  sender,
  caption = false,
}: {
  message: Message;
  sender: string;
  caption?: boolean;
}) {
  const { manner, modern } = usePage();
  const url = message.preview ? /https?:\/\/\S+/u.exec(message.text)?.[0] : undefined;
  const alone = !caption && emojiAlone(message.text);
  return (
    <div
      className={cx("copyable-text", styles.copyable)}
      data-pre-plain-text={prePlainText(message.at, sender, manner)}
    >
      {url ? <LinkCard message={message} url={url} /> : null}
      {alone ? <LargeEmoji text={message.text} framed={modern} /> : <Words {...{ message, caption }} />}
      <Spacer message={message} />
    </div>
  );
}

/** The text itself, as far as the page shows it. */
function Words({ message, caption }: { message: Message; caption: boolean }) {
  const { markup, modern } = usePage();
  const [pages, setPages] = useState(1);
  const points = [...message.text];
  const shown = (modern ? PAGE.modern : PAGE.older) * pages;
  const cut = points.length > shown;
  return (
    <span
      dir="ltr"
      className={cx("selectable-text", "copyable-text", styles.text)}
      style={modern ? { minHeight: 0 } : {}}
      {...testId(markup, caption ? "image-caption selectable-text" : "selectable-text")}
    >
      <RichText text={cut ? points.slice(0, shown).join("") : message.text} />
      {cut ? (
        <>
          <span aria-hidden="true">… </span>
          <ReadMore onClick={() => setPages(pages + 1)} />
        </>
      ) : null}
    </span>
  );
}

function ReadMore({ onClick }: { onClick: () => void }) {
  const { labels, markup } = usePage();
  const name = cx("read-more-button", styles.readMore);
  if (markup.style === "2023")
    return (
      <span role="button" tabIndex={0} className={name} onClick={onClick} onKeyDown={onClick}>
        {labels.readMore}
      </span>
    );
  return (
    <button type="button" className={name} {...testId(markup, "caption-read-more-button")} onClick={onClick}>
      {labels.readMore}
    </button>
  );
}
