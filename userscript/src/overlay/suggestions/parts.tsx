/** What stands in a suggestion's head, and what takes its place when it is no good. */
import type { Slot } from "../card-state";
import { Icon } from "../icons";
import type { Language } from "../texts";
import { REASONS, type Reason } from "./state";
import { SUGGESTIONS_WORDS } from "./words";

/** From here on the agent is fairly sure, and very sure. Below the first nothing is said of it. */
const SURE_FROM = [0.15, 0.35, 0.65] as const;

/** 0: nothing is said; 1 to 3: so many bars. */
export function barsFor(score: number | null): 0 | 1 | 2 | 3 {
  if (score === null || score < SURE_FROM[0]) return 0;
  return score < SURE_FROM[1] ? 1 : score < SURE_FROM[2] ? 2 : 3;
}

/** How sure the agent is: three small bars, and the word for it. A draft has no such number. */
export function Sure({ slot, language }: { slot: Slot; language: Language }) {
  const bars = slot.phase === "ready" ? barsFor(slot.score) : 0;
  if (bars === 0) return null;
  const said = SUGGESTIONS_WORDS[language].sure[bars - 1] ?? "";
  return (
    <span class="sure" data-bars={bars} title={said}>
      <i />
      <i />
      <i />
      <span class="spoken">{said}</span>
    </span>
  );
}

export interface JudgingProps {
  slot: Slot;
  language: Language;
  open: boolean;
  onEdit: (event: Event, index: number) => void;
  onDoubt: (index: number, event: Event) => void;
  onJudge: (index: number, reason: Reason, event: Event) => void;
}

/** The two small buttons in the head: change it first, and it is no good. */
export function SlotTools({ slot, language, open, onEdit, onDoubt }: JudgingProps) {
  if (slot.phase !== "ready") return null;
  const words = SUGGESTIONS_WORDS[language];
  return (
    <span class="slot-tools">
      <button
        type="button"
        class="slot-tool slot-edit"
        tabIndex={-1}
        title={words.edit}
        aria-label={words.edit}
        onClick={(event: Event) => onEdit(event, slot.index)}
      >
        <Icon name="pencil" size={15} />
      </button>
      <button
        type="button"
        class="slot-tool slot-thumb"
        tabIndex={-1}
        title={words.thumb}
        aria-label={words.thumb}
        aria-expanded={open}
        onClick={(event: Event) => onDoubt(slot.index, event)}
      >
        <Icon name="thumbDown" size={15} />
      </button>
    </span>
  );
}

/** Four reasons, each one tap. They lie over the text, so that nothing moves. */
export function Reasons({ slot, language, open, onJudge }: JudgingProps) {
  const words = SUGGESTIONS_WORDS[language];
  if (slot.phase === "refused") return <span class="slot-over slot-refused">{words.refused}</span>;
  if (!open) return null;
  return (
    <fieldset class="slot-over" aria-label={words.why}>
      {REASONS.map((reason) => (
        <button
          type="button"
          key={reason}
          class="reason"
          tabIndex={-1}
          data-reason={reason}
          onClick={(event: Event) => onJudge(slot.index, reason, event)}
        >
          {words.reason[reason]}
        </button>
      ))}
    </fieldset>
  );
}
