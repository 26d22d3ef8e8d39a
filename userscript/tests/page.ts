/** Pages for tests, written from the facts of both DOM generations: whole documents and single rows. */

export type Generation = "2026" | "2025";
export type Tongue = "pt-BR" | "en" | "es";

export const WORDS = {
  "pt-BR": {
    you: "Você",
    pending: "Pendente",
    sent: "Enviada",
    delivered: "Entregue",
    read: "Lida",
    edited: "Editada",
    forwarded: "Encaminhada",
    quoted: "Mensagem citada",
    openPicture: "Abrir imagem",
    playVoice: "Reproduzir mensagem de voz",
    voice: "Mensagem de voz",
    deleted: "Esta mensagem foi apagada",
    waiting: "Aguardando mensagem. Essa ação pode levar alguns instantes.",
    missed: "Chamada de voz perdida",
    today: "Hoje",
    yesterday: "Ontem",
    unread: "2 mensagens não lidas",
    sticker: "Figurinha sem rótulo",
    star: "Favoritada",
    more: "Ler mais",
    sample: "[20:31, 11/07/2026]",
  },
  en: {
    you: "You",
    pending: "Pending",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
    edited: "Edited",
    forwarded: "Forwarded",
    quoted: "Quoted message",
    openPicture: "Open picture",
    playVoice: "Play voice message",
    voice: "Voice message",
    deleted: "This message was deleted",
    waiting: "Waiting for this message. This may take a while.",
    missed: "Missed voice call",
    today: "Today",
    yesterday: "Yesterday",
    unread: "2 unread messages",
    sticker: "Sticker with no label",
    star: "Starred",
    more: "Read more",
    sample: "[8:31 PM, 7/11/2026]",
  },
  es: {
    you: "Tú",
    pending: "Pendiente",
    sent: "Enviado",
    delivered: "Entregado",
    read: "Leído",
    edited: "Editado",
    forwarded: "Reenviado",
    quoted: "Mensaje citado",
    openPicture: "Abrir imagen",
    playVoice: "Reproducir mensaje de voz",
    voice: "Mensaje de voz",
    deleted: "Se eliminó este mensaje",
    waiting: "Esperando el mensaje. Esto puede tomar tiempo.",
    missed: "Llamada perdida",
    today: "Hoy",
    yesterday: "Ayer",
    unread: "2 mensajes no leídos",
    sticker: "Sticker sin etiqueta",
    star: "Destacado",
    more: "Leer más",
    sample: "[8:31 p. m., 11/7/2026]",
  },
} as const;

export type StatusWord = "pending" | "sent" | "delivered" | "read";

export interface RowSketch {
  readonly id?: string;
  readonly side?: "in" | "out";
  /** First of a run: the bubble has its tail. */
  readonly tail?: boolean;
  /** The invisible name for screen readers; `you` is put in the page's language. */
  readonly label?: string | null;
  readonly author?: string;
  /** Sender in the copyable attribute; without it the row is no copyable text. */
  readonly sender?: string;
  readonly when?: string;
  /** What the bubble shows before its meta line. */
  readonly body?: string;
  /** HTML of the text span. */
  readonly text?: string;
  readonly quote?: { readonly author: string; readonly text: string };
  readonly time?: string;
  readonly status?: StatusWord;
  readonly starred?: boolean;
  readonly edited?: boolean;
  readonly forwarded?: boolean;
  readonly reaction?: string;
  readonly notice?: boolean;
  readonly group?: boolean;
}

const ICONS_2026 = {
  pending: "wds-ic-status-pending",
  sent: "wds-ic-delivered",
  delivered: "wds-ic-read",
  read: "wds-ic-read",
};
const ICONS_2025 = {
  pending: "msg-time",
  sent: "msg-check",
  delivered: "msg-dblcheck",
  read: "msg-dblcheck",
};

/** One row as the page of that generation and language draws it. */
export function row(sketch: RowSketch, generation: Generation = "2026", tongue: Tongue = "pt-BR"): string {
  return generation === "2026" ? row2026(sketch, tongue) : row2025(sketch, tongue);
}

function parts(sketch: RowSketch, tongue: Tongue, testIds: boolean) {
  const words = WORDS[tongue];
  const id = (name: string) => (testIds ? ` data-testid="${name}"` : "");
  const time = sketch.time ?? "20:31";
  const spacer = `<span><span aria-hidden="true"><span></span><span>${time}</span></span></span>`;
  const quote = sketch.quote
    ? `<div${id("quoted-message")}><div role="button" aria-label="${words.quoted}"><span></span><div><span dir="auto"${id("author")}>${sketch.quote.author}</span></div>` +
      `<div dir="ltr" role="button"><span dir="auto"${id("selectable-text")} class="quoted-mention">${sketch.quote.text}</span></div></div></div>`
    : "";
  const text =
    sketch.text === undefined
      ? ""
      : `<span${id("selectable-text")} dir="ltr" class="selectable-text copyable-text" style="min-height:0px">${sketch.text}</span>`;
  const when = sketch.when ?? words.sample;
  const copyable =
    sketch.sender === undefined
      ? `${sketch.body ?? ""}${text}`
      : `<div class="copyable-text" data-pre-plain-text="${when} ${sketch.sender}: ">${sketch.body ?? ""}${text}${spacer}</div>`;
  const label =
    sketch.label === null || sketch.label === undefined
      ? ""
      : `<span aria-label="${sketch.label === "you" ? words.you : sketch.label}:"></span>`;
  const author = sketch.author ? `<span${id("author")} dir="auto" role="button">${sketch.author}</span>` : "";
  const forwarded = sketch.forwarded
    ? `<div${id("forwarded-header")}><span data-icon="forward-refreshed"></span><span>${words.forwarded}</span></div>`
    : "";
  const edited = sketch.edited ? `<span>${words.edited}</span>` : "";
  const star = sketch.starred
    ? `<div><span aria-label=" ${words.star} "><svg><title>ic-star</title></svg></span></div>`
    : "";
  return { words, time, quote, copyable, label, author, forwarded, edited, star };
}

