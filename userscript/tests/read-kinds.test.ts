import { describe, expect, it } from "vitest";
import { only, rowsOf } from "./reading";

describe("kinds", () => {
  const marks: [string, string][] = [
    [
      '<div data-testid="media-album"><div style="grid-area: 1 / 1 / 2 / 2"><div data-testid="image-content"></div></div></div>',
      "album",
    ],
    ['<div data-testid="image-thumb"></div><div data-testid="image-thumb"></div>', "album"],
    ['<div data-testid="video-content"><span data-icon="media-play"></span></div>', "video"],
    ['<div data-testid="video-content"><span data-icon="media-gif"></span></div>', "gif"],
    ['<div data-testid="media-sticker"><img src="blob:x"></div>', "sticker"],
    ['<img src="blob:x">', "sticker"],
    ['<img src="blob:x"><img src="data:image/jpeg;base64,AA">', "image"],
    [
      '<button data-testid="document-thumb" title=\'Ver "nota.pdf"\'><span data-icon="document-PDF-icon"></span></button>',
      "document",
    ],
    ['<div role="button" title=\'Baixar "nota.pdf"\'></div>', "document"],
    [
      '<button aria-label="Reproduzir mensagem de voz"></button><span data-icon="ptt-status"></span>',
      "voice",
    ],
    ['<span data-icon="audio-file"></span><button><span data-icon="audio-play"></span></button>', "audio"],
    ['<button><span data-icon="audio-play"></span></button><span data-icon="ptt-status"></span>', "voice"],
    ['<div data-testid="vcard-msg"></div>', "contact"],
    ['<div data-testid="location-msg"></div>', "location"],
    ['<a href="https://maps.google.com/?q=1,2"><img src="x.png"></a>', "location"],
    ['<div data-testid="poll-bubble"></div>', "poll"],
    ['<div data-testid="event-bubble"></div>', "event"],
    ['<span data-icon="view-once-sunset"></span>', "view_once"],
    ['<div data-testid="call-log-system-message"><div>Ligação de voz</div><span>2 min</span></div>', "call"],
    ['<div role="button"><span>João</span></div><button>Conversar</button>', "contact"],
    ["<div></div>", "unknown"],
  ];

  it.each(marks)("%s is %s", (body, kind) => {
    expect(only({ side: "in", tail: true, body }).kind).toBe(kind);
  });

  it("knows a notice without a test id by what it lacks", () => {
    const bare = `<div data-id="N" data-testid="conv-msg-N"><div><div data-testid="msg-container"><div><span>Los mensajes están cifrados.</span></div></div></div></div>`;
    expect(rowsOf(`<html lang="es"><body>${bare}</body></html>`)[0]).toMatchObject({
      kind: "system",
      direction: "unknown",
      text: "Los mensajes están cifrados.",
      time: null,
    });
  });

  it("reads the build between the generations: test id on the text, class on the quote, meta line inside", () => {
    const html = `<div class="message-in"><div class="copyable-text" data-pre-plain-text="[10:16 am, 01/04/2026] Maria: ">
      <div class="_q0"><div role="button" aria-label="Quoted message"><div><div><span dir="auto" class="_a3">You</span></div>
      <div dir="ltr" role="button"><span data-testid="selectable-text" dir="auto" class="quoted-mention copyable-text">pergunta?</span></div></div></div></div>
      <div class="_kb"><span data-testid="selectable-text" dir="ltr" class="copyable-text"><span class="">resposta</span></span>
      <span class=""><span aria-hidden="true"><span>10:16 am</span></span></span></div>
      <div><div><span dir="auto"><span>10:16 am</span></span></div></div></div></div>`;
    expect(
      rowsOf(
        `<html lang="en"><body><div data-id="false_5511900000000@c.us_3A99">${html}</div></body></html>`,
      )[0],
    ).toMatchObject({
      id: "3A99",
      kind: "text",
      direction: "in",
      author: "Maria",
      text: "resposta",
      time: "10:16",
      date: "2026-04-01",
      quoted: { author: "You", text: "pergunta?" },
    });
  });

  it("reads a call's words", () => {
    const body =
      '<div data-testid="call-log-system-message"><div><div>Ligação de voz</div><span>2 min</span></div></div>';
    expect(only({ side: "out", tail: true, body })).toMatchObject({
      kind: "call",
      direction: "out",
      text: "Ligação de voz\n2 min",
    });
  });

  it("does not take a quoted picture or a link's card for the message", () => {
    const quoted = `<div data-testid="quoted-message"><div data-testid="image-thumb"></div><span class="quoted-mention">Foto</span></div>`;
    const answer = only({ side: "in", tail: true, sender: "Maria", body: quoted, text: "<span>essa</span>" });
    expect(answer).toMatchObject({ kind: "text", text: "essa", quoted: { author: null, text: "Foto" } });
    const card =
      '<div data-testid="link-preview-container"><div data-testid="image-thumb"></div><span data-testid="link-preview-title">Loja</span></div>';
    const link = only({
      side: "in",
      tail: true,
      sender: "Maria",
      body: card,
      text: '<span><a href="https://loja.example">https://loja.example</a></span>',
    });
    expect(link).toMatchObject({ kind: "text", text: "https://loja.example" });
  });

  it("takes the picture of a group's author for no sticker", () => {
    const avatar = '<div data-testid="group-chat-profile-picture"><img src="blob:face"></div>';
    expect(only({ side: "in", tail: true, sender: "Bia", body: avatar, text: "<span>oi</span>" }).kind).toBe(
      "text",
    );
    expect(only({ side: "in", tail: true, body: avatar }).kind).toBe("unknown");
  });
});

