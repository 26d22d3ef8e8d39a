/** Navigation rail, search box, filters and the chat list. */
import { useState } from "react";
import { Avatar } from "./avatar";
import { Butterbars } from "./butterbar";
import { ChatList } from "./chatlist";
import { cx, MarkupContext, testId, useWorld } from "./context";
import { Icon } from "./icons";
import { markupOf } from "./markup";
import styles from "./sidebar.module.css";

const RAIL = ["chats", "status", "channels", "communities"];
const FILTERS = ["all-filter", "unread-filter", "favorites-filter", "group-filter"];

export function Rail() {
  const { model, labels, markup } = useWorld();
  return (
    <header className={styles.rail} {...testId(markup, "chatlist-header")}>
      {RAIL.map((name, index) => (
        <button
          type="button"
          key={name}
          aria-label={labels.rail[index]}
          className={cx(index === 0 && styles.railOn)}
        >
          <Icon name={name} size={24} />
        </button>
      ))}
      <span className={styles.railSpace} />
      <Avatar title={model.options.own_name} group={false} size={30} />
    </header>
  );
}

/** An `<input>` since 2026, an editable `<div>` before. */
function SearchBox({ onQuery }: { onQuery: (query: string) => void }) {
  const { labels, modern } = useWorld();
  if (modern)
    return (
      <input
        type="text"
        role="textbox"
        data-tab="3"
        aria-label={labels.searchBox}
        placeholder={labels.searchBox}
        onChange={(event) => onQuery(event.currentTarget.value)}
      />
    );
  return (
    <div
      contentEditable
      suppressContentEditableWarning
      role="textbox"
      data-tab="3"
      aria-label={labels.searchBox}
      className={styles.oldSearch}
      onInput={(event) => onQuery(event.currentTarget.textContent ?? "")}
    />
  );
}

export function Side() {
  const { model, labels, markup } = useWorld();
  const [query, setQuery] = useState("");
  return (
    <div id="side" className={styles.side}>
      <header className={styles.head}>
        <h1>WhatsApp</h1>
        <button type="button" aria-label={labels.newChat}>
          <Icon name="newchat" size={22} />
        </button>
        <button type="button" aria-label={labels.menu}>
          <Icon name="more" size={22} />
        </button>
      </header>
      <Butterbars />
      <div {...testId(markup, "chat-list-search-container")} className={styles.search}>
        <Icon name="search" size={18} />
        <SearchBox onQuery={setQuery} />
      </div>
      <div className={styles.filters}>
        {FILTERS.map((id, index) => (
          <button type="button" id={id} role="tab" key={id} aria-selected={index === 0}>
            {labels.filters[index]}
          </button>
        ))}
      </div>
      <MarkupContext value={markupOf(model.options.generation, "list")}>
        <ChatList query={query} />
      </MarkupContext>
    </div>
  );
}
