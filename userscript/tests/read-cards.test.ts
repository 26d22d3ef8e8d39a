/** Rows that hold more than their own text: ads, previews, headings and buttons of a business, contact cards, players. */
import { describe, expect, it } from "vitest";
import { only, rowsOf } from "./reading";

const PLAY = '<div><span data-icon="media-play"><svg><title>media-play</title></svg></span></div>';
const BOTH = ["2026", "2025"] as const;

function ad(inside: string): string {
  return `<div><div><div><div>rede.example</div><img alt="" src="data:image/jpeg;base64,AA">${inside}</div></div>
    <a href="https://rede.example/1"><div title="Troca de tela"><span dir="auto">Troca de tela</span></div></a></div>`;
}

describe("cards beside the text", () => {
  it.each(BOTH)("the ad that a customer came from is not the message (%s)", (generation) => {
    const read = only(
      { tail: true, sender: "Rita", body: ad(PLAY), text: "<span>Vi o anúncio, quanto fica?</span>" },
      generation,
    );
    expect(read).toMatchObject({ kind: "text", text: "Vi o anúncio, quanto fica?", author: "Rita" });
  });

  it("the preview of a link is no picture and no video", () => {
    const text =
      '<span>olha <a href="https://loja.example/9" class="selectable-text">loja.example/9</a></span>';
    const small = '<img src="data:image/jpeg;base64,AA"><img src="blob:a">';
    for (const body of [small, PLAY]) {
      const read = only(
        { tail: true, sender: "Rita", body: `<div role="button">${body}</div>`, text },
        "2025",
      );
      expect(read).toMatchObject({ kind: "text", text: "olha loja.example/9" });
    }
  });

  it("a video whose caption has a link stays a video", () => {
    const body = `<div>${PLAY}<span data-icon="msg-video"></span>0:31</div>`;
    const text = '<span><a href="https://loja.example/9" class="selectable-text">loja.example/9</a></span>';
    expect(only({ tail: true, sender: "Rita", body, text }, "2025").kind).toBe("video");
  });

  it("a picture under a link to a map is a place", () => {
    const body =
      '<div><a href="https://maps.google.com/maps?q=1,2"><img src="data:image/jpeg;base64,AA"></a></div>';
    expect(only({ tail: true, sender: "Rita", body, text: "<span>Padaria</span>" })).toMatchObject({
      kind: "location",
      text: "Padaria",
    });
  });
});

describe("messages of a business", () => {
  const part = (text: string, testIds: boolean) =>
    `<div><span${testIds ? ' data-testid="selectable-text"' : ""} class="selectable-text copyable-text">${text}</span></div>`;

  it.each(BOTH)("shows heading, text and footer, and no buttons (%s)", (generation) => {
    const body = ["Oferta", "<span>Capinhas a R$ 20\n</span><span>até sexta</span>", "Loja da Rita"]
      .map((text) => part(text, generation === "2026"))
      .join("");
    const buttons = "<div><button>Quero</button><button>Agora não</button></div>";
    const read = only({ tail: true, side: "out", status: "read", body: body + buttons }, generation);
    expect(read).toMatchObject({
      kind: "text",
      direction: "out",
      text: "Oferta\nCapinhas a R$ 20\naté sexta\nLoja da Rita",
      status: "read",
    });
  });

  it("a quick reply named like a card's button makes no card", () => {
    const buttons = "<button>Mensagem</button>";
    expect(only({ tail: true, sender: "Rita", text: "<span>Como falo?</span>", body: buttons }).kind).toBe(
      "text",
    );
  });
});

describe("contact cards without a test id", () => {
  it.each([
    ["Conversar", '<div class="selectable-text copyable-text" dir="auto">Oficina do Zé</div>'],
    ["Ver todos", '<img src="blob:a"><div dir="auto">Zé e outros 2 contatos</div>'],
  ])("are told by their button %s", (button, card) => {
    const body = `<div role="button">${card}</div><div><button>${button}</button></div>`;
    for (const sender of ["Rita", undefined]) {
      const read = only({ tail: true, body, ...(sender ? { sender } : {}) }, "2025");
      expect(read).toMatchObject({ kind: "contact", text: null });
    }
  });
});

describe("emoji alone", () => {
  const emoji = (sign: string) =>
    `<img alt="${sign}" data-plain-text="${sign}" class="selectable-text copyable-text" src="data:image/gif;base64,R0">`;
  const large = (...frames: string[]) =>
    `<div class="selectable-text copyable-text">${frames.map((frame) => `<span>${frame}</span>`).join("")}</div>`;

  it("one large emoji is a text, also while it is still loading", () => {
    for (const body of [large(emoji("👍")), large(emoji("👍") + emoji("👍"))]) {
      expect(only({ tail: true, body }, "2025")).toMatchObject({ kind: "text", text: "👍", time: "20:31" });
    }
  });

  it("the same emoji twice is twice", () => {
    expect(only({ tail: true, sender: "Rita", body: large(emoji("👍"), emoji("👍")) }).text).toBe("👍👍");
    expect(
      only({ tail: true, sender: "Rita", text: `<span>ok ${emoji("👍")}${emoji("👍")}</span>` }).text,
    ).toBe("ok 👍👍");
  });
});

describe("players", () => {
  const label =
    '<button aria-label="Reproduzir mensagem de voz"></button><span aria-label="Mensagem de voz"></span>';
  it.each([
    ["ptt-status", "voice"],
    ["ptt-file", "voice"],
    ["audio-file", "audio"],
  ])("icon %s is %s whatever the label says", (icon, kind) => {
    expect(only({ tail: true, body: `${label}<span data-icon="${icon}"></span>` }).kind).toBe(kind);
  });
});

describe("author above a group's picture in builds without test ids", () => {
  const picture = '<div role="button" aria-label="Abrir imagem"></div>';
  it.each([
    ['<div role=""><span dir="auto" role="button">Rita</span></div>', "Rita"],
    ['<div role=""><span>+55 11 90000-0000</span><span dir="auto">Rita</span></div>', "+55 11 90000-0000"],
  ])("%s", (name, author) => {
    const read = only({ tail: true, group: true, body: name + picture }, "2025");
    expect(read).toMatchObject({ kind: "image", direction: "in", author, text: null });
  });

  it("is not looked for on our own rows", () => {
    const body = `<div role=""><span>Rita</span></div>${picture}`;
    expect(only({ tail: true, side: "out", status: "sent", body }, "2025").author).toBeNull();
  });
});

describe("calls that only their words tell", () => {
  it.each(["Ligação não atendida", "Chamada de vídeo perdida", "Missed voice call"])("%s", (words) => {
    expect(only({ tail: true, body: `<div>${words}</div>` }).kind).toBe("call");
    expect(only({ tail: true, sender: "Rita", text: `<span>${words}</span>` }).kind).toBe("text");
  });
});

describe("day before month", () => {
  it.each([
    ["he", "2026-08-03"],
    ["tr", "2026-08-03"],
    ["fil", "2026-03-08"],
    ["xx-none", null],
  ])("follows the page's language %s", (lang, date) => {
    const row = `<div data-id="X"><div class="copyable-text" data-pre-plain-text="[22:16, 03/08/2026] Rita: "><span class="selectable-text copyable-text">oi</span></div></div>`;
    expect(rowsOf(`<html lang="${lang}"><body>${row}</body></html>`)[0]?.date).toBe(date);
  });
});