describe("text", () => {
  const textOf = (html: string) => only({ side: "in", tail: true, sender: "Maria", text: html }).text;

  it("keeps the newlines inside its spans", () => {
    expect(textOf("<span>linha 1\n</span><span>\n</span><span>linha 3</span>")).toBe("linha 1\n\nlinha 3");
    expect(textOf("\n        <span>linha 1\n</span><span>linha 2</span>\n      ")).toBe("linha 1\nlinha 2");
  });

  it("reads emoji pictures, mentions, links and formatting", () => {
    const emoji = '<img class="emoji" alt="😀" data-plain-text="😀" src="data:image/gif;base64,R0">';
    expect(
      textOf(`<span>oi ${emoji} <strong data-app-text-template="*\${appText}*">já</strong></span>`),
    ).toBe("oi 😀 já");
    const mention =
      '<span role="button"><span data-testid="select-all selectable-text" data-plain-text="@Bia">@<span dir="ltr">Bia</span></span></span>';
    expect(textOf(`<span>${mention} veja</span>`)).toBe("@Bia veja");
  });

  it("reads a message of emoji alone", () => {
    const body =
      '<div><div><img alt="😂" data-plain-text="😂" src="data:image/webp;base64,AA"><img alt="🙏" data-plain-text="🙏" src="blob:x"></div></div>';
    expect(only({ side: "in", tail: true, sender: "Maria", body })).toMatchObject({
      kind: "text",
      text: "😂🙏",
    });
  });

  it("writes the marks of lists and quotes that the page keeps in attributes", () => {
    const list =
      '<ul><li dir="auto"><span data-pre-plain-text="• ">pão</span></li><li dir="auto"><span data-pre-plain-text="• ">leite</span></li></ul>';
    expect(textOf(`<span>Lista:</span>${list}`)).toBe("Lista:\n• pão\n• leite");
    expect(textOf('<blockquote><span data-pre-plain-text="> ">disse</span></blockquote>')).toBe("> disse");
  });

  it("removes bidi marks, trims the end and marks what is cut", () => {
    expect(textOf("<span>\u202aoi\u202c  \n</span>")).toBe("oi");
    const cut = only({
      side: "in",
      tail: true,
      sender: "M",
      text: '<span>longo…</span><div role="button" class="read-more-button">Ler mais</div>',
    });
    expect(cut).toMatchObject({ text: "longo…", truncated: true });
  });
});

describe("status without a label", () => {
  const withIcon = (icon: string) =>
    only({ side: "out", tail: true, body: `<div data-testid="image-thumb"></div>${icon}` }).status;

  it("knows one tick and the clock, but not whether two ticks are blue", () => {
    expect(withIcon("<svg><title>wds-ic-delivered</title></svg>")).toBe("sent");
    expect(withIcon("<svg><title>wds-ic-status-pending</title></svg>")).toBe("pending");
    expect(withIcon("<svg><title>wds-ic-read</title></svg>")).toBeNull();
    expect(withIcon('<span data-icon="msg-dblcheck-ack"></span>')).toBe("read");
  });
});
