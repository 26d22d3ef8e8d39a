/**
 * Every text that the card shows, in both languages. Portuguese is the default: an unknown page language gets it.
 */
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
  intent: Record<string, string>;
  /** State of the draft model; `name` is the model's name where it is known. */
  model: {
    waiting: string;
    loading: string;
    ready: (name: string | null) => string;
    off: string;
    failed: string;
  };
  /** How an insertion or another wish of the person ended, by code. */
  notice: Record<string, string>;
  /** A code that this version of the card does not know. */
  unknownNotice: (code: string) => string;
  youSend: string;
  readyReply: string;
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
