/** The texts of the customer's tab. */
import type { ConversationOutcome, ConversationStatus } from "../../contract.gen";
import type { Language } from "../texts";
import type { WhenName } from "./dates";
import type { Problem } from "./limits";

export interface CustomerWords {
  tab: string;
  noChat: { title: string; hint: string };
  waiting: string;
  nobody: { title: string; hint: string };
  /** What a click on a value does. */
  change: (what: string) => string;
  remove: (what: string) => string;
  name: string;
  nameHint: string;
  inWhatsApp: (title: string) => string;
  phone: string;
  noPhone: string;
  group: string;
  since: (first: string, last: string) => string;
  messages: (count: number) => string;
  status: string;
  statuses: Record<ConversationStatus, string>;
  outcome: string;
  outcomes: Record<ConversationOutcome, string>;
  followUp: string;
  noFollowUp: string;
  followUpAt: (when: string) => string;
  isDue: string;
  choices: Record<WhenName, (time: string) => string>;
  otherDate: string;
  noReminder: string;
  mood: string;
  moodCourse: (first: string, last: string, count: number) => string;
  moodSame: (word: string, count: number) => string;
  intents: string;
  tags: string;
  newTag: string;
  notes: string;
  newNote: string;
  note: string;
  by: (who: string, when: string) => string;
  fromDashboard: string;
  moreNotes: string;
  fields: string;
  newField: string;
  fieldName: string;
  fieldValue: string;
  /** For somebody of whom nothing was noted yet. */
  fresh: string;
  keep: string;
  leave: string;
  hint: { line: string; lines: string; click: string };
  undo: string;
  done: Record<"name" | "tagOn" | "tagOff" | "note" | "noteGone" | "field" | "fieldGone" | "desk", string>;
  failed: Record<string, string>;
  problems: Record<Problem, string>;
  reminder: (who: string, when: string) => readonly [string, string, string];
  reminders: (more: number) => string;
  pointAt: string;
  pointed: Record<"missing" | "search", string>;
  reminderDone: string;
}

const PT_BR: CustomerWords = {
  tab: "Cliente",
  noChat: {
    title: "Nenhuma conversa aberta",
    hint: "Abra uma conversa para ver quem é o cliente e o que já foi anotado.",
  },
  waiting: "Buscando o que já sabemos…",
  nobody: {
    title: "Ainda não conheço esta conversa",
    hint: "A ficha aparece aqui assim que houver uma mensagem registrada.",
  },
  change: (what) => `Mudar ${what}`,
  remove: (what) => `Tirar ${what}`,
  name: "Nome",
  nameHint: "Vazio: o nome do WhatsApp",
  inWhatsApp: (title) => `No WhatsApp: ${title}`,
  phone: "Telefone",
  noPhone: "O WhatsApp não mostra o número deste contato",
  group: "Grupo: aqui só se anota como a conversa está.",
  since: (first, last) => `Desde ${first} · último contato ${last}`,
  messages: (count) => (count === 1 ? "1 mensagem" : `${count} mensagens`),
  status: "Atendimento",
  statuses: { open: "Aberto", pending: "Aguardando", closed: "Encerrado" },
  outcome: "Resultado",
  outcomes: { open: "Em aberto", won: "Ganho", lost: "Perdido", resolved: "Resolvido" },
  followUp: "Voltar a falar",
  noFollowUp: "Sem data marcada. Marque uma e eu lembro você.",
  followUpAt: (when) => `Lembrete: ${when}`,
  isDue: "já passou",
  choices: {
    today: (time) => `Hoje ${time}`,
    tomorrow: (time) => `Amanhã ${time}`,
    days: () => "Em 3 dias",
    monday: (time) => `Segunda ${time}`,
  },
  otherDate: "Outra data",
  noReminder: "Tirar o lembrete",
  mood: "Clima da conversa",
  moodCourse: (first, last, count) => `De ${first} para ${last}, em ${count} mensagens`,
  moodSame: (word, count) => (count === 1 ? `${word}, em 1 mensagem` : `${word}, em ${count} mensagens`),
  intents: "Últimos assuntos",
  tags: "Etiquetas",
  newTag: "Nova etiqueta",
  notes: "Notas",
  newNote: "Nova nota",
  note: "nota",
  by: (who, when) => `${who} · ${when}`,
  fromDashboard: "Painel",
  moreNotes: "As notas mais antigas estão no painel.",
  fields: "Outros dados",
  newField: "Novo dado",
  fieldName: "Nome do dado",
  fieldValue: "Valor",
  fresh: "Nada anotado ainda. Uma nota hoje poupa uma pergunta amanhã.",
  keep: "Guardar",
  leave: "Desistir",
  hint: {
    line: "Enter ou clicar fora guarda · Esc desiste",
    lines: "Enter guarda · Shift+Enter quebra a linha · Esc desiste",
    click: "Clique em um valor para mudar",
  },
  undo: "Desfazer",
  done: {
    name: "Nome mudado.",
    tagOn: "Etiqueta posta.",
    tagOff: "Etiqueta tirada.",
    note: "Nota guardada.",
    noteGone: "Nota apagada.",
    field: "Dado guardado.",
    fieldGone: "Dado apagado.",
    desk: "Anotado.",
  },
  failed: {
    bad: "Isto não pôde ser guardado assim. Nada mudou.",
    too_many: "Já há itens demais aqui. Tire algum e tente de novo.",
    not_yours: "Esta nota é de outra pessoa: só ela ou a supervisão pode mudar.",
    gone: "Isto não existe mais. Nada mudou.",
    no_answer: "O Balcão não respondeu. Confira se foi guardado.",
    failed: "Algo deu errado. Nada mudou.",
  },
  problems: {
    empty: "Falta escrever. Para apagar, use o ×.",
    long_label: "No máximo 60 letras.",
    long_name: "No máximo 200 letras.",
    long_note: "A nota passa de 4.000 letras. Divida em duas.",
    long_value: "No máximo 1.000 letras.",
    signs: "Sem barra ( / ) nem quebra de linha.",
    no_date: "Escolha o dia e a hora.",
    past: "Este momento já passou.",
  },
  reminder: (who, when) => ["Voltar a falar com ", who, ` (combinado: ${when})`],
  reminders: (more) => (more === 1 ? "e mais 1 lembrete" : `e mais ${more} lembretes`),
  pointAt: "Mostrar na lista",
  pointed: {
    missing: "Não achei a conversa na lista.",
    search: "Limpe a busca do WhatsApp e tente de novo.",
  },
  reminderDone: "Feito",
};

