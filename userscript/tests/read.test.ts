import { describe, expect, it } from "vitest";
import { readRow, readRows } from "../src/read";
import { type Generation, page, parse, type RowSketch, row, type Tongue, WORDS } from "./page";
import { context, ID, only, rowsOf } from "./reading";

const GENERATIONS: Generation[] = ["2026", "2025"];
const TONGUES: Tongue[] = ["pt-BR", "en", "es"];

describe.each(GENERATIONS)("rows of the generation of %s", (generation) => {
  describe.each(TONGUES)("in %s", (tongue) => {
    const words = WORDS[tongue];
    const read = (sketch: RowSketch) => only(sketch, generation, tongue);

    it("reads a text of the customer", () => {
      const sketch: RowSketch = {
        side: "in",
        tail: true,
        label: "Maria",
        sender: "Maria",
        text: "<span>Oi 🙂</span>",
      };
      expect(read(sketch)).toEqual({
        id: ID,
        kind: "text",
        direction: "in",
        author: "Maria",
        text: "Oi 🙂",
        time: "20:31",
        date: "2026-07-11",
        status: null,
        quoted: null,
        edited: false,
        forwarded: false,
        reactions: [],
        truncated: false,
        file_name: null,
      });
    });

    it.each(["pending", "sent", "delivered", "read"] as const)("reads our own text that is %s", (status) => {
      const sketch: RowSketch = {
        side: "out",
        tail: true,
        label: "you",
        sender: "Loja",
        text: "<span>Bom dia</span>",
        status,
      };
      expect(read(sketch)).toMatchObject({
        kind: "text",
        direction: "out",
        author: "Loja",
        text: "Bom dia",
        status,
      });
    });

    it("reads quote, edited mark and forwarded mark, and no reaction", () => {
      const sketch: RowSketch = {
        side: "in",
        tail: true,
        sender: "Maria",
        text: "<span>resposta</span>",
        quote: { author: words.you, text: "pergunta" },
        edited: true,
        forwarded: true,
        reaction: "👍",
      };
      expect(read(sketch)).toMatchObject({
        text: "resposta",
        quoted: { author: words.you, text: "pergunta" },
        edited: true,
        forwarded: true,
      });
    });

    it("reads a picture with and without its caption", () => {
      const thumb = generation === "2026" ? ' data-testid="image-thumb"' : "";
      const picture = `<div${thumb} role="button" aria-label="${words.openPicture}"><img src="blob:x"><img src="data:image/jpeg;base64,AA"></div>`;
      expect(read({ side: "in", tail: true, body: picture })).toMatchObject({
        kind: "image",
        text: null,
        direction: "in",
        time: "20:31",
      });
      const captioned = read({
        side: "in",
        tail: true,
        sender: "Maria",
        body: picture,
        text: "<span>olha</span>",
      });
      expect(captioned).toMatchObject({ kind: "image", text: "olha", author: "Maria" });
    });

    it("reads a voice message, and takes its length for no time", () => {
      const player = `<span aria-label="${words.voice}"></span><button aria-label="${words.playVoice}"></button><div role="slider" aria-valuetext="0:00/1:16"></div><div>1:16</div>`;
      const sketch: RowSketch = {
        side: "out",
        tail: true,
        label: "you",
        body: player,
        time: "09:05",
        status: "read",
      };
      expect(read(sketch)).toMatchObject({
        kind: "voice",
        direction: "out",
        text: null,
        time: "09:05",
        status: "read",
      });
    });

    it("tells a deleted message from a customer's words about one", () => {
      expect(read({ side: "in", tail: true, body: `<div>${words.deleted}</div>` })).toMatchObject({
        kind: "deleted",
        text: null,
      });
      const icon = '<span data-icon="recalled"><svg><title>recalled</title></svg></span>';
      expect(read({ side: "in", tail: true, body: `${icon}<div>…</div>` })).toMatchObject({
        kind: "deleted",
        text: null,
      });
      const spoken = read({ side: "in", tail: true, sender: "Maria", text: `<span>${words.deleted}</span>` });
      expect(spoken).toMatchObject({ kind: "text", text: words.deleted });
    });

    it("reads a message that is still on its way as waiting", () => {
      expect(read({ side: "in", tail: true, body: `<div>${words.waiting}</div>` })).toMatchObject({
        kind: "waiting",
        text: null,
      });
    });

    it("reads a notice of the page as nobody's", () => {
      const body = '<div data-testid="system_message"><span>As mensagens são protegidas.</span></div>';
      expect(read({ side: "in", notice: true, body })).toMatchObject({
        kind: "system",
        direction: "unknown",
        author: null,
        text: "As mensagens são protegidas.",
        status: null,
      });
    });

    it("takes a star for no tick", () => {
      const starred = only(
        { side: "in", sender: "Maria", text: "<span>oi</span>", starred: true },
        generation,
        tongue,
      );
      expect(starred.direction).toBe("in");
      expect(starred.status).toBeNull();
    });
  });
});

