import type { VNode } from "preact";
import type { CardState } from "./card-state";
import type { Look, Tab, TabName } from "./feature";
import type { Choice } from "./intent-choices";
import type { Keys } from "./shortcuts";
import type { Reason } from "./suggestions/state";

export interface CardHandlers {
  onPress: (index: number, event: Event) => void;
  /** Change a suggestion first; without a number: put what was changed into the box. */
  onEdit: (event: Event, index?: number) => void;
  onEditType: (text: string) => void;
  onEditLeave: (event: Event) => void;
  /** The person doubts a suggestion: open or close the reasons. */
  onDoubt: (index: number, event: Event) => void;
  onJudge: (index: number, reason: Reason, event: Event) => void;
  onDismiss: (event: Event) => void;
  onBack: (event: Event) => void;
  onTab: (name: TabName, event: Event) => void;
  onMinimise: (on: boolean, event: Event) => void;
  /** The chip of the intent was pressed: open or close its list. */
  onCorrect: (event: Event) => void;
  onChoose: (choice: Choice, event: Event) => void;
  /** The mouse moved over a choice of the list. */
  onPoint: (index: number, event: PointerEvent) => void;
}

export interface CardProps extends CardHandlers, Look {
  state: CardState;
  lang: string;
  keys: Keys;
  /** The parts beside the suggestions. */
  tabs: readonly Tab[];
  tab: TabName;
  banners: readonly VNode[];
  sheet: VNode | null;
  /** The state of the capture. */
  chip: VNode | null;
  /** What the folded card shows of the parts. */
  signs: readonly VNode[];
  tools: readonly VNode[];
  /** For screen readers: the last thing that they are told of its own accord. */
  said: string;
}
