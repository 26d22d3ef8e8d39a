/** A value that is written where it stands. */
import type { ComponentChildren } from "preact";
import { Field, type FieldProps } from "../fields";
import { Icon } from "../icons";
import type { Actions } from "./actions";
import type { Editing, Target } from "./state";
import type { CustomerWords } from "./words";

/** What every part of the card needs to be drawn. */
export interface Drawn {
  readonly words: CustomerWords;
  readonly editing: Editing | null;
  readonly actions: Actions;
}

export function isAt(editing: Editing | null, target: Target): editing is Editing {
  return editing !== null && JSON.stringify(editing.target) === JSON.stringify(target);
}

/** A name for a value in the page's tree: where the focus goes back to. */
export function placeOf(target: Target): string {
  if (target.what === "note") return `note ${target.id ?? "new"}`;
  return target.what === "field"
    ? `field ${target.field === null ? "new" : `= ${target.field}`}`
    : target.what;
}

type Input = Pick<FieldProps, "label" | "placeholder" | "lines" | "type">;

/** The field for what is being written, and beside it why it cannot be kept. */
export function Writing({
  words,
  editing,
  actions,
  buttons,
  children,
  ...input
}: Omit<Drawn, "editing"> & Input & { editing: Editing; buttons?: boolean; children?: ComponentChildren }) {
  return (
    <div class="writing" data-problem={editing.problem ?? ""} onBlurCapture={actions.blur}>
      {children}
      <Field
        {...input}
        value={editing.text}
        class="writing-text"
        focus={editing.focus && !children}
        onType={(value) => actions.type("text", value)}
      />
      {editing.problem && (
        <p class="writing-problem" role="alert">
          {words.problems[editing.problem]}
        </p>
      )}
      {buttons && (
        <div class="row">
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-main="true"
            data-do="keep"
            onClick={actions.keep}
          >
            {words.keep}
          </button>
          <button type="button" class="button" tabIndex={-1} data-do="leave" onClick={actions.leave}>
            {words.leave}
          </button>
        </div>
      )}
    </div>
  );
}

/** A heading with a button that adds one. */
export function Heading({
  title,
  add,
  target,
  actions,
}: Pick<Drawn, "actions"> & { title: string; add: string; target: Target }) {
  return (
    <div class="row customer-heading">
      <h2 class="heading">{title}</h2>
      <button
        type="button"
        class="customer-add"
        tabIndex={-1}
        data-edit={placeOf(target)}
        onClick={(event: Event) => actions.begin(target, event)}
      >
        + {add}
      </button>
    </div>
  );
}

/** The small cross that takes something away. */
export function Remove({ label, onClick }: { label: string; onClick: (event: Event) => void }) {
  return (
    <button
      type="button"
      class="customer-remove"
      tabIndex={-1}
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name="close" size={14} />
    </button>
  );
}
