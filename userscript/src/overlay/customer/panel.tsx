/** The customer's tab: one pure function from what is known to what is drawn. */
import type { Look } from "../feature";
import { Icon } from "../icons";
import type { Actions } from "./actions";
import type { CustomerEdit } from "./edits";
import { Elsewhere, Fields, Notes, Tags } from "./noted";
import { Contact, Course, Intents, Name } from "./person";
import { FollowUp, Standing } from "./standing";
import { type CustomerState, shown } from "./state";
import type { CustomerWords } from "./words";

export interface PanelProps {
  state: CustomerState;
  words: CustomerWords;
  look: Look;
  actions: Actions;
  now: Date;
  /** Where the panel stands: the focus is looked up in its tree. */
  at: (element: HTMLElement | null) => void;
}

export function Panel({ state, words, look, actions, now, at }: PanelProps) {
  const view = shown(state);
  if (!view) {
    const waits = state.token !== null && !state.known;
    const said = state.token === null ? words.noChat : words.nobody;
    return (
      <div class="empty" ref={at}>
        <span class="empty-icon">
          <Icon name="person" size={26} />
        </span>
        {waits ? (
          <div class="empty-hint">{words.waiting}</div>
        ) : (
          <>
            <div class="empty-title">{said.title}</div>
            <div class="empty-hint">{said.hint}</div>
          </>
        )}
      </div>
    );
  }
  const drawn = { view, words, look, now, actions, editing: state.editing };
  const isGroup = view.customer_id === null;
  const isFresh = view.notes.length + view.tags.length + Object.keys(view.fields).length === 0;
  return (
    <div class="customer" ref={at} data-pending={state.pending.length}>
      <div class="customer-parts" tabIndex={-1} data-reach>
        <div class="customer-part customer-who">
          {isGroup ? (
            <div class="customer-name cut" title={view.title}>
              <bdi>{view.title}</bdi>
            </div>
          ) : (
            <Name {...drawn} />
          )}
          {isGroup ? <p class="quiet">{words.group}</p> : <Contact {...drawn} />}
        </div>
        <Standing {...drawn} />
        <FollowUp {...drawn} />
        {!isGroup && (
          <>
            {isFresh && !state.editing && <p class="quiet customer-fresh">{words.fresh}</p>}
            <Notes {...drawn} />
            <Tags {...drawn} />
            <Course {...drawn} />
            <Intents {...drawn} />
            <Fields {...drawn} />
            {state.record && <Elsewhere record={state.record} look={look} />}
          </>
        )}
      </div>
      <Said state={state} words={words} actions={actions} />
    </div>
  );
}

/** One line at the end, whose room is always kept: what can be taken back, what went wrong, what the keys do. */
function Said({ state, words, actions }: Pick<PanelProps, "state" | "words" | "actions">) {
  const { said, editing } = state;
  const lines = editing?.target.what === "note";
  const hint = editing ? (lines ? words.hint.lines : words.hint.line) : words.hint.click;
  return (
    <div class="customer-said" data-said={said?.kind ?? "hint"}>
      <span role="status" class="customer-said-words">
        {said?.kind === "undo"
          ? words.done[doneName(said.done)]
          : said?.kind === "failed"
            ? (words.failed[said.code] ?? words.failed.failed)
            : null}
      </span>
      {said?.kind === "undo" && (
        <button type="button" class="plain" tabIndex={-1} data-do="undo" onClick={actions.undo}>
          <Icon name="history" size={16} />
          {words.undo}
        </button>
      )}
      {!said && <span class="quiet customer-hint">{hint}</span>}
    </div>
  );
}

function doneName(edit: CustomerEdit): keyof CustomerWords["done"] {
  switch (edit.what) {
    case "tag":
      return edit.on ? "tagOn" : "tagOff";
    case "note":
      return edit.text === null ? "noteGone" : "note";
    case "field":
      return edit.value === null ? "fieldGone" : "field";
    default:
      return edit.what;
  }
}
