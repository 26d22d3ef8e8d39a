/** The scrolling list of messages: day wrappers, unread divider, floating date, window, scroll keeping, read receipts. */
import { Fragment, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { cx, testId, useWorld } from "./context";
import styles from "./conversation.module.css";
import { Icon } from "./icons";
import { useReadReceipts } from "./receipts";
import { Row } from "./row";
import type { Chat, Message } from "./types";
import { dayOf, relativeDate } from "./when";
import { useMessageWindow } from "./window";

const NEAR_PX = 300;
const BOTTOM_PX = 24;

function startsRun(message: Message, before: Message | undefined): boolean {
  return (
    !before ||
    before.direction !== message.direction ||
    before.author !== message.author ||
    before.kind === "system" ||
    before.kind === "call" ||
    dayOf(before.at) !== dayOf(message.at)
  );
}

function byDay(messages: Message[]): Message[][] {
  const days: Message[][] = [];
  for (const message of messages) {
    const first = days.at(-1)?.[0];
    if (first && dayOf(first.at) === dayOf(message.at)) days.at(-1)?.push(message);
    else days.push([message]);
  }
  return days;
}

interface Hold {
  id: string;
  top: number;
}

/** The topmost row that is on screen and where it stands, so that it can be put back there. */
function holdOn(scroller: HTMLElement): Hold | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const row of scroller.querySelectorAll<HTMLElement>("[data-id]")) {
    const box = row.getBoundingClientRect();
    if (box.bottom > edge) return { id: row.dataset.id ?? "", top: box.top };
  }
  return null;
}

function restore(scroller: HTMLElement, hold: Hold | null): void {
  const row = hold && scroller.querySelector(`[data-id="${CSS.escape(hold.id)}"]`);
  if (row) scroller.scrollTop += row.getBoundingClientRect().top - hold.top;
}

export function Panel({ chat }: { chat: Chat }) {
  const { model, labels, manner, markup } = useWorld();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const lastTop = useRef(0);
  const hold = useRef<Hold | null>(null);
  const [floating, setFloating] = useState<{ text: string; shown: boolean }>({ text: "", shown: false });
  // Where the unread part began when the chat was opened: it does not move while the chat stays open.
  const [unreadFrom] = useState(() => (chat.unread > 0 ? chat.messages.at(-chat.unread)?.id : undefined));
  const [unreadCount] = useState(chat.unread);
  const { span, loading, older, newer, trimAbove, toEnd } = useMessageWindow(
    chat.messages.length,
    model.options.lateness,
    model.options.whole,
  );
  const to = span.to ?? chat.messages.length;
  const shown = chat.messages.slice(span.from, to);
  const before = new Map(shown.map((message, at) => [message.id, chat.messages[span.from + at - 1]]));
  const newest = chat.messages.at(-1);
  const bottomShown = useCallback(() => stuck.current && span.to === null, [span.to]);
  useReadReceipts(model, chat.id, bottomShown);

  useLayoutEffect(() => {
    if (newest?.direction === "out" && newest.status === "pending") {
      stuck.current = true;
      toEnd();
    }
  }, [newest, toEnd]);

  // After every change of the rows: stay at the bottom, or keep the row under the reader's eyes where it was.
  useLayoutEffect(() => {
    if (!scroller || shown.length === 0) return;
    if (stuck.current && span.to === null) {
      scroller.scrollTop = scroller.scrollHeight;
      trimAbove();
      return;
    }
    restore(scroller, hold.current);
  }, [scroller, shown.length, span, trimAbove]);

  // Late children change heights without a change of the rows.
  useEffect(() => {
    const inner = content.current;
    if (!scroller || !inner) return;
    const watcher = new ResizeObserver(() => {
      if (stuck.current) scroller.scrollTop = scroller.scrollHeight;
      else restore(scroller, hold.current);
    });
    watcher.observe(inner);
    watcher.observe(scroller);
    return () => watcher.disconnect();
  }, [scroller]);

  const onScroll = () => {
    if (!scroller) return;
    const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    // Only scrolling up lets go of the bottom: content that grows below fires the same event.
    const up = scroller.scrollTop < lastTop.current - 1;
    lastTop.current = scroller.scrollTop;
    stuck.current = span.to === null && (below < BOTTOM_PX || (stuck.current && !up));
    hold.current = holdOn(scroller);
    if (scroller.scrollTop < NEAR_PX) older();
    if (below < NEAR_PX && span.to !== null) newer();
    const id = hold.current?.id;
    const top = id ? shown.find((message) => id.includes(message.id)) : shown[0];
    if (top) setFloating({ text: relativeDate(top.at, manner), shown: below > BOTTOM_PX });
  };

  return (
    <div className={styles.body} {...testId(markup, "conversation-panel-body")}>
      <div className={cx("copyable-area", styles.area)}>
        <div className={cx(styles.sticky, floating.shown && styles.stickyShown)}>
          <span dir="auto">{floating.text}</span>
        </div>
        <div
          ref={setScroller}
          className={styles.scroller}
          tabIndex={0}
          data-scrolltracepolicy="wa.web.conversation.messages"
          onScroll={onScroll}
          {...testId(markup, "conversation-panel-messages")}
        >
          {loading ? <div className={styles.older} title={labels.olderLoading} /> : null}
          <div
            ref={content}
            data-tab="8"
            role="application"
            aria-label={labels.messageList}
            className={styles.rows}
          >
            {byDay(shown).map((day) => (
              <div key={dayOf(day[0]?.at ?? 0)}>
                <div className={styles.divider}>
                  <div>
                    <span dir="auto">{relativeDate(day[0]?.at ?? 0, manner)}</span>
                  </div>
                </div>
                {day.map((message) => (
                  <Fragment key={message.id}>
                    {message.id === unreadFrom ? (
                      <div className={styles.unread}>
                        <span aria-live="polite">{labels.unreadDivider(unreadCount)}</span>
                      </div>
                    ) : null}
                    <Row
                      message={message}
                      chat={chat}
                      scroller={scroller}
                      first={startsRun(message, before.get(message.id))}
                    />
                  </Fragment>
                ))}
              </div>
            ))}
          </div>
        </div>
        {floating.shown ? (
          <button
            type="button"
            className={styles.toBottom}
            onClick={() => {
              toEnd();
              stuck.current = true;
              if (scroller) scroller.scrollTop = scroller.scrollHeight;
            }}
          >
            <Icon name="chevron" />
          </button>
        ) : null}
      </div>
    </div>
  );
}
