import type { CardState } from "./card-state";
import type { DockMode } from "./place";
import type { Texts } from "./texts";

export interface CardHandlers {
  onPress: (index: number, event: Event) => void;
  onDismiss: (event: Event) => void;
  onBack: (event: Event) => void;
  onMinimise: (on: boolean, event: Event) => void;
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
