/** What people noted of the customer: tags, notes, fields of the company's own; and what another system says. */
import type { CustomerView, Note, RecordCommand } from "../../contract.gen";
import type { Look } from "../feature";
import { Field } from "../fields";
import { Icon } from "../icons";
import { sayWhen } from "./dates";
import { type Drawn, Heading, isAt, placeOf, Remove, Writing } from "./inline";
import type { CustomerWords } from "./words";

const TAG = { what: "tag" } as const;
const NEW_NOTE = { what: "note", id: null } as const;
const NEW_FIELD = { what: "field", field: null } as const;
/** So many notes the agent tells; it keeps more. */
const MOST_NOTES = 20;

export function Tags({ view, ...drawn }: Drawn & { view: CustomerView }) {
  const { words, editing, actions } = drawn;
  return (
    <section class="customer-part" data-part="tags" aria-label={words.tags}>
      <Heading title={words.tags} add={words.newTag} target={TAG} actions={actions} />
      {isAt(editing, TAG) && (
        <Writing {...drawn} editing={editing} label={words.newTag} placeholder={words.newTag} />
      )}
      {view.tags.length > 0 && (
        <ul class="customer-chips">
          {view.tags.map((tag) => (
            <li class="customer-chip" key={tag} title={tag}>
              <bdi class="cut">{tag}</bdi>
              <Remove
                label={words.remove(tag)}
                onClick={(event) => actions.change({ what: "tag", tag, on: false }, event)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** `attendant:Ana` is Ana; who is known by a number only has written at the dashboard. */
function writerOf(note: Note, words: CustomerWords): string {
  return (
    /^attendant:(.+)$/s.exec(note.written_by)?.[1] ??
    (note.written_by === "counter" ? "Balcão" : words.fromDashboard)
  );
}

function NoteBox({ note, view, look, now, ...drawn }: Drawn & NotesProps & { note: Note }) {
  const { words, editing, actions } = drawn;
  const target = { what: "note", id: note.id } as const;
  const mine = note.written_by === view.written_by && note.id > 0;
  const when = sayWhen(new Date(note.updated_at), now, look.language);
  return (
    <li class="customer-note">
      {isAt(editing, target) ? (
        <Writing {...drawn} editing={editing} label={words.note} lines={4} buttons />
      ) : (
        <>
          {mine ? (
            <button
              type="button"
              class="customer-value words"
              tabIndex={-1}
              data-edit={placeOf(target)}
              title={words.change(words.note)}
              onClick={(event: Event) => actions.begin(target, event, note.text)}
            >
              {note.text}
            </button>
          ) : (
            <p class="words" tabIndex={-1} data-reach>
              {note.text}
            </p>
          )}
          <div class="row customer-note-by">
            <span class="cut">
              <bdi>{words.by(writerOf(note, words), when)}</bdi>
            </span>
            {mine && (
              <Remove
                label={words.remove(words.note)}
                onClick={(event) => actions.change({ what: "note", note_id: note.id, text: null }, event)}
              />
            )}
          </div>
        </>
      )}
    </li>
  );
}

interface NotesProps {
  view: CustomerView;
  look: Look;
  now: Date;
}

export function Notes(props: Drawn & NotesProps) {
  const { view, words, editing, actions } = props;
  return (
    <section class="customer-part" data-part="notes" aria-label={words.notes}>
      <Heading title={words.notes} add={words.newNote} target={NEW_NOTE} actions={actions} />
      {isAt(editing, NEW_NOTE) && (
        <Writing
          words={words}
          editing={editing}
          actions={actions}
          label={words.newNote}
          placeholder={words.newNote}
          lines={3}
          buttons
        />
      )}
      {view.notes.length > 0 && (
        <ul class="customer-notes">
          {view.notes.map((note) => (
            <NoteBox key={note.id} note={note} {...props} />
          ))}
        </ul>
      )}
      {view.notes.length >= MOST_NOTES && <p class="quiet">{words.moreNotes}</p>}
    </section>
  );
}

export function Fields({ view, ...drawn }: Drawn & { view: CustomerView }) {
  const { words, editing, actions } = drawn;
  const fields = Object.entries(view.fields);
  return (
    <section class="customer-part" data-part="fields" aria-label={words.fields}>
      <Heading title={words.fields} add={words.newField} target={NEW_FIELD} actions={actions} />
      {isAt(editing, NEW_FIELD) && (
        <Writing {...drawn} editing={editing} label={words.fieldValue} placeholder={words.fieldValue} buttons>
          <Field
            value={editing.name}
            label={words.fieldName}
            placeholder={words.fieldName}
            class="writing-name"
            focus={editing.focus}
            onType={(value) => actions.type("name", value)}
          />
        </Writing>
      )}
      {fields.length > 0 && (
        <dl class="customer-fields">
          {fields.map(([field, value]) => {
            const target = { what: "field", field } as const;
            return (
              <div class="customer-field" key={field}>
                <dt title={field}>
                  <bdi class="cut">{field}</bdi>
                </dt>
                <dd tabIndex={-1}>
                  {isAt(editing, target) ? (
                    <Writing {...drawn} editing={editing} label={field} />
                  ) : (
                    <button
                      type="button"
                      class="customer-value words"
                      tabIndex={-1}
                      data-edit={placeOf(target)}
                      title={words.change(field)}
                      onClick={(event: Event) => actions.begin(target, event, value)}
                    >
                      {value || "—"}
                    </button>
                  )}
                </dd>
                <dd class="customer-field-off">
                  <Remove
                    label={words.remove(field)}
                    onClick={(event) => actions.change({ what: "field", field, value: null }, event)}
                  />
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}

/** From so many characters on a value may have to be scrolled: the keyboard goes there too. */
const LONG = 120;

/** All that another system says of them. */
export function Elsewhere({ record, look }: { record: RecordCommand; look: Look }) {
  return (
    <section class="customer-part" data-part="record" aria-label={look.texts.record}>
      <div class="row">
        <Icon name="card" size={14} />
        <h2 class="heading cut" title={record.source}>
          {look.texts.recordFrom(record.source)}
        </h2>
      </div>
      <dl class="customer-fields">
        {record.fields.map(({ label, value }) => (
          <div class="customer-field" key={label}>
            <dt title={label}>
              <bdi class="cut">{label}</bdi>
            </dt>
            <dd class="words" {...(value.length > LONG && { tabIndex: -1, "data-reach": true })}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
