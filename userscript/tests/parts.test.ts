import { afterEach, describe, expect, it, vi } from "vitest";
import table from "../selectors.json";
import { createBridge } from "../src/bridge";
import { parseMessageId } from "../src/ids";
import { inspect } from "../src/inspect";
import { createRegistry } from "../src/registry";
import { readScreen } from "../src/state";
import { page, parse, row } from "./page";

const registry = createRegistry();

describe("parseMessageId", () => {
  it.each([
    ["3EB0A1B2C3D4E5F60718", "3EB0A1B2C3D4E5F60718", null, null],
    ["false_5511900000000@c.us_3EB0A1", "3EB0A1", false, "5511900000000@c.us"],
    ["true_123456789012345@lid_A5C0", "A5C0", true, "123456789012345@lid"],
    ["false_120363041234567890@g.us_3A01_5511911111111@c.us", "3A01", false, "120363041234567890@g.us"],
    ["false_120363041234567890@g.us_3A01_123456789012345@lid", "3A01", false, "120363041234567890@g.us"],
    ["true_5511900000000@c.us_3EB0A1_out", "3EB0A1", true, "5511900000000@c.us"],
    ["album-false_5511900000000@c.us_3EB0A1-4", "3EB0A1", false, "5511900000000@c.us"],
  ])("%s", (raw, id, fromMe, jid) => expect(parseMessageId(raw)).toEqual({ id, fromMe, jid }));
});

describe("registry", () => {
  it("has a reason and a date for every selector, and no hashed class", () => {
    for (const anchor of table.anchors) {
      expect(anchor.purpose).not.toBe("");
      expect(anchor.alternatives.length).toBeGreaterThan(0);
      for (const { css, why, seen } of anchor.alternatives) {
        expect(why).not.toBe("");
        expect(seen).toMatch(/^20\d\d(-\d\d)?$/);
        expect(css).not.toMatch(/\.(x[0-9a-z]{5,}|_[0-9a-zA-Z]{3,6})\b/);
        expect(() => document.querySelector(css)).not.toThrow();
      }
    }
    expect(new Set(table.anchors.map(({ name }) => name)).size).toBe(table.anchors.length);
  });

  it("names the rank of the selector that matched", () => {
    const doc = parse(page({ generation: "2025", rows: [row({}, "2025")] }));
    expect(registry.find("chat_title", doc)?.rank).toBe(1);
    const report = registry.report(doc);
    expect(report.message).toEqual({ rank: 0, matches: 1 });
    expect(report.qr).toEqual({ rank: null, matches: 0 });
  });

  it("puts the profile's selectors first and refuses those that are none", () => {
    const own = createRegistry({ chat_title: ["h1.mine", ":::"], brand_new: ["b"] });
    const doc = parse("<h1 class='mine'>A</h1><b>x</b>");
    expect(own.find("chat_title", doc)?.rank).toBe(0);
    expect(own.find("brand_new", doc)?.element.tagName).toBe("B");
    expect(own.refused).toEqual([":::"]);
    expect(() => own.find("no such anchor", doc)).toThrow("no anchor named");
  });
});

describe("readScreen", () => {
  const screen = (body: string) => readScreen(parse(`<body>${body}</body>`), registry);

  it("knows every screen", () => {
    expect(
      screen('<div id="wa_web_initial_startup"><progress value="0" max="100"></progress></div>').state,
    ).toBe("bootstrap");
    expect(
      screen('<div data-testid="wa-web-loading-screen"><progress value="37" max="100"></progress></div>'),
    ).toEqual({
      state: "syncing",
      qr: null,
      progress: 37,
    });
    expect(
      screen('<div data-testid="link-device-qr-code" data-ref="2@a,b,c"><canvas></canvas></div>'),
    ).toEqual({
      state: "qr",
      qr: "2@a,b,c",
      progress: null,
    });
    expect(screen('<div id="pane-side"></div><progress value="1"></progress>').state).toBe("ready");
    expect(screen("<p></p>").state).toBe("unknown");
  });
});

describe("bridge", () => {
  afterEach(() => {
    globalThis.balcaoSend = undefined;
    vi.useRealTimers();
  });

  it("numbers frames, keeps them until the binding is there, and keeps their order", () => {
    vi.useFakeTimers();
    const send = createBridge(() => 5);
    send({ kind: "echo", nonce: 1 });
    send({ kind: "echo", nonce: 2 });
    const got: unknown[] = [];
    globalThis.balcaoSend = (json) => got.push(JSON.parse(json));
    send({ kind: "echo", nonce: 3 });
    vi.advanceTimersByTime(60);
    send({ kind: "echo", nonce: 4 });
    expect(got).toEqual([1, 2, 3, 4].map((n) => ({ kind: "echo", nonce: n, v: 1, seq: n, at_ms: 5 })));
  });
});

describe("inspect", () => {
  it("has the keys that are promised and leaves out what cannot be read", () => {
    const virtual = '<div role="row"><div data-id="V"><div data-virtualized="true"></div></div></div>';
    const doc = parse(
      page({ rows: [virtual, row({ side: "in", tail: true, sender: "Maria", text: "<span>oi</span>" })] }),
    );
    const read = inspect(doc, registry, "pt-BR");
    expect(read.title).toBe("Maria");
    expect(read.rows.map((one) => Object.keys(one).sort())).toEqual([
      [
        "author",
        "date",
        "direction",
        "edited",
        "forwarded",
        "id",
        "kind",
        "quoted",
        "status",
        "text",
        "time",
      ],
    ]);
    expect(read.anchors.message?.matches).toBe(2);
  });
});
