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

  it("puts a profile's selectors first, and takes them back", () => {
    const own = createRegistry({ chat_title: ["h1.mine"] });
    const doc = parse("<h1 class='mine'>A</h1>");
    expect(own.find("chat_title", doc)?.rank).toBe(0);
    own.override({});
    expect(own.find("chat_title", doc)).toBeNull();
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
    ).toMatchObject({
      state: "syncing",
      qr: null,
      progress: 37,
    });
    expect(
      screen('<div data-testid="link-device-qr-code" data-ref="2@a,b,c"><canvas></canvas></div>'),
    ).toMatchObject({
      state: "qr",
      qr: "2@a,b,c",
      progress: null,
    });
    expect(screen('<div id="pane-side"></div><progress value="1"></progress>').state).toBe("ready");
    expect(screen("<p></p>").state).toBe("unknown");
    const popup =
      '<div data-testid="confirm-popup"><button data-testid="popup-controls-ok">Usar aqui</button></div>';
    expect(screen(popup).state).toBe("conflict");
    expect(screen('<div data-testid="lock-screen-landing-window"></div>').state).toBe("screen_lock");
    expect(screen('<div data-testid="link_device_qr_expired_refresh_button"></div>').state).toBe(
      "qr_expired",
    );
    const code =
      '<div data-testid="link-device-phone-number-code-view" data-link-code="A,B,C,D,1,2,3,4"></div>';
    expect(screen(code)).toMatchObject({ state: "pairing", link_code: "ABCD1234" });
  });

  it.each([
    ["O WhatsApp funciona com o Google Chrome 85+", "unsupported"],
    ["WhatsApp works with Google Chrome 85+", "unsupported"],
    ["Sua conta está temporariamente bloqueada", "temp_ban"],
    ["You are temporarily banned from WhatsApp", "temp_ban"],
    ["Saindo…", "logging_out"],
    ["O WhatsApp está aberto em outra janela. Fechar Usar aqui", "conflict"],
    ["Logging out", "logging_out"],
    ["Olá", "unknown"],
  ])("knows a screen by its words: %s", (words, state) => {
    expect(screen(`<div id="app">${words}</div>`).state).toBe(state);
    // A page of chats whose list could not be found says nothing by what customers write.
    expect(screen(`<div id="app">${words}${"conversa ".repeat(200)}</div>`).state).toBe("unknown");
  });

  it.each([
    ['<div data-testid="chat-butterbar-offline"></div>', ["offline"]],
    ['<div data-testid="chat-butterbar">Conectando…</div>', ["connecting"]],
    ['<div data-testid="chat-butterbar">Computador sem conexão</div>', ["offline"]],
    ['<div data-testid="chat-butterbar">Update available</div>', ["update"]],
    ['<div data-testid="chat-butterbar">Ative as notificações</div>', []],
    ['<div role="dialog" aria-modal="true">Novidades</div>', ["dialog"]],
    [
      '<div role="dialog" aria-modal="true"><button data-testid="popup-controls-refresh"></button></div>',
      ["reload"],
    ],
    ['<div id="main"><div data-testid="block-message"></div></div>', ["blocked"]],
    [
      '<div id="main"><footer><div data-testid="reachout-timelock-compose-bar"></div></footer></div>',
      ["restricted"],
    ],
  ])("reads what lies over the chats: %s", (html, notices) => {
    expect(screen(`<div id="pane-side"></div>${html}`)).toMatchObject({ state: "ready", notices });
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
        "reactions",
        "status",
        "text",
        "time",
      ],
    ]);
    expect(read.anchors.message?.matches).toBe(2);
  });
});
