/** Which of a chat's messages are in the document: a window that grows in blocks and never holds more than 100 for long. */
import { useCallback, useEffect, useRef, useState } from "react";

export const FIRST_ROWS = 6;
export const ISLAND = 100;
export const STEP = 20;
/** Rows that are mounted on their own after opening, in blocks of one to five. */
const OPENING_ROWS = 40;
const LOADING_MS = 120;

export interface Span {
  from: number;
  /** Past the last row; null follows the end of the chat. */
  to: number | null;
}

/** The window over `total` messages and the two ways to move it; `whole` begins with every row. */
export function useMessageWindow(total: number, lateness: number, whole: boolean) {
  const [span, setSpan] = useState<Span>(() => ({
    from: whole ? 0 : Math.max(0, total - FIRST_ROWS),
    to: null,
  }));
  const [loading, setLoading] = useState(false);
  const target = useRef(whole ? 0 : Math.max(0, total - OPENING_ROWS));
  const latest = useRef(total);
  latest.current = total;

  useEffect(() => {
    if (span.from <= target.current) return;
    const block = 1 + Math.floor(Math.random() * 5);
    const timer = setTimeout(
      () => setSpan((now) => ({ ...now, from: Math.max(target.current, now.from - block) })),
      (25 + Math.random() * 70) * lateness,
    );
    return () => clearTimeout(timer);
  }, [span.from, lateness]);

  const older = useCallback(() => {
    if (loading || span.from === 0 || span.from > target.current) return;
    setLoading(true);
    setTimeout(() => {
      setSpan((now) => {
        const from = Math.max(0, now.from - STEP);
        target.current = Math.min(target.current, from);
        const to = now.to ?? latest.current;
        return { from, to: to - from > ISLAND ? from + ISLAND : now.to };
      });
      setLoading(false);
    }, LOADING_MS * lateness);
  }, [loading, span.from, lateness]);

  const newer = useCallback(() => {
    setSpan((now) => {
      if (now.to === null) return now;
      const to = now.to + STEP;
      const from = Math.max(now.from, Math.min(to, latest.current) - ISLAND);
      target.current = from;
      return { from, to: to >= latest.current ? null : to };
    });
  }, []);

  /** At the bottom of the chat, rows above the last 100 leave the document. */
  const trimAbove = useCallback(() => {
    setSpan((now) => {
      if (now.to !== null || latest.current - now.from <= ISLAND) return now;
      const from = latest.current - ISLAND;
      target.current = Math.max(target.current, from);
      return { ...now, from };
    });
  }, []);

  const toEnd = useCallback(() => {
    setSpan((now) => {
      if (now.to === null) return now;
      const from = Math.max(0, latest.current - OPENING_ROWS);
      target.current = from;
      return { from, to: null };
    });
  }, []);

  return { span, loading, older, newer, trimAbove, toEnd };
}
