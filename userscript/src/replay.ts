/**
 * Replays a recorded page for the script that reads it, in the same world and before it.
 *
 * Time is the recording's. The clock and all timers of this world stand still until an event is due, so that what is
 * read does not depend on how fast it is replayed, or on the machine. The agent says when to go on.
 */

import type { serializedNodeWithId } from "@rrweb/types";
import { type Clock, install } from "@sinonjs/fake-timers";
import { RecordedType } from "./record-events";
import { createRecordedDocument } from "./replay-document";

interface RecordedEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly data: unknown;
}

interface Replay {
  /** Show the first whole picture, set the clock to its time and let the reading begin. */
  begin(json: string): Promise<void>;
  /** Let the next events happen, each at its time. Answers with how many nodes were missing so far. */
  play(json: string): Promise<number>;
  /** Let so much time pass without an event, in milliseconds. */
  wait(ms: number): Promise<void>;
}

declare global {
  var balcaoReplay: Replay | undefined;
  /** The script that reads, as a function: set by the agent. */
  var __balcaoReading: (() => void) | undefined;
}

const VIRTUAL = [
  "Date",
  "performance",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "requestIdleCallback",
  "cancelIdleCallback",
] as const;

/** Time passes in steps of this many milliseconds at most: what a timer has changed is seen before the next one. */
const STEP_MS = 50;

function createReplay(doc: Document): Replay {
  const recorded = createRecordedDocument(doc);
  let clock: Clock | null = null;

  /** What observers have to say is said before time goes on. */
  async function settled(): Promise<void> {
    await null;
    await null;
  }

  async function passUntil(at: number): Promise<void> {
    while (clock && clock.now < at) {
      clock.tick(Math.min(STEP_MS, at - clock.now));
      await settled();
    }
  }

  function show(event: RecordedEvent): void {
    recorded.whole((event.data as { node: serializedNodeWithId }).node);
  }

  return {
    async begin(json) {
      const first = JSON.parse(json) as RecordedEvent;
      clock = install({ now: first.timestamp, toFake: [...VIRTUAL] });
      Object.defineProperty(performance, "timeOrigin", { value: first.timestamp });
      show(first);
      globalThis.__balcaoReading?.();
      await settled();
    },
    async play(json) {
      for (const event of JSON.parse(json) as RecordedEvent[]) {
        await passUntil(event.timestamp);
        // A later whole picture shows what is there already: it is for those who begin in the middle.
        if (event.type === RecordedType.IncrementalSnapshot) recorded.change(event.data);
        await settled();
      }
      return recorded.missing;
    },
    async wait(ms) {
      if (clock) await passUntil(clock.now + ms);
    },
  };
}

if (window.top === window) globalThis.balcaoReplay = createReplay(document);
