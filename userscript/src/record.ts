/**
 * Records the document for a replay: a script of its own, in a world of its own, there only while somebody records.
 *
 * What goes out still holds every word of the page; the agent replaces them before anything is written down.
 */
import { record } from "@rrweb/record";
import type { eventWithTime, serializedNodeWithId } from "@rrweb/types";
import { elementOf, IncrementalSource, type Mutations, RecordedType } from "./record-events";

interface Recorder {
  /** Take a whole picture now: what follows is understood without what was before. */
  whole(): void;
  /** Hand over what waits, and end. */
  stop(): void;
}

declare global {
  var balcaoRecorder: Recorder | undefined;
  /** Added by the agent to this world. */
  var balcaoRecorded: ((json: string) => void) | undefined;
}

/** So long events are gathered, in milliseconds: their words are not replaced while their message is being captured. */
const GATHER_MS = 1_000;
/** Then they are handed over when the page has time, and at the latest after so long. */
const LATEST_MS = 1_000;
/** A batch of so many events goes at once. */
const MOST_EVENTS = 400;
/** How often a scroll is noted, in milliseconds: it is for the picture alone, nothing is read from it. */
const SCROLL_MS = 500;

/** The card stands beside the body, in a closed shadow root; what it shows is no part of the page. */
const OWN = "html > div";
/** Frames and what plays in them are not looked into. */
const FOREIGN = "iframe, frame, object, embed";

/** What is kept of what the recorder tells: no mouse, no media, no canvas, no fonts. */
const KEPT: ReadonlySet<number> = new Set([
  IncrementalSource.Mutation,
  IncrementalSource.Scroll,
  IncrementalSource.ViewportResize,
  IncrementalSource.Input,
  IncrementalSource.AdoptedStyleSheet,
]);
const SIZED: ReadonlySet<string> = new Set(["img", "video", "canvas"]);

/**
 * Worlds like this one have no custom elements. The recorder asks for them at every element and catches the error: it
 * took 28 ms a message, more than everything else together.
 */
function withoutCustomElements(): void {
  const none = { get: () => undefined, define: () => undefined };
  if (!globalThis.customElements) Object.defineProperty(globalThis, "customElements", { value: none });
}

function start(): Recorder {
  withoutCustomElements();
  let waiting: eventWithTime[] = [];
  let batch = 0;
  let asked = false;

  function flush(): void {
    asked = false;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    batch += 1;
    globalThis.balcaoRecorded?.(JSON.stringify({ batch, about: about(), events }));
  }

  function keep(event: eventWithTime): void {
    if (event.type === RecordedType.IncrementalSnapshot) {
      if (!KEPT.has(event.data.source)) return;
      if (event.data.source === IncrementalSource.Mutation)
        for (const { node } of (event.data as Mutations).adds) sizesIn(node);
    } else if (event.type === RecordedType.FullSnapshot) sizesIn(event.data.node);
    else if (event.type !== RecordedType.Meta) return;
    waiting.push(event);
    if (waiting.length >= MOST_EVENTS) flush();
    else if (!asked) {
      asked = true;
      setTimeout(() => requestIdleCallback(flush, { timeout: LATEST_MS }), GATHER_MS);
    }
  }

  const end = record({
    emit: keep,
    blockSelector: `${OWN}, ${FOREIGN}`,
    maskAllInputs: true,
    slimDOMOptions: "all",
    inlineStylesheet: true,
    inlineImages: false,
    collectFonts: false,
    recordCanvas: false,
    recordCrossOriginIframes: false,
    recordAfter: "DOMContentLoaded",
    sampling: {
      mousemove: false,
      mouseInteraction: false,
      scroll: SCROLL_MS,
      media: SCROLL_MS,
      input: "last",
    },
  });
  addEventListener("pagehide", flush);

  return {
    whole() {
      record.takeFullSnapshot(true);
      flush();
    },
    stop() {
      removeEventListener("pagehide", flush);
      end?.();
      flush();
    },
  };
}

/** What the page's times are to be read with. */
function about(): { lang: string | null; zone: string | null; width: number; height: number } {
  return {
    lang: document.documentElement.lang || null,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || null,
    width: innerWidth,
    height: innerHeight,
  };
}

/** Pictures are left out, and their places kept: a bubble leans to the same side without its photograph. */
function sizesIn(root: serializedNodeWithId): void {
  const element = elementOf(root);
  if (element && SIZED.has(element.tagName) && !element.attributes.alt) {
    const node = record.mirror.getNode(element.id);
    const box = node instanceof Element ? node.getBoundingClientRect() : null;
    if (box && box.width > 0 && box.height > 0) {
      element.attributes.rr_width = `${Math.round(box.width)}px`;
      element.attributes.rr_height = `${Math.round(box.height)}px`;
    }
  }
  if ("childNodes" in root) for (const child of root.childNodes) sizesIn(child);
}

// Every frame of the tab is given the script, those that the recorder opens for itself among them.
if (window.top === window) {
  globalThis.balcaoRecorder?.stop();
  globalThis.balcaoRecorder = start();
}
