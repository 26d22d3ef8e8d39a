/**
 * Every text that the card shows, in both languages. Portuguese is the default: an unknown page language gets it.
 */
import type { LifeReason } from "../contract.gen";
import { EN } from "./texts.en";
import { PT_BR } from "./texts.pt-br";

export interface Texts {
  /** Accessible name of the whole card. */
  region: string;
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
  /** Why the capture is not live: a few words, and what it means for the person. */
  life: Record<LifeReason, { line: string; hint: string }>;
  /** How an insertion or another wish of the person ended, by code. */
  notice: Record<string, string>;
  /** A code that this version of the card does not know. */
  unknownNotice: (code: string) => string;
  youSend: string;
  readyReply: string;
  learnedReply: string;
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
  dismiss: string;
  minimise: string;
  open: string;
}

/** The catalogue for a BCP 47 language tag such as `pt-BR`, `en` or `en-GB`. */
export function textsFor(lang: string): Texts {
  return /^en(?:[-_]|$)/i.test(lang.trim()) ? EN : PT_BR;
}
