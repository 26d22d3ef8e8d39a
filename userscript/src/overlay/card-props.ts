import type { CardState } from "./card-state";
import type { Choice } from "./intent-choices";
import type { DockMode } from "./place";
import type { Texts } from "./texts";

export interface CardHandlers {
  onPress: (index: number, event: Event) => void;
  onDismiss: (event: Event) => void;
  onBack: (event: Event) => void;
  onMinimise: (on: boolean, event: Event) => void;
  /** The chip of the intent was pressed: open or close its list. */
  onCorrect: (event: Event) => void;
  onChoose: (choice: Choice, event: Event) => void;
  /** The mouse moved over a choice of the list. */
  onPoint: (index: number, event: PointerEvent) => void;
}

export interface CardProps extends CardHandlers {
  state: CardState;
  texts: Texts;
  mode: DockMode;
  /** The window has little height: captions make room for texts. */
  low: boolean;
  dark: boolean;
  lang: string;
}
