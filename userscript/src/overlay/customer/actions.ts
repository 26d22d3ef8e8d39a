/** What the person can do in the customer's tab. Each ends at once for input that a script made. */
import type { CustomerEdit } from "./edits";
import type { Target } from "./state";

export interface Actions {
  /** Write a value; `was` stands there now. */
  begin(target: Target, event: Event, was?: string): void;
  type(part: "text" | "name", value: string): void;
  /** Keep what is written. */
  keep(event: Event): void;
  leave(event: Event): void;
  /** The field lost the focus. */
  blur(event: Event): void;
  change(edit: CustomerEdit, event: Event): void;
  undo(event: Event): void;
}
