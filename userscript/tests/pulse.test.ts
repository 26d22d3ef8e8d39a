import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameBody } from "../src/bridge";
import { type Watch, watch } from "../src/observe";
import { brokenAnchors, PULSE_MS } from "../src/pulse";
import { createRegistry } from "../src/registry";
import { page, parse, row, show } from "./page";

type Pulse = Extract<FrameBody, { kind: "pulse" }>;

const text = (id: string, words = `text of ${id}`) =>
  row({ id, side: "in", tail: true, sender: "Maria", text: `<span>${words}</span>` });
const list =
  '<div role="grid" aria-rowcount="1"><div role="row" data-testid="list-item-0"><div aria-selected="true">' +
  '<div data-testid="cell-frame-title"><span dir="auto" title="Maria">Maria</span></div></div></div></div>';
const rows = ["A1", "A2", "A3", "A4"].map((id) =>
  text(id, "uma mensagem com palavras que bastam para contar"),
);

describe("the pulse", () => {
  let frames: FrameBody[];
  let watching: Watch;
  let observers: MutationObserver[];

  const pulses = () => frames.filter((frame): frame is Pulse => frame.kind === "pulse");
  const append = (html: string) => {
    const list = document.querySelector('[role="application"] > div') as Element;
    for (const node of [...parse(html).body.childNodes]) list.append(document.importNode(node, true));
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    frames = [];
    observers = [];
    const Real = MutationObserver;
    vi.stubGlobal(
      "MutationObserver",
      class extends Real {
        constructor(callback: MutationCallback) {
          super(callback);
          observers.push(this);
        }
      },
    );
    show(page({ rows, list }));
    watching = watch({
      doc: document,
      registry: createRegistry(),
      send: (frame) => frames.push(frame),
      lang: () => "pt-BR",
      now: () => performance.timeOrigin + performance.now(),
      onChat: () => undefined,
    });
  });

  afterEach(() => {
    watching.dispose();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** Real message channels between steps of the faked clock. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      await vi.advanceTimersByTimeAsync(Math.min(50, left));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it("beats every five seconds and finds nothing wrong on a quiet page", async () => {
    await pass(3 * PULSE_MS + 100);
    expect(pulses()).toHaveLength(3);
    expect(pulses().at(-1)).toMatchObject({ missed: 0, broken: [], worn: [], online: true });
    expect(pulses().every(({ late_ms }) => late_ms < 200)).toBe(true);
  });

  it("finds what a dead observer did not announce, and observes again", async () => {
    await pass(PULSE_MS + 100);
    for (const observer of observers) observer.disconnect();
    append(text("B1"));
    await pass(PULSE_MS);
    expect(pulses().at(-1)?.missed).toBe(1);
    const ids = frames.flatMap((frame) =>
      frame.kind === "rows" ? frame.changes.map(({ row: { id } }) => id) : [],
    );
    expect(ids.filter((id) => id === "B1")).toHaveLength(1);
    append(text("B2"));
    await pass(1_000);
    expect(JSON.stringify(frames)).toContain('"B2"');
    await pass(PULSE_MS);
    expect(pulses().at(-1)?.missed).toBe(0);
  });

  it("does not count what an observer has announced", async () => {
    await pass(PULSE_MS - 30);
    append(text("B1"));
    await pass(2 * PULSE_MS);
    expect(pulses().every(({ missed }) => missed === 0)).toBe(true);
  });

  it("names what is found by an older sign than before", async () => {
    await pass(PULSE_MS + 100);
    document.querySelector("#pane-side")?.removeAttribute("id");
    await pass(PULSE_MS);
    expect(pulses().at(-1)?.worn).toContain("ready");
  });

  it("ends with the watch", async () => {
    watching.dispose();
    await pass(2 * PULSE_MS);
    expect(pulses()).toHaveLength(0);
  });
});

describe("brokenAnchors", () => {
  const registry = createRegistry();
  const broken = (change: (doc: Document) => void = () => undefined, html = page({ rows, list })) => {
    const doc = parse(html);
    change(doc);
    return brokenAnchors(doc, registry, "pt-BR");
  };
  /** Take away every attribute that the anchor's selectors may hold on to. */
  const blur = (doc: Document, name: string) => {
    for (const element of doc.querySelectorAll(registry.any(name)))
      for (const attribute of [...element.attributes]) element.removeAttribute(attribute.name);
  };

  it("is empty for a whole page", () => expect(broken()).toEqual([]));

  it.each(["chat_grid", "chat_row", "chat_name", "chat_title", "composer"])(
    "notices that %s is gone",
    (name) => {
      expect(
        broken((doc) => {
          for (let turn = 0; turn < 4; turn += 1) blur(doc, name);
        }),
      ).toContain(name);
    },
  );

  it("notices rows without the signs of rows", () => {
    expect(
      broken((doc) => {
        for (const element of doc.querySelectorAll("#main [data-testid], #main [data-id], #main [class]"))
          if (!element.closest("header, footer"))
            for (const name of ["data-testid", "data-id", "class", "data-pre-plain-text"])
              element.removeAttribute(name);
      }),
    ).toContain("message");
  });

  it("asks nothing of a chat that cannot be written to, of an empty account, or of other screens", () => {
    expect(
      broken((doc) =>
        doc
          .querySelector("footer")
          ?.replaceWith(parse('<div data-testid="block-message"></div>').body.firstChild as Node),
      ),
    ).toEqual([]);
    expect(broken(undefined, '<div id="pane-side"><div role="grid" aria-rowcount="0"></div></div>')).toEqual(
      [],
    );
    expect(broken(undefined, '<div data-testid="link-device-qr-code" data-ref="2@x"></div>')).toEqual([]);
  });
});