describe("one row alone", () => {
  const sketch: RowSketch = {
    side: "out",
    tail: true,
    label: "you",
    sender: "Loja",
    text: "<span>Olá</span>",
    status: "delivered",
  };
  const expected = {
    kind: "text",
    direction: "out",
    author: "Loja",
    text: "Olá",
    time: "20:31",
    date: "2026-07-11",
    status: "delivered",
  };

  it.each(GENERATIONS)("is read without the page around it (%s)", (generation) => {
    const [alone] = rowsOf(`<html lang="pt-BR"><body>${row(sketch, generation)}</body></html>`);
    expect(alone).toMatchObject({ id: ID, ...expected });
  });

  it("is read without its id, from the bubble or the copyable part only", () => {
    const doc = parse(row(sketch));
    for (const css of ['[data-testid="msg-container"]', ".focusable-list-item"]) {
      const part = doc.querySelector(css)?.outerHTML ?? "";
      expect(rowsOf(`<html lang="pt-BR"><body>${part}</body></html>`)[0]).toMatchObject({
        id: null,
        ...expected,
      });
    }
    const copyable = doc.querySelector(".copyable-text")?.outerHTML ?? "";
    expect(rowsOf(`<html lang="pt-BR"><body>${copyable}</body></html>`)[0]).toMatchObject({
      id: null,
      ...expected,
      direction: "unknown",
      status: null,
    });
  });

  it("gives the same through readRow", () => {
    const doc = parse(`<html lang="pt-BR"><body>${row(sketch)}</body></html>`);
    expect(readRow(doc.querySelector("[data-id]") as Element, context("pt-BR"))).toMatchObject({
      id: ID,
      ...expected,
    });
  });
});

describe("rows that are not there", () => {
  it("a virtualised row is not an empty message", () => {
    const gone =
      '<div role="row"><div data-id="AA" data-testid="conv-msg-AA"><div data-virtualized="true" style="min-height:60px"></div></div></div>';
    const doc = parse(
      page({ rows: [gone, row({ id: "AB", side: "in", tail: true, sender: "M", text: "<span>x</span>" })] }),
    );
    const seen = readRows(doc, context("pt-BR"));
    expect(seen.map(({ id }) => id)).toEqual(["AA", "AB"]);
    expect(seen[0]?.row).toBeNull();
  });

  it("a row is not counted twice, nor are ids of the chat list rows", () => {
    const rows = rowsOf(
      page({
        list: '<div data-id="X">x</div>',
        rows: [row({ side: "in", tail: true, sender: "M", text: "<span>x</span>" })],
      }),
    );
    expect(rows).toHaveLength(1);
  });

  it("a known row is not read again until it is marked", () => {
    const doc = parse(
      page({ rows: [row({ side: "in", tail: true, sender: "M", text: "<span>um</span>" })] }),
    );
    const cache = new WeakMap();
    const text = () => readRows(doc, { ...context("pt-BR"), cache })[0]?.row?.text;
    expect(text()).toBe("um");
    (doc.querySelector(".selectable-text span") as Element).textContent = "dois";
    expect(text()).toBe("um");
    cache.delete(doc.querySelector("[data-id]") as Element);
    expect(text()).toBe("dois");
  });
});
