/** The texts of the writing tab. */
import type { Task } from "../../contract.gen";
import type { Language } from "../texts";
import type { Into } from "./state";

export interface WritingWords {
  tab: string;
  yourText: string;
  talk: string;
  /** Under the buttons for the text: what they work on, or why they cannot. */
  hint: { ready: string; empty: string; long: string; noBox: string };
  task: Record<Task, string>;
  /** The same of the conversation's, in more words; they begin with those. */
  wholly: Record<"summary" | "waiting" | "translate_in", string>;
  /** What the result is called. */
  result: Record<Task, string>;
  into: string;
  intoLanguage: Record<Into, string>;
  noChat: { title: string; hint: string };
  model: { off: string; loading: string; failed: string };
  without: string;
  writing: string;
  reading: string;
  stop: string;
  stopped: string;
  failed: string;
  failedTalk: string;
  nothing: string;
  nothingTalk: string;
  long: string;
  noModel: string;
  same: string;
  gone: string;
  fresh: string;
  end: string;
  use: string;
  discard: string;
  close: string;
  undo: string;
  inBox: string;
  moved: string;
  notUsed: string;
  back: string;
  readIt: string;
  unanswered: (count: number) => string;
  noneUnanswered: string;
  noWords: string;
  timeUnknown: string;
  byModel: string;
}

const PT_BR: WritingWords = {
  tab: "Escrita",
  yourText: "Seu texto",
  talk: "A conversa",
  hint: {
    ready: "Trabalho com o que está na caixa; você vê antes.",
    empty: "A caixa está vazia: escreva algo nela primeiro.",
    long: "O texto da caixa é longo demais para isto.",
    noBox: "Não dá para escrever nesta conversa.",
  },
  task: {
    shorter: "Mais curto",
    formal: "Mais formal",
    friendlier: "Mais simpático",
    correct: "Corrigir",
    translate_out: "Traduzir",
    translate_in: "Traduzir a última",
    summary: "Resumir",
    waiting: "O que falta",
  },
  wholly: {
    summary: "Resumir a conversa",
    waiting: "O que falta responder",
    translate_in: "Traduzir a última mensagem do cliente",
  },
  result: {
    shorter: "Mais curto",
    formal: "Mais formal",
    friendlier: "Mais simpático",
    correct: "Português corrigido",
    translate_out: "Tradução",
    translate_in: "Última mensagem do cliente",
    summary: "Resumo da conversa",
    waiting: "O que o cliente espera",
  },
  into: "Traduzir:",
  intoLanguage: { pt: "Português", en: "Inglês", es: "Espanhol" },
  noChat: {
    title: "Nenhuma conversa aberta",
    hint: "Abra uma conversa para melhorar o seu texto ou entender o que o cliente espera.",
  },
  model: {
    off: "O modelo de linguagem está desligado.",
    loading: "O modelo de linguagem ainda está carregando.",
    failed: "O modelo de linguagem não está disponível.",
  },
  without: "Sem ele, aqui só funciona a lista do que ficou sem resposta.",
  writing: "escrevendo…",
  reading: "lendo…",
  stop: "Parar",
  stopped: "Parado. Nada mudou.",
  failed: "Não ficou bom: mantive o seu texto.",
  failedTalk: "Não ficou bom: prefiro não mostrar.",
  nothing: "A caixa está vazia.",
  nothingTalk: "Não há texto do cliente nesta conversa.",
  long: "O texto é longo demais para isto.",
  noModel: "Sem modelo de linguagem não dá para fazer isto.",
  same: "Nada a mudar: o seu texto já está assim.",
  gone: "retirado:",
  fresh: "novo:",
  end: "fim.",
  use: "Usar este texto",
  discard: "Descartar",
  close: "Fechar",
  undo: "Desfazer",
  inBox: "Está na caixa. Confira e envie.",
  moved: "O texto da caixa mudou: ele foi mantido como está.",
  notUsed: "Não consegui trocar o texto. O seu foi mantido.",
  back: "O seu texto voltou para a caixa.",
  readIt: "Feito por um modelo: confira antes de confiar.",
  unanswered: (count) => (count === 1 ? "1 mensagem sem resposta" : `${count} mensagens sem resposta`),
  noneUnanswered: "Nenhuma mensagem sem resposta: a última palavra foi nossa.",
  noWords: "mensagem sem texto",
  timeUnknown: "hora desconhecida",
  byModel: "O que o modelo entendeu",
};

