import type { CardProps } from "./card-props";
import type { CardState } from "./card-state";
import { Icon, Mark } from "./icons";
import type { Texts } from "./texts";

/** One line: what is wrong with the capture, and the draft model while nothing is. */
function stateLine(state: CardState, texts: Texts): string {
  const reason = state.life?.reason;
  if (reason) return texts.life[reason].line;
  if (state.model === null) return texts.model.waiting;
  if (state.model === "ready") return texts.model.ready(state.modelName);
  return texts.model[state.model];
}

/** Name, state of the draft model, and the button that folds the card. */
export function Head({ state, texts, mode, onMinimise }: CardProps) {
  const folded = mode === "rail" || mode === "bar";
  // A window too low for texts has nothing to unfold.
  const fixed = mode === "bar" && !state.minimised;
  return (
    <header class="head">
      <Mark />
      <div class="head-words">
        <div class="name">Balcão</div>
        <div
          class="model"
          data-model={state.model ?? "waiting"}
          data-life={state.life?.level ?? "live"}
          title={stateLine(state, texts)}
        >
          <i class="dot" />
          <span>{stateLine(state, texts)}</span>
        </div>
      </div>
      {!fixed && (
        <button
          type="button"
          class="tool"
          tabIndex={-1}
          title={folded ? texts.open : texts.minimise}
          aria-label={folded ? texts.open : texts.minimise}
          onClick={(event: Event) => onMinimise(!folded, event)}
        >
          <span class={folded ? "turned" : ""}>
            <Icon name={mode === "column" || mode === "rail" ? "foldRight" : "foldDown"} />
          </span>
        </button>
      )}
    </header>
  );
}
