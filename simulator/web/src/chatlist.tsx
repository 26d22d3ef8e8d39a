/** The virtualised list: a few recycled rows, placed by translateY, over any number of chats. */
import { useEffect, useRef, useState } from "react";
import { ChatRow, SectionRow } from "./chatrow";
import { cx, testId, useWorld } from "./context";
import styles from "./sidebar.module.css";
import type { Chat } from "./types";

/** Rows beyond the visible ones, on each side. */
const MARGIN_ROWS = 3;

function found(chat: Chat, query: string): boolean {
  const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return fold(chat.title).includes(fold(query));
}

export function ChatList({ query }: { query: string }) {
  const { model, labels, modern, markup } = useWorld();
  const pane = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 700 });
  const rowHeight = modern ? 76 : 72;
  const searching = query.trim() !== "";
  const chats = model.ordered().filter((chat) => !searching || found(chat, query.trim()));
  const lines: (Chat | string)[] = searching ? [labels.chatsHeading, ...chats] : chats;

  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setView((now) => ({ ...now, height: element.clientHeight })));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  const visible = Math.ceil(view.height / rowHeight) + 2 * MARGIN_ROWS;
  const first = Math.max(0, Math.min(Math.floor(view.top / rowHeight) - MARGIN_ROWS, lines.length - visible));
  const inView = model.emptyList ? [] : lines.slice(first, first + visible);
  const rows = inView.map((line, offset) => {
    const index = first + offset;
    // The place in the pool is the key: scrolling and sorting hand a node on to another chat.
    const place = { key: index % visible, index, height: rowHeight };
    return typeof line === "string" ? (
      <SectionRow {...place} key={place.key} title={line} />
    ) : (
      <ChatRow {...place} key={place.key} chat={line} />
    );
  });

  return (
    <div
      id="pane-side"
      ref={pane}
      className={styles.pane}
      data-scrolltracepolicy="wa.web.chatlist"
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop;
        setView((now) => ({ ...now, top }));
      }}
    >
      <div tabIndex={0} data-tab="4">
        <div {...testId(markup, "chat-list")}>
          <div
            role={markup.style === "2023" ? "list" : "grid"}
            className={cx(styles.grid)}
            aria-label={searching ? labels.searchResults : labels.chatList}
            aria-rowcount={lines.length}
            style={{ height: lines.length * rowHeight }}
          >
            {rows}
          </div>
        </div>
      </div>
    </div>
  );
}
