/** One message row: the `[data-id]` node, alive or emptied while it is far out of sight. */
import { memo, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Bubble } from "./bubble";
import styles from "./bubble.module.css";
import { useCallWords } from "./cards";
import { cx, MarkupContext, testId, usePage } from "./context";
import { rowId } from "./identity";
import { markupOfRow } from "./markup";
import type { Chat, Message } from "./types";
import { clock } from "./when";

/** How far beyond the visible part rows keep their children, in pixels. */
const MARGIN = "1000px 0px";

/** Whether the row is so far away that its children are dropped, and the height that it then keeps. */
function useVirtualised(scroller: HTMLElement | null, whole: boolean) {
  const node = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const element = node.current;
    if (!element || !scroller || whole) return;
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
  }, [scroller, whole]);
  return { node, height };
}

function Notice({ children, call = false }: { children: ReactNode; call?: boolean }) {
  const { markup, modern } = usePage();
  return (
    <div className={styles.notice} {...testId(markup, "msg-notification-container")}>
      <div
        {...testId(markup, "system_message")}
        role={modern ? "button" : undefined}
        className={styles.noticeText}
      >
        {call ? <span data-icon="miss" aria-hidden="true" /> : null}
        <span dir="auto">{children}</span>
      </div>
    </div>
  );
}

/** In 2023 a call was a line between the messages, with its time among its words. */
function CallNotice({ message }: { message: Message }) {
  const { labels, manner } = usePage();
  const [words] = useCallWords(message);
  return <Notice call>{labels.callAt(words, clock(message.at, manner))}</Notice>;
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

export const Row = memo(function Row(props: RowProps) {
  const { model } = usePage();
  return (
    <MarkupContext value={markupOfRow(model.options.generation, props.message)}>
      <Holder {...props} />
    </MarkupContext>
  );
}, sameRow);

/** A system notice, an old call, or a bubble. Only a bubble had a class for its side. */
function Content({ message, chat, first }: Omit<RowProps, "scroller">) {
  const { markup, modern } = usePage();
  if (message.kind === "system") return <Notice>{message.text}</Notice>;
  if (message.kind === "call" && markup.style === "2023") return <CallNotice message={message} />;
  const ours = message.direction === "out";
  const side = modern ? null : ours ? "message-out" : "message-in";
  return (
    <div className={cx("focusable-list-item", side, styles.item, ours && styles.itemOurs)}>
      <span />
      <Bubble message={message} chat={chat} first={first} />
    </div>
  );
}

function Holder({ message, chat, first, scroller }: RowProps) {
  const { model, markup, modern } = usePage();
  const { node, height } = useVirtualised(scroller, model.options.whole);
  useLayoutEffect(() => {
    const at = performance.timeOrigin + performance.now();
    model.inserted.set(message.id, [...(model.inserted.get(message.id) ?? []), at]);
  }, [model, message.id]);

  const content = <Content message={message} chat={chat} first={first} />;
  const dataId = rowId(message, chat, markup);
  return (
    <div role="row" className={cx(styles.row, first && styles.rowFirst)}>
      <div tabIndex={-1} className={styles.holder} data-id={dataId} {...testId(markup, `conv-msg-${dataId}`)}>
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
}