const EN: CustomerWords = {
  tab: "Customer",
  noChat: {
    title: "No conversation open",
    hint: "Open a conversation to see who the customer is and what was noted.",
  },
  waiting: "Looking up what we know…",
  nobody: {
    title: "I do not know this conversation yet",
    hint: "The card appears here as soon as a message has been stored.",
  },
  change: (what) => `Change ${what}`,
  remove: (what) => `Remove ${what}`,
  name: "Name",
  nameHint: "Empty: the name in WhatsApp",
  inWhatsApp: (title) => `In WhatsApp: ${title}`,
  phone: "Phone",
  noPhone: "WhatsApp does not show this contact's number",
  group: "A group: here you note only how the conversation stands.",
  since: (first, last) => `Since ${first} · last contact ${last}`,
  messages: (count) => (count === 1 ? "1 message" : `${count} messages`),
  status: "Status",
  statuses: { open: "Open", pending: "Pending", closed: "Closed" },
  outcome: "Outcome",
  outcomes: { open: "Open", won: "Won", lost: "Lost", resolved: "Resolved" },
  followUp: "Follow up",
  noFollowUp: "No date yet. Choose one and I will remind you.",
  followUpAt: (when) => `Reminder: ${when}`,
  isDue: "past",
  choices: {
    today: (time) => `Today ${time}`,
    tomorrow: (time) => `Tomorrow ${time}`,
    days: () => "In 3 days",
    monday: (time) => `Monday ${time}`,
  },
  otherDate: "Other date",
  noReminder: "Remove the reminder",
  mood: "Mood of the conversation",
  moodCourse: (first, last, count) => `From ${first} to ${last}, over ${count} messages`,
  moodSame: (word, count) => (count === 1 ? `${word}, in 1 message` : `${word}, over ${count} messages`),
  intents: "Last topics",
  tags: "Tags",
  newTag: "New tag",
  notes: "Notes",
  newNote: "New note",
  note: "note",
  by: (who, when) => `${who} · ${when}`,
  fromDashboard: "Dashboard",
  moreNotes: "Older notes are in the dashboard.",
  fields: "Other details",
  newField: "New detail",
  fieldName: "What it is",
  fieldValue: "Value",
  fresh: "Nothing noted yet. A note today saves a question tomorrow.",
  keep: "Keep",
  leave: "Leave it",
  hint: {
    line: "Enter or a click elsewhere keeps it · Esc leaves it",
    lines: "Enter keeps it · Shift+Enter: new line · Esc leaves it",
    click: "Click a value to change it",
  },
  undo: "Undo",
  done: {
    name: "Name changed.",
    tagOn: "Tag added.",
    tagOff: "Tag removed.",
    note: "Note kept.",
    noteGone: "Note removed.",
    field: "Detail kept.",
    fieldGone: "Detail removed.",
    desk: "Noted.",
  },
  failed: {
    bad: "This could not be kept like that. Nothing has changed.",
    too_many: "There are too many here already. Remove one and try again.",
    not_yours: "This note is somebody else's: only they or a supervisor may change it.",
    gone: "This is not there any more. Nothing has changed.",
    no_answer: "Balcão did not answer. Check whether it was kept.",
    failed: "Something went wrong. Nothing has changed.",
  },
  problems: {
    empty: "Write something. To remove it, use the ×.",
    long_label: "60 letters at most.",
    long_name: "200 letters at most.",
    long_note: "The note is longer than 4,000 letters. Make two of it.",
    long_value: "1,000 letters at most.",
    signs: "No slash ( / ) and no new line.",
    no_date: "Choose a day and a time.",
    past: "That moment has passed.",
  },
  reminder: (who, when) => ["Get back to ", who, ` (planned: ${when})`],
  reminders: (more) => (more === 1 ? "and 1 more reminder" : `and ${more} more reminders`),
  pointAt: "Show in the list",
  pointed: {
    missing: "I did not find the chat in the list.",
    search: "Clear WhatsApp’s search and try again.",
  },
  reminderDone: "Done",
};

