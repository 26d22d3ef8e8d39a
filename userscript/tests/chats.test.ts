import { describe, expect, it } from "vitest";
import { readChats } from "../src/chats";
import { phoneIn, readOpenChat } from "../src/open-chat";
import { createRegistry } from "../src/registry";
import { page, parse, row } from "./page";

const registry = createRegistry();

interface ChatSketch {
  readonly title: string;
  readonly top: number;
  readonly last?: string;
  readonly badge?: string;
  readonly author?: string;
  readonly icon?: string;
  readonly open?: boolean;
  readonly time?: string;
  readonly extra?: string;
  readonly draft?: string;
}

function chatRow({
  title,
  top,
  last,
  badge,
  author,
  icon,
  open,
  time = "10:32",
  extra = "",
  draft,
}: ChatSketch): string {
  const who = author ? `<div><span dir="auto">${author}</span></div><span>:&nbsp;</span>` : "";
  const ticks = icon ? `<svg><title>${icon}</title></svg>` : "";
  const drafted = draft ? `<span>Rascunho:</span> <span title="${draft}">${draft}</span>` : "";
  const preview =
    last === undefined
      ? drafted
      : `<span data-testid="last-msg-status" title="\u202a${last}\u202c">${ticks}${extra}${who}<span dir="ltr">${last.slice(0, 8)}…</span></span>`;
  return `<div role="row" data-testid="list-item-0" style="height:76px; transform:translateY(${top}px)"><div role="gridcell"><div aria-selected="${open === true}"><div data-testid="cell-frame-container">
    <div><div role="gridcell" aria-colindex="2"><div data-testid="cell-frame-title"><span dir="auto" title="\u200e${title}">${title.slice(0, 4)}</span></div><div data-testid="cell-frame-primary-detail"><span>${time}</span></div></div>
    <div data-testid="cell-frame-secondary"><div>${preview}</div><div role="gridcell" aria-colindex="1">${badge ?? ""}</div></div></div></div></div></div></div>`;
}

const badge = (number: string) =>
  `<span data-testid="icon-unread-count" aria-label="${number} mensagens não lidas"><span>${number}</span></span>`;

function read(...sketches: ChatSketch[]) {
  const list = `<div role="grid">${sketches.map(chatRow).join("")}</div>`;
  return readChats(parse(page({ list })), registry, "pt-BR", new Date(2026, 6, 15, 9, 0));
}

