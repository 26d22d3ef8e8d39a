/** Who waits, from the chat list alone: a click shows where somebody is in WhatsApp's list, and the person opens them. */
import { h, type VNode } from "preact";
import type { AnyCommand } from "../../bridge";
import { epochMs } from "../../bridge";
import type { Counter, Feature, Look } from "../feature";
import { QueuePanel, type Said, waitWords } from "./panel";
import { createPointer, type Pointer } from "./point";
import * as queue from "./state";
import { QUEUE } from "./words";

/** How often the waits are looked at, in milliseconds. The card is drawn anew only where a word has changed. */
const TICK_MS = 1_000;
/** How long a sentence about pointing stays, in milliseconds. */
const SAID_MS = 10_000;

export function createQueue(counter: Counter, makePointer = createPointer): Feature {
  let state = queue.NOBODY_KNOWN;
  let said: (Said & { until: number }) | null = null;
  let pointer: Pointer | null = null;
  let list: HTMLElement | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let drawn = "";

  const words = () => QUEUE[counter.language()];
  const isShown = () => counter.tab() === "queue";

  /** Everything that time alone changes. */
  function timed(now: number): string {
    const badge = queue.badgeOf(state, now);
    const lines = state.told && isShown() ? state.shown : [];
    const waits = lines.map((one) => `${waitWords(one, words(), now)} ${toneOf(one)}`);
    return [badge?.text, badge?.tone, said?.code, ...waits].join("|");

    function toneOf({ line }: queue.ShownLine): string {
      return state.told ? queue.toneOf(line, state.told, now) : "";
    }
  }

  function draw(): void {
    drawn = timed(epochMs());
    counter.redraw();
  }

  function tick(): void {
    const now = epochMs();
    const next = queue.ticked(state, now);
    if (said && now >= said.until) said = null;
    const hasMoved = next !== state;
    state = next;
    if (hasMoved || timed(now) !== drawn) draw();
  }

  async function press(one: queue.ShownLine, event: Event): Promise<void> {
    if (!event.isTrusted) return;
    const { title, twin, text } = one.line;
    const say = (code: Said["code"]) => {
      said = { code, key: one.key, title, until: code === "looking" ? Infinity : epochMs() + SAID_MS };
      draw();
    };
    say("looking");
    pointer ??= makePointer(counter.doc, counter.registry);
    const mine = said;
    const result = await pointer.pointAt({ title, twin, text });
    if (result !== "dropped") say(result);
    else if (said === mine) {
      said = null;
      draw();
    }
  }

  /** Up and down go through the list, when one of it has the focus. */
  function move(event: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const root = list?.getRootNode();
    if (!step || !list || !(root instanceof counter.view.ShadowRoot)) return false;
    const lines = [...list.querySelectorAll<HTMLElement>(".queue-line")];
    const at = lines.indexOf(root.activeElement as HTMLElement);
    if (at < 0) return false;
    lines[Math.min(lines.length - 1, Math.max(0, at + step))]?.focus();
    return true;
  }

  return {
    tab: {
      name: "queue",
      icon: "queue",
      label: () => words().tab,
      badge: () => queue.badgeOf(state, epochMs()),
      panel: (look: Look) =>
        h(QueuePanel, {
          state,
          said,
          words: words(),
          look,
          now: epochMs(),
          onPress: (one, event) => void press(one, event),
          onHand: (event) => {
            if (event.isTrusted) state = queue.held(state, epochMs());
          },
          onHandGone: (event) => {
            if (!event.isTrusted) return;
            state = queue.released(state);
            draw();
          },
          listRef: (element) => {
            list = element;
          },
        }) as VNode,
    },
    command(command: AnyCommand) {
      if (command.kind !== "queue") return;
      state = queue.told(state, command);
      timer ??= setInterval(tick, TICK_MS);
      draw();
    },
    /** Somebody was opened: the ring has done its work. */
    chatChanged: () => pointer?.leave(),
    key: (event, inside) => inside && event.isTrusted && isShown() && move(event),
    dispose() {
      clearInterval(timer);
      pointer?.dispose();
    },
  };
}
