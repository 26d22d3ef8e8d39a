/**
 * Every text that the card shows, in three languages. Portuguese is the default: an unknown page language gets it.
 */
import type { LifeReason } from "../contract.gen";
import { CANNED } from "./canned/words";
import { CARE } from "./care/words";
import { CUSTOMER_WORDS } from "./customer/words";
import { FORM } from "./form/words";
import { QUEUE } from "./queue/words";
import { SUGGESTIONS_WORDS } from "./suggestions/words";
import { EN } from "./texts.en";
import { ES } from "./texts.es";
import { PT_BR } from "./texts.pt-br";
import { WRITING } from "./writing/words";

export interface Texts {
  /** Accessible name of the whole card. */
  region: string;
  tabs: { all: string; replies: string };
  openChat: { title: string; hint: string };
  quiet: { title: string; hint: string };
  nothingFound: { title: string; hint: string };
  dismissed: { title: string; hint: string };
  lastMessage: string;
  suggestions: string;
  sentiment: Record<string, string>;
  /** The built-in intents, in the order of the list. */
  intent: Record<string, string>;
  unsure: string;
  /** Tooltip of an intent that is only a guess. */
  maybe: (intent: string) => string;
  correct: string;
  intentQuery: string;
  intentNone: string;
  intentGroup: { likely: string; own: string; others: string };
  /** The conversation's mood: as it is, and where this message says that it turns. */
  mood: { label: string; bad: string; calm: string; good: string; better: string; worse: string };
  /** State of the draft model; `name` is the model's name where it is known. */
  model: {
    waiting: string;
    loading: string;
    ready: (name: string | null) => string;
    off: string;
    failed: string;
  };
  /** Whether messages are captured: a word, and what a screen reader is told when it changes. */
  state: Record<"live" | "degraded" | "blind" | "paused" | "starting", { name: string; said: string }> & {
    open: (name: string) => string;
  };
  /** What a screen reader is told of its own accord. */
  announce: { suggestions: (count: number) => string; draft: string };
  /** Why the capture is not live: a few words, and what it means for the person. */
  life: Record<LifeReason, { line: string; hint: string }>;
  /** How an insertion or another wish of the person ended, by code. */
  notice: Record<string, string>;
  /** A code that this version of the card does not know. */
  unknownNotice: (code: string) => string;
  youSend: string;
  readyReply: string;
  learnedReply: string;
  /** A learned reply: who sent it (empty: nobody knows), and on which day. */
  sentBefore: (who: string, day: string) => string;
  passage: string;
  /** Tooltip of a variable that the person has to fill. */
  fillIn: string;
  draft: string;
  draftWaiting: string;
  draftWriting: string;
  draftNone: string;
  readWhole: string;
  readingHint: string;
  back: string;
  /** What another system knows of the customer. */
  record: string;
  /** Which system says so. */
  recordFrom: (source: string) => string;
  dismiss: string;
  minimise: string;
  open: string;
}

/** Languages of the card. */
export type Language = "pt-BR" | "en" | "es";

/** The card's language for a BCP 47 tag such as `pt-BR`, `en-GB` or `es-419`; Portuguese for others. */
export function languageFor(lang: string): Language {
  const [, first] = /^(en|es)(?:[-_]|$)/i.exec(lang.trim()) ?? [];
  return first ? (first.toLowerCase() as "en" | "es") : "pt-BR";
}

const CARD: Readonly<Record<Language, Texts>> = { "pt-BR": PT_BR, en: EN, es: ES };

/** All words, by the part of the card that says them: a test holds the languages against each other. */
export const CATALOGUE: Readonly<Record<string, Readonly<Record<Language, object>>>> = {
  card: CARD,
  form: FORM,
  canned: CANNED,
  care: CARE,
  customer: CUSTOMER_WORDS,
  queue: QUEUE,
  suggestions: SUGGESTIONS_WORDS,
  writing: WRITING,
};

/** The card's own texts for a BCP 47 language tag. */
export function textsFor(lang: string): Texts {
  return CARD[languageFor(lang)];
}
