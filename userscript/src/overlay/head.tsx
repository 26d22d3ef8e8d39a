import type { CardProps } from "./card-props";
import type { CardState } from "./card-state";
import { Icon, Mark } from "./icons";
import { isFolded } from "./place";
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
export function Head({ state, texts, mode, side, chip, tools, onMinimise }: CardProps) {
  const folded = isFolded(mode);
  const beside = mode === "column" || mode === "rail";
  return (
    <div class="head">
      <Mark />
      <div class="head-words">
        <div class="name">
          <span class="name-word">Balcão</span>
          {chip}
        </div>
        <div
          class="model"
          data-model={state.model ?? "waiting"}
          data-life={state.life?.reason === "paused" ? "paused" : (state.life?.level ?? "live")}
          title={stateLine(state, texts)}
        >
          <i class="dot" />
          <span>{stateLine(state, texts)}</span>
        </div>
      </div>
      {!folded && tools}
      <button
        type="button"
        class="tool"
        tabIndex={-1}
        data-tool="fold"
        title={folded ? texts.open : texts.minimise}
        aria-label={folded ? texts.open : texts.minimise}
        aria-expanded={!folded}
        onClick={(event: Event) => onMinimise(!folded, event)}
      >
        <span class={folded !== (side === "left") ? "turned" : ""}>
          <Icon name={beside ? "foldRight" : "foldDown"} />
        </span>
      </button>
    </div>
  );
}