const ES: CustomerWords = {
  tab: "Cliente",
  noChat: {
    title: "Ninguna conversación abierta",
    hint: "Abre una conversación para ver quién es el cliente y qué se anotó.",
  },
  waiting: "Buscando lo que sabemos…",
  nobody: {
    title: "Aún no conozco esta conversación",
    hint: "La ficha aparece aquí en cuanto haya un mensaje registrado.",
  },
  change: (what) => `Cambiar ${what}`,
  remove: (what) => `Quitar ${what}`,
  name: "Nombre",
  nameHint: "Vacío: el nombre de WhatsApp",
  inWhatsApp: (title) => `En WhatsApp: ${title}`,
  phone: "Teléfono",
  noPhone: "WhatsApp no muestra el número de este contacto",
  group: "Grupo: aquí solo se anota cómo está la conversación.",
  since: (first, last) => `Desde ${first} · último contacto ${last}`,
  messages: (count) => (count === 1 ? "1 mensaje" : `${count} mensajes`),
  status: "Atención",
  statuses: { open: "Abierta", pending: "En espera", closed: "Cerrada" },
  outcome: "Resultado",
  outcomes: { open: "Sin definir", won: "Ganado", lost: "Perdido", resolved: "Resuelto" },
  followUp: "Volver a hablar",
  noFollowUp: "Sin fecha. Elige una y te lo recuerdo.",
  followUpAt: (when) => `Recordatorio: ${when}`,
  isDue: "ya pasó",
  choices: {
    today: (time) => `Hoy ${time}`,
    tomorrow: (time) => `Mañana ${time}`,
    days: () => "En 3 días",
    monday: (time) => `Lunes ${time}`,
  },
  otherDate: "Otra fecha",
  noReminder: "Quitar el recordatorio",
  mood: "Ánimo de la conversación",
  moodCourse: (first, last, count) => `De ${first} a ${last}, en ${count} mensajes`,
  moodSame: (word, count) => (count === 1 ? `${word}, en 1 mensaje` : `${word}, en ${count} mensajes`),
  intents: "Últimos temas",
  tags: "Etiquetas",
  newTag: "Nueva etiqueta",
  notes: "Notas",
  newNote: "Nueva nota",
  note: "nota",
  by: (who, when) => `${who} · ${when}`,
  fromDashboard: "Panel",
  moreNotes: "Las notas más antiguas están en el panel.",
  fields: "Otros datos",
  newField: "Nuevo dato",
  fieldName: "Nombre del dato",
  fieldValue: "Valor",
  fresh: "Nada anotado todavía. Una nota hoy ahorra una pregunta mañana.",
  keep: "Guardar",
  leave: "Dejarlo",
  hint: {
    line: "Enter o un clic fuera guarda · Esc lo deja",
    lines: "Enter guarda · Shift+Enter: otra línea · Esc lo deja",
    click: "Haz clic en un valor para cambiarlo",
  },
  undo: "Deshacer",
  done: {
    name: "Nombre cambiado.",
    tagOn: "Etiqueta puesta.",
    tagOff: "Etiqueta quitada.",
    note: "Nota guardada.",
    noteGone: "Nota borrada.",
    field: "Dato guardado.",
    fieldGone: "Dato borrado.",
    desk: "Anotado.",
  },
  failed: {
    bad: "Esto no se pudo guardar así. Nada cambió.",
    too_many: "Ya hay demasiados aquí. Quita alguno e inténtalo de nuevo.",
    not_yours: "Esta nota es de otra persona: solo ella o la supervisión puede cambiarla.",
    gone: "Esto ya no existe. Nada cambió.",
    no_answer: "Balcão no respondió. Comprueba si se guardó.",
    failed: "Algo salió mal. Nada cambió.",
  },
  problems: {
    empty: "Falta escribir. Para borrar, usa la ×.",
    long_label: "60 letras como máximo.",
    long_name: "200 letras como máximo.",
    long_note: "La nota pasa de 4.000 letras. Divídela en dos.",
    long_value: "1.000 letras como máximo.",
    signs: "Sin barra ( / ) ni salto de línea.",
    no_date: "Elige el día y la hora.",
    past: "Ese momento ya pasó.",
  },
  reminder: (who, when) => ["Volver a hablar con ", who, ` (acordado: ${when})`],
  reminders: (more) => (more === 1 ? "y 1 recordatorio más" : `y ${more} recordatorios más`),
  pointAt: "Mostrar en la lista",
  pointed: {
    missing: "No encontré la conversación en la lista.",
    search: "Borra la búsqueda de WhatsApp e inténtalo de nuevo.",
  },
  reminderDone: "Hecho",
};

export const CUSTOMER_WORDS: Record<Language, CustomerWords> = { "pt-BR": PT_BR, en: EN, es: ES };
