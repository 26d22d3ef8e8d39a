/** What the list of who waits says. `{name}` is where a chat's name goes. */
import type { Language } from "../texts";
import type { Tone } from "./state";

export interface QueueWords {
  tab: string;
  /** Accessible name of the list. */
  list: string;
  count: (count: number) => string;
  target: (minutes: string) => string;
  closed: string;
  /** How long, by the clock; `atLeast`: it may have begun before. */
  wait: (seconds: number, atLeast: boolean) => string;
  unknownWait: string;
  since: (when: string) => string;
  /** How much of it was opening time. */
  counted: (minutes: string) => string;
  tone: Record<Tone, string>;
  unread: (count: number) => string;
  marked: string;
  group: string;
  noWords: string;
  gone: string;
  more: (count: number) => string;
  show: string;
  hint: string;
  looking: string;
  found: string;
  /** It is not in the list, or the list could not be read so far. */
  missing: string;
  searching: string;
  empty: { title: string; hint: string };
  starting: { title: string; hint: string };
}

interface Units {
  now: string;
  ago: (words: string) => string;
  over: (words: string) => string;
  day: (count: number) => string;
}

function waitIn({ now, ago, over, day }: Units) {
  return (seconds: number, atLeast: boolean): string => {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 1) return now;
    return (atLeast ? over : ago)(lasting(minutes, day));
  };
}

function lasting(minutes: number, day: (count: number) => string): string {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return day(Math.floor(hours / 24));
  const rest = minutes % 60;
  return rest === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")}`;
}

export const QUEUE: Readonly<Record<Language, QueueWords>> = {
  "pt-BR": {
    tab: "Fila",
    list: "Quem espera resposta",
    count: (count) => (count === 1 ? "1 conversa esperando" : `${count} conversas esperando`),
    target: (minutes) => `Meta: ${minutes} min`,
    closed: "Fora do horário",
    wait: waitIn({
      now: "agora",
      ago: (words) => `há ${words}`,
      over: (words) => `há mais de ${words}`,
      day: (count) => (count === 1 ? "1 dia" : `${count} dias`),
    }),
    unknownWait: "sem horário",
    since: (when) => `Espera desde ${when}`,
    counted: (minutes) => `${minutes} min em horário de atendimento`,
    tone: { calm: "dentro da meta", warn: "perto da meta", over: "passou da meta" },
    unread: (count) => (count === 1 ? "1 não lida" : `${count} não lidas`),
    marked: "marcada como não lida",
    group: "Grupo",
    noWords: "Sem texto na lista",
    gone: "Já não espera",
    more: (count) => (count === 1 ? "e mais 1 conversa" : `e mais ${count} conversas`),
    show: "Mostrar na lista do WhatsApp",
    hint: "Clique para ver onde está na lista. Você abre.",
    looking: "Procurando {name} na lista…",
    found: "{name} está em destaque na lista.",
    missing: "Role a lista até {name}.",
    searching: "Limpe a busca do WhatsApp para achar {name}.",
    empty: { title: "Ninguém esperando", hint: "Quando um cliente escrever, ele aparece aqui." },
    starting: { title: "Lendo a lista", hint: "Em instantes você vê aqui quem espera resposta." },
  },
  en: {
    tab: "Queue",
    list: "Who waits for an answer",
    count: (count) => (count === 1 ? "1 chat waiting" : `${count} chats waiting`),
    target: (minutes) => `Target: ${minutes} min`,
    closed: "Outside opening hours",
    wait: waitIn({
      now: "now",
      ago: (words) => words,
      over: (words) => `over ${words}`,
      day: (count) => (count === 1 ? "1 day" : `${count} days`),
    }),
    unknownWait: "no time",
    since: (when) => `Waiting since ${when}`,
    counted: (minutes) => `${minutes} min of opening time`,
    tone: { calm: "within the target", warn: "close to the target", over: "past the target" },
    unread: (count) => `${count} unread`,
    marked: "marked as unread",
    group: "Group",
    noWords: "The list shows no text",
    gone: "Waits no more",
    more: (count) => (count === 1 ? "and 1 more chat" : `and ${count} more chats`),
    show: "Show it in WhatsApp’s list",
    hint: "Click to see where it is in the list. You open it.",
    looking: "Looking for {name} in the list…",
    found: "{name} is highlighted in the list.",
    missing: "Scroll the list to {name}.",
    searching: "Clear WhatsApp’s search to find {name}.",
    empty: { title: "Nobody is waiting", hint: "As soon as a customer writes, they appear here." },
    starting: { title: "Reading the list", hint: "In a moment you will see here who waits." },
  },
  es: {
    tab: "Espera",
    list: "Quién espera respuesta",
    count: (count) => (count === 1 ? "1 chat en espera" : `${count} chats en espera`),
    target: (minutes) => `Meta: ${minutes} min`,
    closed: "Fuera de horario",
    wait: waitIn({
      now: "ahora",
      ago: (words) => `hace ${words}`,
      over: (words) => `hace más de ${words}`,
      day: (count) => (count === 1 ? "1 día" : `${count} días`),
    }),
    unknownWait: "sin hora",
    since: (when) => `Espera desde ${when}`,
    counted: (minutes) => `${minutes} min en horario de atención`,
    tone: { calm: "dentro de la meta", warn: "cerca de la meta", over: "pasó la meta" },
    unread: (count) => (count === 1 ? "1 no leído" : `${count} no leídos`),
    marked: "marcado como no leído",
    group: "Grupo",
    noWords: "Sin texto en la lista",
    gone: "Ya no espera",
    more: (count) => (count === 1 ? "y 1 chat más" : `y ${count} chats más`),
    show: "Mostrar en la lista de WhatsApp",
    hint: "Haz clic para ver dónde está en la lista. Tú lo abres.",
    looking: "Buscando a {name} en la lista…",
    found: "{name} está resaltado en la lista.",
    missing: "Desplaza la lista hasta {name}.",
    searching: "Borra la búsqueda de WhatsApp para encontrar a {name}.",
    empty: { title: "Nadie está esperando", hint: "Cuando un cliente escriba, aparecerá aquí." },
    starting: { title: "Leyendo la lista", hint: "En un momento verás aquí quién espera." },
  },
};
