import type { CardProps } from "./card-props";
import { shownChoosing, shownOffer } from "./card-state";
import { Icon } from "./icons";
import { groupsFor, narrowed } from "./intent-choices";

/**
 * The list from which the person corrects the intent. It lies over the suggestions and moves nothing.
 *
 * The focus stays where the person writes, so this is no field: the keys come from the window (`keys.ts`), and a live
 * region says which choice Enter takes.
 */
export function IntentList({ state, texts, onChoose, onPoint }: CardProps) {
  const choosing = shownChoosing(state);
  const offer = shownOffer(state);
  if (!choosing || !offer) return null;
  const groups = narrowed(groupsFor(offer.intents, texts.intent), choosing.query);
  const all = groups.flatMap(({ choices }) => choices);
  const active = all[choosing.active];
  return (
    <div class="intents">
      <div class="intents-box">
        <div class="intents-query" data-empty={choosing.query === ""}>
          <span>{choosing.query || texts.intentQuery}</span>
          <i class="caret" />
        </div>
        <div class="intents-all" {...(all.length > 0 && { role: "listbox", "aria-label": texts.correct })}>
          {groups.map(({ kind, choices }) => (
            // biome-ignore lint/a11y/useSemanticElements: a listbox may own groups of options, not fieldsets
            <div class="intents-group" key={kind} role="group" aria-label={texts.intentGroup[kind]}>
              <div class="intents-title" aria-hidden="true">
                {texts.intentGroup[kind]}
              </div>
              {choices.map((choice) => (
                <button
                  type="button"
                  class="intents-choice"
                  role="option"
                  tabIndex={-1}
                  key={choice.name}
                  title={choice.word}
                  data-choice={choice.name}
                  data-active={choice === active}
                  aria-selected={choice.name === offer.intent}
                  onPointerMove={(event: PointerEvent) => onPoint(all.indexOf(choice), event)}
                  onClick={(event: Event) => onChoose(choice, event)}
                >
                  <span>{choice.word}</span>
                  {choice.name === offer.intent && !offer.unsure && <Icon name="check" size={16} />}
                </button>
              ))}
            </div>
          ))}
          {all.length === 0 && <div class="intents-none">{texts.intentNone}</div>}
        </div>
        <span class="spoken" role="status">
          {active ? active.word : texts.intentNone}
        </span>
      </div>
    </div>
  );
}
