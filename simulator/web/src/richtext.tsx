/** A message's text as the page marks it up: lines, lists, quotes, emphasis, links, mentions, emoji pictures. */
import { Fragment, type ReactNode } from "react";
import styles from "./bubble.module.css";
import { cx, testId, usePage } from "./context";
import { emojiPicture } from "./pictures";

const EMOJI =
  /(\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?)\p{Emoji_Modifier}?(?:\u200D(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})\uFE0F?\p{Emoji_Modifier}?)*)/u;
const MARKS =
  /(```[^`]+```|`[^`\n]+`|\*[^*\s](?:[^*\n]*[^*\s])?\*|_[^_\s](?:[^_\n]*[^_\s])?_|~[^~\s](?:[^~\n]*[^~\s])?~|https?:\/\/\S+|@\p{L}[\p{L}\d]*)/u;

function Emoji({ emoji }: { emoji: string }) {
  return (
    <img
      className="emoji wa x1n2onr6"
      alt={emoji}
      data-plain-text={emoji}
      draggable={false}
      src={emojiPicture(emoji)}
    />
  );
}

/** How the page notes the marks around a formatted part: `*${appText}*`. */
const template = (mark: string): string => `${mark}$` + `{appText}${mark}`;

function withEmoji(text: string): ReactNode[] {
  // A capturing split puts the emoji at the odd places; a place never changes its meaning, so it is a good key.
  return text
    .split(EMOJI)
    .map((part, index) =>
      index % 2 ? (
        <Emoji key={String(index)} emoji={part} />
      ) : (
        <Fragment key={String(index)}>{part}</Fragment>
      ),
    );
}

function marked(text: string): ReactNode[] {
  return text.split(MARKS).map((part, index) => {
    const key = String(index);
    if (index % 2 === 0) return <Fragment key={key}>{withEmoji(part)}</Fragment>;
    if (part.startsWith("```"))
      return (
        <code key={key} className="selectable-text copyable-text" data-app-text-template={template("```")}>
          {part.slice(3, -3)}
        </code>
      );
    const inner = part.slice(1, -1);
    if (part.startsWith("*"))
      return (
        <strong key={key} className="selectable-text copyable-text" data-app-text-template={template("*")}>
          {marked(inner)}
        </strong>
      );
    if (part.startsWith("_"))
      return (
        <em key={key} className="selectable-text copyable-text" data-app-text-template={template("_")}>
          {marked(inner)}
        </em>
      );
    if (part.startsWith("~"))
      return (
        <del key={key} className="selectable-text copyable-text" data-app-text-template={template("~")}>
          {marked(inner)}
        </del>
      );
    if (part.startsWith("`"))
      return (
        <code key={key} className="selectable-text copyable-text" data-app-text-template={template("`")}>
          {inner}
        </code>
      );
    if (part.startsWith("@")) return <Mention key={key} name={part} />;
    return (
      <a
        key={key}
        href={part}
        className="selectable-text copyable-text"
        rel="noopener noreferrer"
        target="_blank"
        dir="auto"
      >
        {part}
      </a>
    );
  });
}

/** Somebody who is named in a message. Today there is a text within the text. */
function Mention({ name }: { name: string }) {
  const { markup, modern } = usePage();
  const mention = { "data-app-text-template": "103500000000000@lid", "data-plain-text": name };
  const shown = (
    <>
      @<span dir="ltr">{name.slice(1)}</span>
    </>
  );
  if (modern)
    return (
      <span role="button">
        <span {...testId(markup, "select-all selectable-text")} {...mention}>
          {shown}
        </span>
      </span>
    );
  return (
    <span dir="ltr" className="selectable-text copyable-text" role="button" {...mention}>
      {shown}
    </span>
  );
}

/** A message of one to three emoji and nothing else is drawn large. */
export function emojiAlone(text: string): boolean {
  const parts = text.split(EMOJI);
  const emoji = parts.filter((_, index) => index % 2 === 1).length;
  return emoji > 0 && emoji <= 3 && parts.every((part, index) => index % 2 === 1 || part === "");
}

/** Large emoji have no text element of their own; in the older markup not even a frame each. */
export function LargeEmoji({ text, framed }: { text: string; framed: boolean }) {
  const emoji = text.split(EMOJI).filter((_, index) => index % 2 === 1);
  const pictures = emoji.map((one, index) =>
    framed ? (
      <span key={String(index)}>
        <Emoji emoji={one} />
      </span>
    ) : (
      <Emoji key={String(index)} emoji={one} />
    ),
  );
  return framed ? (
    <div className={cx("selectable-text copyable-text", styles.largeEmoji)}>{pictures}</div>
  ) : (
    <div className={styles.largeEmoji}>
      <div>{pictures}</div>
    </div>
  );
}

type Block =
  | { form: "line"; text: string }
  | { form: "quote"; text: string }
  | { form: "bullets"; items: string[] }
  | { form: "numbers"; items: string[] };

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split("\n")) {
    const bullet = /^(?:[-*•] )(.+)$/u.exec(line)?.[1];
    const number = /^\d{1,2}\. (.+)$/u.exec(line)?.[1];
    const quote = /^> (.+)$/u.exec(line)?.[1];
    const last = blocks.at(-1);
    if (bullet !== undefined || number !== undefined) {
      const form = bullet === undefined ? "numbers" : "bullets";
      const item = bullet ?? number ?? "";
      if (last && "items" in last && last.form === form) last.items.push(item);
      else blocks.push({ form, items: [item] });
    } else if (quote !== undefined) blocks.push({ form: "quote", text: quote });
    else blocks.push({ form: "line", text: line });
  }
  return blocks;
}

/** The inner spans of a `selectable-text`: one a line, with the newline inside the span that it ends. */
export function RichText({ text }: { text: string }) {
  const blocks = blocksOf(text);
  return blocks.map((block, index) => {
    const key = String(index);
    if (block.form === "line")
      return (
        <span key={key}>
          {marked(block.text)}
          {index < blocks.length - 1 ? "\n" : ""}
        </span>
      );
    if (block.form === "quote")
      return (
        <blockquote key={key}>
          <span data-pre-plain-text="> ">{marked(block.text)}</span>
        </blockquote>
      );
    const items = block.items.map((item, at) => (
      <li key={`${key}-${item}`} dir="auto">
        <span data-pre-plain-text={block.form === "bullets" ? "• " : `${at + 1}. `}>{marked(item)}</span>
      </li>
    ));
    return block.form === "bullets" ? <ul key={key}>{items}</ul> : <ol key={key}>{items}</ol>;
  });
}

/** One line with emoji pictures only: previews and quotes. */
export function PlainLine({ text }: { text: string }) {
  return <>{withEmoji(text)}</>;
}