describe("readChats", () => {
  it("tells the day of the last message where the list's words do", () => {
    const times = ["10:32", "Ontem", "segunda-feira", "12/07/2026", "3/8/2026", "semana passada"];
    const chats = read(...times.map((time, i) => ({ title: `C${i}`, top: i * 76, last: "oi", time })));
    expect(chats.map(({ last_clock, last_date }) => [last_clock, last_date])).toEqual([
      ["10:32", "2026-07-15"],
      [null, "2026-07-14"],
      [null, "2026-07-13"],
      [null, "2026-07-12"],
      [null, "2026-08-03"],
      [null, null],
    ]);
  });

  it("tells a picture and a reaction from words", () => {
    const extra = '<span data-testid="chat-msg-symbol"><svg></svg></span>';
    const [photo, words, reaction] = read(
      { title: "A", top: 0, last: "Foto", extra },
      { title: "B", top: 76, last: "Foto", extra: '<span data-testid="chat-msg-symbol"></span>' },
      { title: "C", top: 152, last: "Reagiu com ❤️ a: “Chegou!”" },
    );
    expect([photo?.last_media, words?.last_media, reaction?.last_media]).toEqual([true, false, true]);
  });

  it.each([
    ['<span data-icon="status-image"><svg></svg></span>', "2025"],
    ['<span data-testid="status-ptt" data-icon="status-ptt"><svg></svg></span>', "2023"],
    ['<span data-testid="status-sticker"><svg></svg></span>', "a test id and no data-icon"],
    ['<span data-testid="status-vcard"></span>', "a test id and no drawing"],
    ["<svg><title>ic-image</title></svg>", "the title of a drawing"],
    ['<span><span aria-hidden="true"><svg></svg></span></span>', "no name at all"],
  ])("takes an icon that is no tick for a picture and the like: %s (%s)", (symbol) => {
    const older = (icons: string, beside = "") =>
      `<div role="listitem" style="transform:translateY(0px)"><div><div role="gridcell" aria-colindex="2"><div><span dir="auto" title="Ana">Ana</span></div><div><span>10:32</span></div></div>
       <div><div><span title="\u202aFoto\u202c">${icons}<span dir="ltr">Foto</span></span></div><div role="gridcell" aria-colindex="1">${beside}</div></div></div></div>`;
    const tick = '<span data-icon="status-dblcheck"><svg><title>status-dblcheck</title></svg></span>';
    const muted =
      '<div aria-label="Silenciada"><span data-testid="muted" data-icon="muted"><svg></svg></span></div><span data-icon="pinned2"><svg><title>pinned2</title></svg></span>';
    const [theirs, ours, words, ourWords] = [symbol, tick + symbol, "", tick].map(
      (icons) => readChats(parse(page({ list: older(icons, muted) })), registry, "pt-BR", null)[0] ?? null,
    );
    expect(theirs).toMatchObject({ title: "Ana", last_text: "Foto", last_direction: "in", last_media: true });
    expect(ours).toMatchObject({ last_direction: "out", last_media: true });
    expect(words).toMatchObject({ last_direction: "in", last_media: false });
    expect(ourWords).toMatchObject({ last_direction: "out", last_media: false });
    const [newer] = read({ title: "Ana", top: 0, last: "Foto", extra: symbol, icon: "wds-ic-read" });
    expect(newer).toMatchObject({ last_direction: "out", last_media: true });
  });

  it("reads whole titles and texts without bidi marks, in the order that is shown", () => {
    const chats = read(
      { title: "Padaria Bom Dia", top: 76, last: "Tem pão de queijo hoje à tarde?", badge: badge("3") },
      { title: "Zé 🌮", top: 0, last: "Até amanhã", icon: "wds-ic-read", open: true, time: "Ontem" },
    );
    expect(chats).toEqual([
      {
        title: "Zé 🌮",
        unread: 0,
        last_text: "Até amanhã",
        last_author: null,
        last_direction: "out",
        last_time: "Ontem",
        last_clock: null,
        last_date: "2026-07-14",
        last_media: false,
        is_open: true,
      },
      {
        title: "Padaria Bom Dia",
        unread: 3,
        last_text: "Tem pão de queijo hoje à tarde?",
        last_author: null,
        last_direction: "in",
        last_time: "10:32",
        last_clock: "10:32",
        last_date: "2026-07-15",
        last_media: false,
        is_open: false,
      },
    ]);
  });

  it("reads authors of groups, thousands, and badges without a number", () => {
    const [group, many, marked, empty] = read(
      { title: "Grupo", top: 0, last: "oi gente", author: "Bia" },
      { title: "Muitas", top: 76, last: "oi", badge: badge("1.227") },
      {
        title: "Marcada",
        top: 152,
        last: "oi",
        badge: '<span data-testid="icon-unread-count" aria-label="Não lida"></span>',
      },
      { title: "Vazia", top: 228 },
    );
    expect(group).toMatchObject({ last_author: "Bia", last_direction: "in" });
    expect(many?.unread).toBe(1227);
    expect(marked?.unread).toBeNull();
    expect(empty).toMatchObject({ last_text: null, last_direction: "unknown", unread: 0 });
  });

  it("does not say who wrote where the preview speaks of us", () => {
    expect(read({ title: "A", top: 0, last: "Você apagou esta mensagem" })[0]?.last_direction).toBe(
      "unknown",
    );
    expect(read({ title: "A", top: 0, last: "oi", author: "Você" })[0]).toMatchObject({
      last_author: null,
      last_direction: "out",
    });
  });

  it("takes unread messages for theirs, a sticker's icon for no tick, and a draft for no message", () => {
    expect(
      read({ title: "A", top: 0, last: "oi", icon: "wds-ic-read", badge: badge("1") })[0]?.last_direction,
    ).toBe("in");
    const sticker = '<span data-testid="chat-msg-symbol"><svg><title>wds-ic-delivered</title></svg></span>';
    expect(read({ title: "A", top: 0, last: "Figurinha", extra: sticker })[0]?.last_direction).toBe("in");
    const draft = read({ title: "A", top: 0, draft: "ainda não" })[0];
    expect(draft).toMatchObject({ last_text: null, last_direction: "unknown" });
  });

  it("leaves out section headers of search results", () => {
    const header =
      '<div role="row" data-testid="list-item-9" style="transform:translateY(0px)"><div>Conversas</div></div>';
    expect(readChats(parse(page({ list: header })), registry, "pt-BR", null)).toEqual([]);
  });
});

describe("readOpenChat", () => {
  const open = (html: string) => readOpenChat(parse(html), registry, "pt-BR");

  it("reads title, emoji and phone number", () => {
    expect(open(page({ title: 'Zé <img alt="🌮"> Luz\u200e' }))).toEqual({
      title: "Zé 🌮 Luz",
      is_group: false,
      phone: null,
    });
    expect(open(page({ title: "+55 11 90000-0000" }))).toEqual({
      title: "+55 11 90000-0000",
      is_group: false,
      phone: "+5511900000000",
    });
  });

  it("knows a group by its members, its authors or its old ids", () => {
    expect(open(page({ subtitle: "Ana, Bia, Você" }))?.is_group).toBe(true);
    expect(open(page({ subtitle: "online" }))?.is_group).toBe(false);
    expect(open(page({ rows: [row({ author: "Bia", side: "in", text: "x" })] }))?.is_group).toBe(true);
    expect(
      open(page({ rows: [row({ quote: { author: "Bia", text: "x" }, side: "in", text: "x" })] }))?.is_group,
    ).toBe(false);
    expect(open(page({ generation: "2025", rows: [row({ group: true }, "2025")] }))?.is_group).toBe(true);
    expect(
      open(page({ generation: "2025", subtitle: "Ana, Bia, Você", rows: [row({}, "2025")] }))?.is_group,
    ).toBe(false);
  });

  it("is null without a conversation", () => {
    expect(open('<html><body><div id="app"></div></body></html>')).toBeNull();
  });

  it("takes no other title for a phone number", () => {
    expect(["Loja 24h", "+55", "11 90000-0000", "+55 11 Maria"].map(phoneIn)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
