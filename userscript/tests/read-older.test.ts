/** What only a part of the markup marks: rows of builds without test ids, and kinds without a mark of their own. */
import { describe, expect, it } from "vitest";
import { only, rowsOf } from "./reading";

const choice = (words: string) =>
  `<div><input type="checkbox" aria-label="${words} 2 votos"><label>${words}</label><span aria-hidden="true">2</span></div>`;

describe("polls", () => {
  const body = (...words: string[]) => `${words.map(choice).join("")}<button>Mostrar votos</button>`;

  it("are told by their answers where they have no test id", () => {
    const sketch = { tail: true, sender: "Rita", text: "<span>Qual cor?</span>" };
    expect(only({ ...sketch, body: body("Azul", "Verde") }, "2025")).toMatchObject({
      kind: "poll",
      text: "Qual cor?",
    });
    // One box alone is the page's own, to select a message.
    expect(only({ ...sketch, body: body("Azul") }, "2025").kind).toBe("text");
  });

  it("are not edited because an answer says so", () => {
    const read = only({ tail: true, body: body("Azul", "Editada") }, "2025");
    expect(read).toMatchObject({ kind: "poll", edited: false, time: "20:31" });
    expect(only({ tail: true, body: body("Azul", "Verde"), edited: true }, "2025").edited).toBe(true);
  });
});

describe("a picture that bears its caption as its name", () => {
  const picture = (words: string) =>
    `<div role="button" aria-label="Abrir imagem"><img alt="" src="x"><img alt="${words}" src="blob:y"></div>`;

  it("is not edited because the caption is the word for it", () => {
    const sketch = { tail: true, sender: "Rita", text: "<span>Edited</span>", body: picture("Edited") };
    expect(only(sketch, "2025")).toMatchObject({ kind: "image", text: "Edited", edited: false });
    expect(only({ ...sketch, edited: true }, "2025").edited).toBe(true);
  });
});

describe("events", () => {
  it("have a name, the first line of their card", () => {
    const body =
      '<div data-testid="event-bubble"><svg aria-hidden="true"></svg><div><span dir="auto">Bazar</span></div><div>Rua A</div></div>';
    expect(only({ tail: true, side: "in", body })).toMatchObject({ kind: "event", text: "Bazar" });
  });
});

describe("large emoji without frames", () => {
  it("the same one twice is twice", () => {
    const emoji = '<img alt="😍" data-plain-text="😍" class="emoji" src="data:image/svg+xml,x">';
    const body = `<div><div>${emoji}${emoji}</div></div>`;
    expect(only({ tail: true, sender: "Rita", body }, "2025")).toMatchObject({ kind: "text", text: "😍😍" });
  });
});

describe("words of the page under the name of a group's author", () => {
  const name = '<div role=""><span dir="auto" role="button">Rita</span></div>';

  it.each([
    ["Aguardando mensagem. Essa ação pode levar alguns instantes.", "waiting", null],
    ["Ligação de voz perdida", "call", "Ligação de voz perdida"],
  ])("%s", (words, kind, text) => {
    const read = only({ tail: true, group: true, body: `${name}<div>${words}</div>` }, "2025");
    expect(read).toMatchObject({ kind, text, author: "Rita", time: "20:31" });
  });
});

describe("calls of 2023", () => {
  const holder = (id: string, inside: string) =>
    `<div role="row"><div data-id="false_120363041234567890@g.us_${id}_5511911111111@c.us">${inside}</div></div>`;
  const said =
    '<div class="message-in focusable-list-item"><div data-testid="msg-container"><div role=""><span data-testid="author">Rita</span></div>' +
    '<div class="copyable-text" data-pre-plain-text="[20:31, 11/07/2023] Rita: "><span class="selectable-text copyable-text"><span>oi</span></span></div>' +
    '<div data-testid="msg-meta"><span>20:31</span></div></div></div>';
  const call =
    '<div data-testid="msg-notification-container"><span data-icon="miss"></span><span>Ligação de voz perdida às 20:32</span></div>';

  it("stand between the bubbles, and are nobody's run", () => {
    const rows = rowsOf(
      `<html lang="pt-BR"><body><div id="main">${holder("A", said)}${holder("B", call)}</div></body></html>`,
    );
    expect(rows.map(({ kind, author }) => [kind, author])).toEqual([
      ["text", "Rita"],
      ["call", null],
    ]);
    expect(rows[1]).toMatchObject({ direction: "in", text: "Ligação de voz perdida às 20:32", time: null });
  });
});
