/** What the list of canned replies says. */
import type { Language } from "../texts";

export interface CannedWords {
  name: string;
  open: string;
  close: string;
  search: string;
  /** How often it was taken, for a screen reader. */
  uses: (count: number) => string;
  forThis: string;
  more: (count: number) => string;
  keys: { move: string; pick: string; close: string };
  preview: string;
  variable: string;
  blank: string;
  nothing: string;
  none: { title: string; hint: string };
  off: string;
  offHint: string;
  keep: string;
  form: {
    name: string;
    hint: string;
    /** A CPF or a card stands in the text. */
    personal: string;
    text: string;
    title: string;
    titleExample: string;
    shortcut: string;
    shortcutExample: string;
    /** A box to be ticked: for customers who want this. */
    wanted: (intent: string) => string;
    save: string;
    saving: string;
    cancel: string;
  };
}

export const CANNED: Readonly<Record<Language, CannedWords>> = {
  "pt-BR": {
    name: "Respostas prontas",
    open: "Respostas prontas",
    close: "Fechar (Esc)",
    search: "Buscar resposta",
    uses: (count) => (count === 1 ? "usada 1 vez" : `usada ${count} vezes`),
    forThis: "Combina com o que o cliente quer",
    more: (count) => (count === 1 ? "mais 1: continue digitando" : `mais ${count}: continue digitando`),
    keys: { move: "escolher", pick: "inserir", close: "fechar" },
    preview: "Texto completo",
    variable: "Preenchido na hora",
    blank: "Preencha antes de enviar, se eu não souber",
    nothing: "Nenhuma resposta com essas palavras",
    none: {
      title: "Nenhuma resposta pronta ainda",
      hint: "Envie uma resposta e guarde-a aqui, ou escreva-as no arquivo replies.yaml.",
    },
    off: "Desligar a barra",
    offHint: "A tecla / deixa de abrir esta lista",
    keep: "Guardar a última enviada",
    form: {
      name: "Guardar como resposta pronta",
      personal: "Há um CPF ou um cartão no texto, e todos vão usar esta resposta. Tire-o antes de guardar.",
      hint: "Confira o texto: ele vai servir para outros clientes. {nome} vira o nome de cada um.",
      text: "Texto",
      title: "Título",
      titleExample: "Prazo de troca",
      shortcut: "Atalho (opcional)",
      shortcutExample: "/troca",
      wanted: (intent) => `Para quem quer: ${intent}`,
      save: "Guardar",
      saving: "Guardando…",
      cancel: "Cancelar",
    },
  },
  en: {
    name: "Canned replies",
    open: "Canned replies",
    close: "Close (Esc)",
    search: "Search replies",
    uses: (count) => (count === 1 ? "used once" : `used ${count} times`),
    forThis: "Fits what the customer wants",
    more: (count) => `${count} more: type on`,
    keys: { move: "choose", pick: "insert", close: "close" },
    preview: "Whole text",
    variable: "Filled in for you",
    blank: "Fill it in before you send, where I cannot",
    nothing: "No reply has these words",
    none: {
      title: "No canned replies yet",
      hint: "Send a reply and keep it here, or write them into the file replies.yaml.",
    },
    off: "Turn the slash off",
    offHint: "The / key will not open this list any more",
    keep: "Keep the last one sent",
    form: {
      name: "Keep as a canned reply",
      personal:
        "There is a CPF or a card in the text, and everybody will use this reply. Take it out before you keep it.",
      hint: "Read it over: it is going to serve other customers. {nome} becomes each one’s name.",
      text: "Text",
      title: "Title",
      titleExample: "Time for exchanges",
      shortcut: "Shortcut (optional)",
      shortcutExample: "/exchange",
      wanted: (intent) => `For those who want: ${intent}`,
      save: "Keep",
      saving: "Keeping…",
      cancel: "Cancel",
    },
  },
  es: {
    name: "Respuestas listas",
    open: "Respuestas listas",
    close: "Cerrar (Esc)",
    search: "Buscar respuesta",
    uses: (count) => (count === 1 ? "usada 1 vez" : `usada ${count} veces`),
    forThis: "Va con lo que quiere el cliente",
    more: (count) => (count === 1 ? "1 más: sigue escribiendo" : `${count} más: sigue escribiendo`),
    keys: { move: "elegir", pick: "insertar", close: "cerrar" },
    preview: "Texto completo",
    variable: "Se completa al insertar",
    blank: "Complétalo antes de enviar, si yo no lo sé",
    nothing: "Ninguna respuesta con esas palabras",
    none: {
      title: "Todavía no hay respuestas listas",
      hint: "Envía una respuesta y guárdala aquí, o escríbelas en el archivo replies.yaml.",
    },
    off: "Desactivar la barra",
    offHint: "La tecla / deja de abrir esta lista",
    keep: "Guardar la última enviada",
    form: {
      name: "Guardar como respuesta lista",
      personal:
        "Hay un CPF o una tarjeta en el texto, y todos usarán esta respuesta. Quítelo antes de guardar.",
      hint: "Revisa el texto: va a servir para otros clientes. {nome} será el nombre de cada uno.",
      text: "Texto",
      title: "Título",
      titleExample: "Plazo de cambio",
      shortcut: "Atajo (opcional)",
      shortcutExample: "/cambio",
      wanted: (intent) => `Para quien quiere: ${intent}`,
      save: "Guardar",
      saving: "Guardando…",
      cancel: "Cancelar",
    },
  },
};