const EN: WritingWords = {
  tab: "Writing",
  yourText: "Your text",
  talk: "The conversation",
  hint: {
    ready: "Works on what is in the box; you see it first.",
    empty: "The box is empty: write something in it first.",
    long: "The text in the box is too long for this.",
    noBox: "Nothing can be written in this conversation.",
  },
  task: {
    shorter: "Shorter",
    formal: "More formal",
    friendlier: "Friendlier",
    correct: "Correct",
    translate_out: "Translate",
    translate_in: "Translate the last",
    summary: "Summarise",
    waiting: "What is open",
  },
  wholly: {
    summary: "Summarise the conversation",
    waiting: "What is open: what the customer waits for",
    translate_in: "Translate the last message of the customer",
  },
  result: {
    shorter: "Shorter",
    formal: "More formal",
    friendlier: "Friendlier",
    correct: "Corrected",
    translate_out: "Translation",
    translate_in: "The customer's last message",
    summary: "Summary of the conversation",
    waiting: "What the customer waits for",
  },
  into: "Translate:",
  intoLanguage: { pt: "Portuguese", en: "English", es: "Spanish" },
  noChat: {
    title: "No conversation open",
    hint: "Open one to improve your text or to see what the customer waits for.",
  },
  model: {
    off: "The language model is switched off.",
    loading: "The language model is still loading.",
    failed: "The language model is not available.",
  },
  without: "Without it only the list of what is unanswered works here.",
  writing: "writing…",
  reading: "reading…",
  stop: "Stop",
  stopped: "Stopped. Nothing has changed.",
  failed: "It was not good enough: your text is kept.",
  failedTalk: "It was not good enough to be shown.",
  nothing: "The box is empty.",
  nothingTalk: "The customer has written no text in this conversation.",
  long: "The text is too long for this.",
  noModel: "This cannot be done without a language model.",
  same: "Nothing to change: your text is like that already.",
  gone: "removed:",
  fresh: "new:",
  end: "end.",
  use: "Use this text",
  discard: "Discard",
  close: "Close",
  undo: "Undo",
  inBox: "It is in the box. Check it and send.",
  moved: "The text in the box has changed: it was left as it is.",
  notUsed: "The text could not be exchanged. Yours is kept.",
  back: "Your text is back in the box.",
  readIt: "Made by a model: check it before you rely on it.",
  unanswered: (count) => (count === 1 ? "1 unanswered message" : `${count} unanswered messages`),
  noneUnanswered: "No unanswered message: we wrote last.",
  noWords: "message without text",
  timeUnknown: "time unknown",
  byModel: "What the model understood",
};

const ES: WritingWords = {
  tab: "Escritura",
  yourText: "Tu texto",
  talk: "La conversación",
  hint: {
    ready: "Trabajo con lo que hay en el cuadro; lo ves antes.",
    empty: "El cuadro está vacío: primero escribe algo.",
    long: "El texto del cuadro es demasiado largo para esto.",
    noBox: "No se puede escribir en esta conversación.",
  },
  task: {
    shorter: "Más corto",
    formal: "Más formal",
    friendlier: "Más amable",
    correct: "Corregir",
    translate_out: "Traducir",
    translate_in: "Traducir el último",
    summary: "Resumir",
    waiting: "Qué falta",
  },
  wholly: {
    summary: "Resumir la conversación",
    waiting: "Qué falta responder",
    translate_in: "Traducir el último mensaje del cliente",
  },
  result: {
    shorter: "Más corto",
    formal: "Más formal",
    friendlier: "Más amable",
    correct: "Texto corregido",
    translate_out: "Traducción",
    translate_in: "Último mensaje del cliente",
    summary: "Resumen de la conversación",
    waiting: "Lo que espera el cliente",
  },
  into: "Traducir:",
  intoLanguage: { pt: "Portugués", en: "Inglés", es: "Español" },
  noChat: {
    title: "Ninguna conversación abierta",
    hint: "Abre una para mejorar tu texto o ver qué espera el cliente.",
  },
  model: {
    off: "El modelo de lenguaje está desactivado.",
    loading: "El modelo de lenguaje todavía está cargando.",
    failed: "El modelo de lenguaje no está disponible.",
  },
  without: "Sin él, aquí solo funciona la lista de lo que quedó sin respuesta.",
  writing: "escribiendo…",
  reading: "leyendo…",
  stop: "Parar",
  stopped: "Detenido. Nada cambió.",
  failed: "No quedó bien: tu texto sigue igual.",
  failedTalk: "No quedó bien: prefiero no mostrarlo.",
  nothing: "El cuadro está vacío.",
  nothingTalk: "No hay texto del cliente en esta conversación.",
  long: "El texto es demasiado largo para esto.",
  noModel: "Sin modelo de lenguaje esto no se puede hacer.",
  same: "Nada que cambiar: tu texto ya está así.",
  gone: "quitado:",
  fresh: "nuevo:",
  end: "fin.",
  use: "Usar este texto",
  discard: "Descartar",
  close: "Cerrar",
  undo: "Deshacer",
  inBox: "Está en el cuadro. Revísalo y envía.",
  moved: "El texto del cuadro cambió: quedó como está.",
  notUsed: "No pude cambiar el texto. El tuyo sigue ahí.",
  back: "Tu texto volvió al cuadro.",
  readIt: "Hecho por un modelo: revísalo antes de confiar.",
  unanswered: (count) => (count === 1 ? "1 mensaje sin respuesta" : `${count} mensajes sin respuesta`),
  noneUnanswered: "Ningún mensaje sin respuesta: escribimos nosotros al final.",
  noWords: "mensaje sin texto",
  timeUnknown: "hora desconocida",
  byModel: "Lo que entendió el modelo",
};

export const WRITING: Record<Language, WritingWords> = { "pt-BR": PT_BR, en: EN, es: ES };
