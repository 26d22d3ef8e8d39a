/** The text part of a bubble: quote, author, copyable text with the hidden second copy of the time. */
import { useState } from "react";
import styles from "./bubble.module.css";
import { cx, testId, usePage } from "./context";
import { PlainLine, RichText } from "./richtext";
import type { Message, Quote } from "./types";
import { clock, prePlainText } from "./when";

/** Code points that the page shows before "Read more". */
const PAGE = { "2026": 3072, "2025": 768 };

/** Takes the room that the time needs at the end of the last line. */
function Spacer({ message }: { message: Message }) {
  const { labels, language, modern } = usePage();
  return (
    <span className={styles.spacer}>
      <span aria-hidden="true" className={cx(message.direction === "out" && styles.spacerOut)}>
        <span>{message.edited ? labels.edited : ""}</span>
        <span>{clock(message.at, language)}</span>
        {modern ? null : <span />}
      </span>
    </span>
  );
}

export function QuoteBox({ quote }: { quote: Quote }) {
  const { labels, modern } = usePage();
  return (
    <div className={styles.quote} {...testId(modern, "quoted-message")}>
      <div role="button" aria-label={labels.quoted}>
        <span className={styles.quoteAuthor} dir="auto" {...testId(modern, "author")}>
          <PlainLine text={quote.author} />
        </span>
        <span
          className={cx(styles.quoteText, "quoted-mention")}
          dir="auto"
          {...testId(modern, "selectable-text")}
        >
          <PlainLine text={quote.text} />
        </span>
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
  const { language, labels, model, modern } = usePage();
  const [pages, setPages] = useState(1);
  const points = [...message.text];
  const shown = PAGE[model.options.generation] * pages;
  const cut = points.length > shown;
  return (
    <div
      className={cx("copyable-text", styles.copyable)}
      data-pre-plain-text={prePlainText(message.at, sender, language)}
    >
      <span
        dir="ltr"
        className={cx("selectable-text", "copyable-text", styles.text)}
        style={modern ? { minHeight: 0 } : {}}
        {...testId(modern, caption ? "image-caption selectable-text" : "selectable-text")}
      >
        <RichText text={cut ? points.slice(0, shown).join("") : message.text} />
        {cut ? (
          <>
            <span aria-hidden="true">… </span>
            <button
              type="button"
              className={cx("read-more-button", styles.readMore)}
              {...testId(modern, "caption-read-more-button")}
              onClick={() => setPages(pages + 1)}
            >
              {labels.readMore}
            </button>
          </>
        ) : null}
      </span>
      <Spacer message={message} />
    </div>
  );
}
