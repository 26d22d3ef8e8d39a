/** A suggestion in a field of the card: the person changes it before it goes into the message box. */
import type { CardProps } from "../card-props";
import { SlotCares } from "../care/panel";
import { Field } from "../fields";
import { Icon } from "../icons";
import { shownKey, withKey } from "../shortcuts";
import { editedCares, shownEditing } from "./state";
import { SUGGESTIONS_WORDS } from "./words";

export function Editor(props: CardProps) {
  const editing = shownEditing(props.state);
  if (!editing) return null;
  const words = SUGGESTIONS_WORDS[props.language];
  const key = shownKey(props.keys.edit);
  return (
    <section
      class="edit"
      aria-label={words.edit}
      data-asking={props.state.asking?.edited === true}
      data-pending={props.state.pending !== null}
    >
      <div class="edit-head">
        <button type="button" class="plain" tabIndex={-1} onClick={props.onEditLeave}>
          <Icon name="back" size={16} />
          {withKey(words.leave, props.keys.dismiss)}
        </button>
        <span class="quiet cut">{words.edit}</span>
      </div>
      <Field
        class="edit-field words"
        value={editing.text}
        onType={props.onEditType}
        label={words.field}
        lines={4}
        focus
      />
      <SlotCares cares={editedCares(editing)} language={props.language} asking={editing.warned} />
      <button
        type="button"
        class="button edit-insert"
        data-main="true"
        tabIndex={-1}
        aria-disabled={editing.text.trim() === ""}
        onClick={(event: Event) => props.onEdit(event)}
      >
        {words.insert}
        <kbd class="key">{key}</kbd>
      </button>
    </section>
  );
}