function row2026(sketch: RowSketch, tongue: Tongue): string {
  const id = sketch.id ?? "3EB0A1B2C3D4E5F60718";
  const part = parts(sketch, tongue, true);
  const ticks = sketch.status
    ? `<div><span aria-hidden="false" aria-label=" ${part.words[sketch.status]} "><svg><title>${ICONS_2026[sketch.status]}</title></svg></span></div>`
    : "";
  const button = sketch.side === "out" && sketch.status ? ' role="button"' : "";
  const meta = `<div data-testid="msg-meta"${button}>${part.star}<span dir="auto">${part.edited}<span>${part.time}</span></span>${ticks}</div>`;
  const tail = sketch.tail
    ? `<span data-testid="tail-${sketch.side}" data-icon="tail-${sketch.side}" aria-hidden="true"><svg><title>tail-${sketch.side}</title></svg></span>`
    : "";
  const reactions = `<div data-testid="addon-bubble-container">${
    sketch.reaction
      ? `<div data-testid="reaction-bubble"><button aria-label="reaction ${sketch.reaction}">${sketch.reaction}</button></div>`
      : ""
  }</div>`;
  const inside = sketch.notice
    ? `<div data-testid="msg-notification-container">${sketch.body ?? ""}</div>`
    : `<div data-testid="msg-container">${tail}<div><div>${part.label}${part.author}${part.forwarded}${part.quote}${part.copyable}${meta}</div></div></div>`;
  return `<div role="row"><div tabindex="-1" data-id="${id}" data-testid="conv-msg-${id}"><div data-virtualized="false"><div><div class="focusable-list-item"><span></span>${inside}${reactions}</div></div></div></div></div>`;
}

function row2025(sketch: RowSketch, tongue: Tongue): string {
  const side = sketch.side ?? "in";
  const jid = sketch.group ? "120363041234567890@g.us" : "5511900000000@c.us";
  const participant = sketch.group && side === "in" ? "_5511911111111@c.us" : "";
  const id = `${side === "out"}_${jid}_${sketch.id ?? "3EB0A1B2C3D4E5F60718"}${participant}`;
  const part = parts(sketch, tongue, false);
  const ticks = sketch.status
    ? `<div><span aria-hidden="false" aria-label=" ${part.words[sketch.status]} " data-icon="${ICONS_2025[sketch.status]}"><svg><title>${ICONS_2025[sketch.status]}</title></svg></span></div>`
    : "";
  const meta = `<div><div role="">${part.star}<span dir="auto">${part.edited ? `${part.edited} ` : ""}${part.time}</span>${ticks}</div></div>`;
  const tail = sketch.tail
    ? `<span aria-hidden="true" data-icon="tail-${side}"><svg><title>tail-${side}</title></svg></span>`
    : "";
  const inside = sketch.notice
    ? `<div class="_amjw focusable-list-item"><div>${sketch.body ?? ""}</div></div>`
    : `<div class="message-${side} focusable-list-item _amjy"><span></span><div class="_amk4">${tail}<div class="_amk6"><div>${part.label}${part.author}${part.forwarded}${part.quote}${part.copyable}${meta}</div></div></div></div>`;
  return `<div role="row"><div tabindex="-1" class="x1n2onr6" data-id="${id}"><div class="_amjv">${inside}</div></div></div>`;
}

export interface PageSketch {
  readonly generation?: Generation;
  readonly tongue?: Tongue;
  readonly title?: string;
  readonly subtitle?: string;
  readonly rows?: readonly string[];
  readonly list?: string;
}

export const divider = (text: string): string =>
  `<div class="focusable-list-item"><div><span>${text}</span></div></div>`;

/** A whole page with an open conversation. */
export function page(sketch: PageSketch): string {
  const { generation = "2026", tongue = "pt-BR", title = "Maria", rows = [], list = "" } = sketch;
  const subtitle = sketch.subtitle
    ? `<div data-testid="chat-subtitle"><span data-testid="selectable-text" title="${sketch.subtitle}">${sketch.subtitle}</span></div>`
    : "";
  const header =
    generation === "2026"
      ? `<header data-testid="conversation-header"><div role="button" data-testid="conversation-info-header" data-tab="6"><span data-testid="conversation-info-header-chat-title" dir="auto">${title}</span>${subtitle}</div></header>`
      : `<header><div role="button" data-tab="6"><div><span dir="auto">${title}</span></div>${subtitle}</div></header>`;
  const panel = generation === "2026" ? ' data-testid="conversation-panel-messages"' : "";
  return (
    `<html id="whatsapp-web" lang="${tongue}"><head></head><body><div id="app"><div id="side"><div id="pane-side">${list}</div></div>` +
    `<div id="main">${header}<div class="copyable-area"><div${panel} tabindex="0"><div data-tab="8" role="application"><div>${rows.join("")}</div></div></div></div>` +
    `<footer><div contenteditable="true" role="textbox" data-tab="10"></div></footer></div></div></body></html>`
  );
}

/** Parse HTML into a document of its own. */
export function parse(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Show HTML in the test's own document. */
export function show(html: string): void {
  const next = parse(html);
  document.documentElement.lang = next.documentElement.lang;
  document.body.replaceChildren(...[...next.body.childNodes].map((node) => document.importNode(node, true)));
}
