/** One message row: the `[data-id]` node, alive or emptied while it is far out of sight. */
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Bubble } from "./bubble";
import styles from "./bubble.module.css";
import { cx, testId, usePage } from "./context";
import { rowId } from "./identity";
import type { Chat, Message } from "./types";

/** How far beyond the visible part rows keep their children, in pixels. */
const MARGIN = "1000px 0px";

/** Whether the row is so far away that its children are dropped, and the height that it then keeps. */
function useVirtualised(scroller: HTMLElement | null) {
  const node = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const element = node.current;
    if (!element || !scroller) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (!entry) return;
        if (entry.isIntersecting) setHeight(null);
        else setHeight((before) => before ?? Math.max(1, Math.round(entry.boundingClientRect.height)));
      },
      { root: scroller, rootMargin: MARGIN },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [scroller]);
  return { node, height };
}

function Notice({ message }: { message: Message }) {
  const { modern } = usePage();
  return (
    <div className={styles.notice} {...testId(modern, "msg-notification-container")}>
      <div
        {...testId(modern, "system_message")}
        role={modern ? "button" : undefined}
        className={styles.noticeText}
      >
        <span dir="auto">{message.text}</span>
      </div>
    </div>
  );
}

interface RowProps {
  message: Message;
  chat: Chat;
  first: boolean;
  scroller: HTMLElement | null;
}

function sameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.message === after.message &&
    before.first === after.first &&
    before.scroller === after.scroller &&
    before.chat.title === after.chat.title
  );
}

export const Row = memo(function Row({ message, chat, first, scroller }: RowProps) {
  const { model, modern } = usePage();
  const { node, height } = useVirtualised(scroller);
  useLayoutEffect(() => {
    const at = performance.timeOrigin + performance.now();
    model.inserted.set(message.id, [...(model.inserted.get(message.id) ?? []), at]);
  }, [model, message.id]);

  const ours = message.direction === "out";
  const side = message.direction === "none" ? null : ours ? "message-out" : "message-in";
  const content =
    message.kind === "system" ? (
      <Notice message={message} />
    ) : (
      <div className={cx("focusable-list-item", !modern && side, styles.item, ours && styles.itemOurs)}>
        <span />
        <Bubble message={message} chat={chat} first={first} />
      </div>
    );
  return (
    <div role="row" className={cx(styles.row, first && styles.rowFirst)}>
      <div
        tabIndex={-1}
        className={styles.holder}
        data-id={rowId(message, chat, model.options.generation)}
        {...testId(modern, `conv-msg-${message.id}`)}
      >
        {modern ? (
          <div
            ref={node}
            data-virtualized={height === null ? "false" : "true"}
            style={height === null ? { minHeight: "" } : { minHeight: height }}
          >
            {height === null ? <div>{content}</div> : null}
          </div>
        ) : (
          <div ref={node} style={height === null ? { minHeight: "" } : { minHeight: height }}>
            {height === null ? content : null}
          </div>
        )}
      </div>
    </div>
  );
}, sameRow);
