/**
 * The way out: frames go to the agent through a binding that exists only in this isolated world.
 *
 * A frame gets its number when it is handed over, also while it waits for the binding: a gap in the numbers tells the
 * agent that frames were dropped, and it then asks for everything again (`read`).
 */
import type { Contract } from "./contract.gen";

export type AnyFrame = Contract["frame"];
export type AnyCommand = Contract["command"];
type BodyOf<F> = F extends unknown ? Omit<F, "v" | "seq" | "at_ms"> : never;
/** A frame as its author writes it; the bridge adds the format number, the sequence number and the time. */
export type FrameBody = BodyOf<AnyFrame>;
export type Send = (frame: FrameBody) => void;

declare global {
  /** Added by the agent (`Runtime.addBinding`); absent until it has attached. */
  var balcaoSend: ((json: string) => void) | undefined;
}

/** Frames kept while the binding is missing. A whole day of an open chat is far below it. */
const QUEUE_LIMIT = 2_000;
/** How often a missing binding is looked for, in milliseconds. */
const RETRY_MS = 50;

/** Milliseconds since the Unix epoch, with sub-millisecond steps. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Make the one sender of this document. */
export function createBridge(now: () => number = epochMs): Send {
  let seq = 0;
  let waiting: string[] = [];
  let isRetrying = false;

  function retry(): void {
    if (isRetrying) return;
    isRetrying = true;
    setTimeout(flush, RETRY_MS);
  }

  function flush(): void {
    isRetrying = false;
    const binding = globalThis.balcaoSend;
    if (!binding) {
      retry();
      return;
    }
    const ready = waiting;
    waiting = [];
    for (const json of ready) binding(json);
  }

  return (body) => {
    seq += 1;
    const json = JSON.stringify({ ...body, v: 1, seq, at_ms: now() });
    const binding = globalThis.balcaoSend;
    if (binding && waiting.length === 0) {
      binding(json);
      return;
    }
    if (waiting.length >= QUEUE_LIMIT) waiting.shift();
    waiting.push(json);
    retry();
  };
}
