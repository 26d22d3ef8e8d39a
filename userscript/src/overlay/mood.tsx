import type { CardProps } from "./card-props";
import { type Offer, shownChoosing } from "./card-state";
import { Face, Icon } from "./icons";
import { wordFor } from "./intent-choices";
import { withKey } from "./shortcuts";
import type { Texts } from "./texts";

/** From here on, up or down, a conversation's mood is told as good or bad. */
const CLEAR_MOOD = 0.3;

/** The conversation's mood in words, and its turn where this message goes another way; null after one message. */
export function moodWords({ moodScore, sentiment }: Offer, { mood }: Texts): string | null {
  if (moodScore === null) return null;
  const now = moodScore <= -CLEAR_MOOD ? mood.bad : moodScore >= CLEAR_MOOD ? mood.good : mood.calm;
  const turn =
    sentiment === "negative" && now !== mood.bad
      ? mood.worse
      : sentiment !== "negative" && now === mood.bad
        ? mood.better
        : null;
  return `${mood.label}: ${now}${turn ? `, ${turn}` : ""}`;
}

/** How the customer feels and what they want: always an icon and a word, never colour alone. */
export function Mood({
  state,
  texts,
  keys,
  folded,
  onCorrect,
}: Pick<CardProps, "state" | "texts" | "keys" | "onCorrect"> & { folded: boolean }) {
  const { offer } = state;
  if (!offer) return null;
  const sentiment = texts.sentiment[offer.sentiment] ?? offer.sentiment;
  const likely = wordFor(offer.intent, offer.intents, texts.intent);
  const intent = offer.unsure ? texts.unsure : likely;
  const mood = moodWords(offer, texts);
  return (
    <div class="mood">
      <span
        class="chip"
        data-sentiment={offer.sentiment}
        title={`${texts.lastMessage}: ${sentiment}${mood ? `\n${mood}` : ""}`}
      >
        <Face sentiment={offer.sentiment} />
        <span class="chip-word">{sentiment}</span>
        {mood && <span class="spoken">{mood}</span>}
      </span>
      {folded ? (
        <span class="chip" data-intent={offer.intent} data-unsure={offer.unsure}>
          <Icon name="tag" size={16} />
          <span class="chip-word">{intent}</span>
        </span>
      ) : (
        <button
          type="button"
          class="chip"
          tabIndex={-1}
          data-intent={offer.intent}
          data-unsure={offer.unsure}
          data-corrected={offer.corrected}
          title={`${offer.unsure && offer.intent !== "other" ? texts.maybe(likely) : intent}\n${withKey(texts.correct, keys.correct)}`}
          aria-haspopup="listbox"
          aria-expanded={shownChoosing(state) !== null}
          aria-keyshortcuts={keys.correct}
          onClick={onCorrect}
        >
          <Icon name={offer.corrected ? "check" : "tag"} size={16} />
          <span class="chip-word">{intent}</span>
          <Icon name="foldDown" size={14} />
        </button>
      )}
      {folded && offer.slots.length > 0 && (
        <span class="chip" data-count={offer.slots.length} title={texts.suggestions}>
          {offer.slots.length}
        </span>
      )}
    </div>
  );
}
