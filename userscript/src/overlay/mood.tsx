import type { CardProps } from "./card-props";
import { Face, Icon } from "./icons";

/** How the customer feels and what they want: always an icon and a word, never colour alone. */
export function Mood({ state, texts, folded }: Pick<CardProps, "state" | "texts"> & { folded: boolean }) {
  const { offer } = state;
  if (!offer) return null;
  const sentiment = texts.sentiment[offer.sentiment] ?? offer.sentiment;
  const intent = texts.intent[offer.intent] ?? texts.intent.other;
  return (
    <div class="mood" title={`${texts.lastMessage}: ${sentiment} · ${intent}`}>
      <span class="chip" data-sentiment={offer.sentiment}>
        <Face sentiment={offer.sentiment} />
        <span class="chip-word">{sentiment}</span>
      </span>
      <span class="chip" data-intent={offer.intent}>
        <Icon name="tag" size={16} />
        <span class="chip-word">{intent}</span>
      </span>
      {folded && offer.slots.length > 0 && (
        <span class="chip" data-count={offer.slots.length} title={texts.suggestions}>
          {offer.slots.length}
        </span>
      )}
    </div>
  );
}
