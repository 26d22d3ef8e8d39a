/** `#main`: header, messages, footer of the open chat. Its React key changes at every opening, so the node does too. */

import { Avatar } from "./avatar";
import { Composer } from "./composer";
import { cx, MarkupContext, testId, useWorld } from "./context";
import styles from "./conversation.module.css";
import { Icon } from "./icons";
import { markupOf } from "./markup";
import { Panel } from "./panel";
import { PlainLine } from "./richtext";
import type { Chat } from "./types";

function Header({ chat }: { chat: Chat }) {
  const { labels, model, markup } = useWorld();
  const writing = model.writing.get(chat.id);
  const members = chat.group ? [...chat.members, labels.you].join(", ") : null;
  const subtitle = writing ? labels.writing(writing.how, writing.author) : members;
  return (
    <header className={styles.header} {...testId(markup, "conversation-header")}>
      <div
        role="button"
        tabIndex={0}
        title={labels.profile}
        aria-label={labels.profile}
        className={styles.face}
      >
        <Avatar title={chat.title} group={chat.group} size={40} />
      </div>
      <div
        role="button"
        tabIndex={0}
        data-tab="6"
        className={styles.info}
        {...testId(markup, "conversation-info-header")}
      >
        <div>
          <span
            dir="auto"
            className={styles.title}
            title={markup.style === "2023" ? chat.title : undefined}
            {...testId(markup, "conversation-info-header-chat-title")}
          >
            <PlainLine text={chat.title} />
          </span>
        </div>
        {subtitle ? (
          <div {...testId(markup, "chat-subtitle")} className={styles.subtitle}>
            <span
              {...testId(markup, "selectable-text")}
              className="selectable-text copyable-text"
              title={subtitle}
            >
              {subtitle}
            </span>
          </div>
        ) : null}
      </div>
      <div className={styles.tools}>
        <button type="button" aria-label={labels.videoCall(chat.group)}>
          <Icon name="video" size={22} />
        </button>
        <button type="button" aria-label={labels.search} data-tab="6">
          <Icon name="search" size={22} />
        </button>
        <button type="button" aria-label={labels.more} data-tab="6">
          <Icon name="more" size={22} />
        </button>
      </div>
    </header>
  );
}

function Blocked() {
  const { labels, markup } = useWorld();
  return (
    <footer className={styles.footer}>
      <div className={styles.blocked} {...testId(markup, "block-message")}>
        {labels.blocked}
      </div>
    </footer>
  );
}

/** Stands where the box was while the account is restricted. */
function Restricted() {
  const { labels, markup } = useWorld();
  return (
    <footer className={styles.footer}>
      <div className={styles.blocked} {...testId(markup, "reachout-timelock-compose-bar")}>
        {labels.restricted}
      </div>
    </footer>
  );
}

function Footer({ chat }: { chat: Chat }) {
  const { model } = useWorld();
  if (model.restricted) return <Restricted />;
  return chat.blocked ? <Blocked /> : <Composer chat={chat} />;
}

export function Conversation({ chat }: { chat: Chat }) {
  const { markup, model } = useWorld();
  const { generation } = model.options;
  return (
    <div id="main" className={cx(styles.main)} {...testId(markup, "conversation-panel-wrapper")}>
      <MarkupContext value={markupOf(generation, "header")}>
        <Header chat={chat} />
      </MarkupContext>
      <MarkupContext value={markupOf(generation, "rows")}>
        <Panel chat={chat} />
      </MarkupContext>
      <MarkupContext value={markupOf(generation, "box")}>
        <Footer chat={chat} />
      </MarkupContext>
    </div>
  );
}

/** Shown while no chat is open; `#main` does not exist then. */
export function Intro() {
  const { labels, markup } = useWorld();
  return (
    <div className={styles.intro} {...testId(markup, "intro-panel")}>
      <Icon name="chats" size={96} className={styles.introMark} />
      <h1 {...testId(markup, "intro-title")}>{labels.introTitle}</h1>
      <p>{labels.introText}</p>
      <div className={styles.introLock}>
        <Icon name="lock" size={14} /> {labels.e2eShort}
      </div>
    </div>
  );
}
