import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FrameBody } from "../src/bridge";
import type { OpenChat } from "../src/contract.gen";
import { type Watch, watch } from "../src/observe";
import { createRegistry } from "../src/registry";
import { page, parse, row, show } from "./page";

type RowsBody = Extract<FrameBody, { kind: "rows" }>;

let frames: FrameBody[];
let chats: (OpenChat | null)[];
let watching: Watch;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const now = () => performance.timeOrigin + performance.now();

async function until(done: () => boolean, ms = 3_000): Promise<void> {
  for (const end = Date.now() + ms; !done(); await sleep(10)) {
    if (Date.now() > end) throw new Error(`not in time; frames: ${frames.map(({ kind }) => kind).join(" ")}`);
  }
}

const rowFrames = () => frames.filter((frame): frame is RowsBody => frame.kind === "rows");
const sent = () =>
  rowFrames().flatMap(({ changes }) => changes.map(({ change, row: { id } }) => `${change} ${id}`));
const text = (id: string, words = `text of ${id}`) =>
  row({ id, side: "in", tail: true, sender: "Maria", text: `<span>${words}</span>` });
const list = () => document.querySelector('[role="application"] > div') as Element;

function append(html: string): void {
  for (const node of [...parse(html).body.childNodes]) list().append(document.importNode(node, true));
}

function begin(html: string): void {
  show(html);
  watching = watch({
    doc: document,
    registry: createRegistry(),
    send: (frame) => frames.push(frame),
    lang: () => document.documentElement.lang || null,
    now,
    onChat: (chat) => chats.push(chat),
  });
}

beforeEach(() => {
  frames = [];
  chats = [];
});
afterEach(() => watching.dispose());

describe("watch", () => {
  it("says what screen, which chat and which rows there are", async () => {
    begin(page({ rows: [text("A1"), text("A2")] }));
    await until(() => sent().length === 2 && frames.some(({ kind }) => kind === "chats"));
    expect(frames[0]).toMatchObject({ kind: "state", state: "ready", notices: [], qr: null, progress: null });
    expect(frames[1]).toEqual({
      kind: "chat",
      chat: { token: 1, title: "Maria", is_group: false, phone: null },
    });
    expect(sent()).toEqual(["baseline A1", "baseline A2"]);
    expect(rowFrames()[0]?.window).toEqual(["A1", "A2"]);
    expect(watching.openChat()?.token).toBe(1);
  });

  it("sends a row that comes after the baseline as new, soon, with the time of its insertion", async () => {
    begin(page({ rows: [text("A1")] }));
    await sleep(700);
    const before = now();
    append(text("A2"));
    await until(() => sent().includes("new A2"));
    const frame = rowFrames().at(-1);
    const seen = frame?.changes[0]?.seen_ms ?? 0;
    expect(seen).toBeGreaterThanOrEqual(before - 1);
    expect(seen).toBeLessThan(before + 100);
    expect(frame?.window).toEqual(["A1", "A2"]);
  });

  it("takes rows that come in blocks after opening as baseline", async () => {
    begin(page({ rows: [text("A5")] }));
    for (const id of ["A4", "A3"]) {
      await sleep(150);
      list().prepend(document.importNode(parse(text(id)).body.firstElementChild as Element, true));
    }
    await sleep(150);
    append(text("A6"));
    await sleep(600);
    append(text("A7"));
    await until(() => sent().length === 5);
    expect(sent()).toEqual(["baseline A5", "baseline A4", "baseline A3", "baseline A6", "new A7"]);
  });

  it("re-reads a row whose children come late, and one that is edited", async () => {
    begin(page({ rows: [text("A1")] }));
    await sleep(700);
    append(row({ id: "V1", side: "in", tail: true, body: '<div class="late"></div>' }));
    await sleep(60);
    expect(sent()).toEqual(["baseline A1"]);
    const late = parse('<button aria-label="Reproduzir mensagem de voz"></button>').body
      .firstElementChild as Element;
    document.querySelector(".late")?.append(document.importNode(late, true));
    await until(() => sent().includes("new V1"));
    expect(rowFrames().at(-1)?.changes[0]?.row.kind).toBe("voice");
    const words = document.querySelector('[data-id="A1"] .selectable-text span') as Element;
    words.textContent = "melhor assim";
    await until(() => sent().includes("edited A1"));
  });

  it("counts openings, and tells that no chat is open", async () => {
    begin(page({ rows: [text("A1")] }));
    await until(() => sent().length === 1);
    show(page({ title: "João", rows: [text("B1")] }));
    await until(() => sent().length === 2);
    expect(sent()).toEqual(["baseline A1", "baseline B1"]);
    expect(rowFrames().map(({ chat }) => [chat.token, chat.title])).toEqual([
      [1, "Maria"],
      [2, "João"],
    ]);
    document.querySelector("#main")?.remove();
    await until(() => chats.at(-1) === null);
    expect(frames.filter(({ kind }) => kind === "chat")).toHaveLength(3);
    expect(watching.openChat()).toBeNull();
  });

  it("sends everything again when asked, and nothing for typing", async () => {
    begin(page({ rows: [text("A1")] }));
    await sleep(700);
    const count = frames.length;
    document.querySelector("footer [contenteditable]")?.append("digitando");
    await sleep(400);
    expect(frames).toHaveLength(count);
    watching.readAll();
    await until(() => sent().length === 2);
    expect(sent()).toEqual(["baseline A1", "baseline A1"]);
    await until(() => frames.some(({ kind }) => kind === "anchors"));
    expect(frames.filter(({ kind }) => kind === "state")).toHaveLength(2);
  });
});

describe("a pause", () => {
  const read = () =>
    frames.filter(({ kind }) => kind === "rows" || kind === "chats" || kind === "typing").length;

  it("reads no row and no chat of the list, and still says which chat is open", async () => {
    begin(page({ rows: [text("A1")] }));
    await until(() => sent().length === 1);
    await sleep(700);
    watching.pause(true);
    const before = read();
    append(text("A2"));
    document.querySelector("#pane-side")?.append(document.createElement("div"));
    await sleep(500);
    expect(read()).toBe(before);
    document.querySelector("#main")?.remove();
    await until(() => chats.at(-1) === null);
    watching.readAll();
    await sleep(300);
    expect(read()).toBe(before);
  });

  it("ends with everything read again", async () => {
    begin(page({ rows: [text("A1")] }));
    await until(() => sent().length === 1);
    await sleep(700);
    watching.pause(true);
    append(text("A2"));
    await sleep(300);
    frames.length = 0;
    watching.pause(false);
    await until(() => sent().length === 2 && frames.some(({ kind }) => kind === "chats"));
    expect(sent()).toEqual(["baseline A1", "baseline A2"]);
    watching.pause(false);
    await sleep(100);
    expect(sent()).toHaveLength(2);
  });
});
