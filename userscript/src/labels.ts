/**
 * Words that the page itself shows, by language: the only way to tell some things apart.
 *
 * Everything is compared in lower case, without bidi marks and outer spaces. Languages without a row here fall back to
 * what the markup says without words.
 */
import type { Delivery } from "./contract.gen";

const YOU: Readonly<Record<string, readonly string[]>> = {
  pt: ["você", "tu"],
  en: ["you"],
  es: ["tú", "tu", "usted", "vos"],
  it: ["tu"],
  fr: ["vous"],
  de: ["du", "sie"],
};

const STATUS: Readonly<Record<string, Delivery>> = {
  pendente: "pending",
  pending: "pending",
  pendiente: "pending",
  "in attesa": "pending",
  "en attente": "pending",
  ausstehend: "pending",
  enviada: "sent",
  enviado: "sent",
  sent: "sent",
  inviato: "sent",
  envoyé: "sent",
  gesendet: "sent",
  entregue: "delivered",
  delivered: "delivered",
  entregado: "delivered",
  consegnato: "delivered",
  distribué: "delivered",
  zugestellt: "delivered",
  lida: "read",
  lido: "read",
  read: "read",
  leído: "read",
  letto: "read",
  lu: "read",
  gelesen: "read",
  // A voice message that was listened to has been read.
  reproduzida: "read",
  reproduzido: "read",
  played: "read",
  reproducido: "read",
  ascoltato: "read",
  riprodotto: "read",
  écouté: "read",
  abgespielt: "read",
};

const EDITED = new Set([
  "editada",
  "editado",
  "edited",
  "modificato",
  "modificata",
  "modifié",
  "modifiée",
  "bearbeitet",
]);

const FORWARDED = new Set([
  "encaminhada",
  "encaminhado",
  "encaminhada com frequência",
  "encaminhada muitas vezes",
  "reencaminhada",
  "reencaminhada muitas vezes",
  "forwarded",
  "forwarded many times",
  "reenviado",
  "reenviado muchas veces",
  "inoltrato",
  "inoltrato molte volte",
  "transféré",
  "weitergeleitet",
]);

const DELETED: readonly RegExp[] = [
  /^(esta )?mensagem (foi )?apagada/,
  /^você apagou (esta|uma) mensagem/,
  /^(esta mensagem|mensagem) (foi )?apagada (por|pelo)/,
  /^(this message was|you) deleted/,
  /^you deleted this message/,
  /^(se eliminó|eliminaste) este mensaje/,
  /^este mensaje (fue|ha sido) eliminado/,
  /^(questo messaggio è stato|hai) eliminato/,
];

const WAITING: readonly RegExp[] = [
  /^aguardando (a |esta )?mensagem/,
  /^waiting for this message/,
  /^esperando (el|este) mensaje/,
  /^in attesa (del|di questo) messaggio/,
  /^en attente de ce message/,
  /^warten? auf diese nachricht/,
];

const CALL: readonly RegExp[] = [
  /^(chamada|ligação) (de (voz|vídeo)|perdida|em grupo|não atendida|recusada)/,
  /^(voice|video|missed|group|silenced|declined)( group)?( voice| video)? call/,
  /^(llamada|videollamada)( de (voz|video))?( perdida| grupal)?/,
  /^(chiamata|videochiamata)/,
];

const CONTACT_ACTION = new Set([
  "conversar",
  "mensagem",
  "enviar mensagem",
  "message",
  "mensaje",
  "enviar mensaje",
  "messaggio",
  // Several cards in one message.
  "ver todos",
  "ver todo",
  "view all",
]);
/** The line under a chat's title; in a group the name comes before it. */
const TYPING =
  /(^|\s)(digitando|gravando( um)? áudio|a escrever|a gravar( um)? áudio|typing|recording( an)?( audio)?|escribiendo|grabando( un)? audio|sta scrivendo|sta registrando( un audio)?)(…|\.{3})$/;
/** What the chat list shows when somebody reacted to a message. */
const REACTED =
  /^(.{1,60} )?(reagiu|reagiste|reacted|reaccionó|reaccionaste|ha reagito|hai reagito) (com|with|con) /;
const DRAFT = /^(rascunho|draft|borrador|bozza|brouillon|entwurf):/;
const UNREAD = /não lida|unread|no leíd|non lett|non lu|ungelesen/;
const READ_MORE = new Set([
  "ler mais",
  "read more",
  "leer más",
  "leggi tutto",
  "lire la suite",
  "mehr lesen",
]);
const TODAY = new Set(["hoje", "today", "hoy", "oggi", "aujourd’hui", "aujourd'hui", "heute"]);
const YESTERDAY = new Set(["ontem", "yesterday", "ayer", "ieri", "hier", "gestern"]);

/** Bidi marks that the page puts around names and titles. */
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Without bidi marks; nothing else changes. */
export function stripBidi(text: string): string {
  return text.replace(BIDI, "");
}

/** For comparing words of the page: no bidi marks, no outer spaces, lower case. */
export function plain(text: string): string {
  return stripBidi(text).replace(/\s+/g, " ").trim().toLowerCase();
}

/** `pt` of `pt-BR`; null when the language is not known. */
export function languageOf(lang: string | null): string | null {
  return lang ? (lang.toLowerCase().split(/[-_]/)[0] ?? null) : null;
}

/** Is this the page's word for the person at this computer? In a known language only that language's word counts. */
export function isYou(word: string, lang: string | null): boolean {
  const known = YOU[languageOf(lang) ?? ""];
  const words = known ?? Object.values(YOU).flat();
  return words.includes(plain(word));
}

export function statusOf(label: string): Delivery | null {
  return STATUS[plain(label)] ?? null;
}

export const isEditedWord = (text: string): boolean => EDITED.has(plain(text));
export const isForwardedWord = (text: string): boolean => FORWARDED.has(plain(text));
export const isDeletedNotice = (text: string): boolean =>
  DELETED.some((pattern) => pattern.test(plain(text)));
export const isWaitingNotice = (text: string): boolean =>
  WAITING.some((pattern) => pattern.test(plain(text)));
export const isCallNotice = (text: string): boolean => CALL.some((pattern) => pattern.test(plain(text)));
/** What the chat list shows in place of the last message while the box holds a text. */
export const isDraft = (text: string): boolean => DRAFT.test(plain(text));
/** What the header says while somebody writes or records. */
export const isTypingNotice = (text: string): boolean => TYPING.test(plain(text));
/** Somebody reacted: words of the page about a message that may be an old one. */
export const isReactionNotice = (text: string): boolean => REACTED.test(plain(text));
/** The button under a contact card. */
export const isContactAction = (text: string): boolean => CONTACT_ACTION.has(plain(text));
export const isUnreadNotice = (text: string): boolean => UNREAD.test(plain(text));
export const isReadMore = (text: string): boolean => READ_MORE.has(plain(text).replace(/[.…]+$/, ""));
export const isToday = (text: string): boolean => TODAY.has(plain(text));
export const isYesterday = (text: string): boolean => YESTERDAY.has(plain(text));
