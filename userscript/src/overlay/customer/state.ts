/** What is known of the open chat's customer and what the person is changing, as a value. Pure: no DOM, no clock. */
import type { CustomerCommand, CustomerView, RecordCommand, Reminder } from "../../contract.gen";
import { applied, type CustomerEdit, inverse, isIdle, stand } from "./edits";
import { type Problem, problemOf } from "./limits";

/** A value that can be written in place. A note or field of null is a new one. */
export type Target =
  | { readonly what: "name" }
  | { readonly what: "tag" }
  | { readonly what: "note"; readonly id: number | null }
  | { readonly what: "field"; readonly field: string | null }
  | { readonly what: "follow_up" };

export interface Editing {
  readonly target: Target;
  readonly text: string;
  /** Of a new field. */
  readonly name: string;
  /** What stood there when it was begun. */
  readonly was: string;
  readonly problem: Problem | null;
  /** The person has just asked for the field: it gets the focus. */
  readonly focus: boolean;
  /** They asked by the keyboard: it goes back to the value afterwards. */
  readonly byKey: boolean;
}

interface Pending {
  readonly id: number;
  readonly edit: CustomerEdit;
  readonly at: string;
  /** It takes an earlier one back: that is not offered again. */
  readonly undoes: boolean;
}

/** The last line of the tab: what can be taken back, or why something was not done. */
export type Said =
  | { readonly kind: "undo"; readonly id: number; readonly edit: CustomerEdit; readonly done: CustomerEdit }
  | { readonly kind: "failed"; readonly id: number; readonly code: string };

export interface CustomerState {
  /** Of the open chat; null: none. */
  readonly token: number | null;
  /** The agent has said who it is, or that nothing is known. */
  readonly known: boolean;
  /** As the agent told it last. */
  readonly base: CustomerView | null;
  /** Sent and not answered yet, in order. */
  readonly pending: readonly Pending[];
  readonly editing: Editing | null;
  readonly said: Said | null;
  readonly record: RecordCommand | null;
  readonly reminders: readonly Reminder[];
  /** Why a reminder's chat could not be shown in the list. */
  readonly pointed: "missing" | "search" | null;
  readonly nextId: number;
  /** What was being written when another chat was opened, by conversation: it is there again with its chat. */
  readonly drafts: ReadonlyMap<number, Editing>;
}

export const EMPTY: CustomerState = {
  token: null,
  known: false,
  base: null,
  pending: [],
  editing: null,
  said: null,
  record: null,
  reminders: [],
  pointed: null,
  nextId: 1,
  drafts: new Map(),
};

const MOST_DRAFTS = 20;

/** The card with everything that is under way. */
export function shown(state: CustomerState): CustomerView | null {
  const { base, pending } = state;
  return base && pending.reduce((view, { id, edit, at }) => applied(view, edit, at, -id), base);
}

/** Another chat is open: nothing of the last one is shown any more. */
export function chatChanged(state: CustomerState, token: number | null): CustomerState {
  if (token === state.token) return state;
  const { reminders, nextId } = state;
  return { ...EMPTY, token, reminders, nextId, drafts: put(state) };
}

/** What the person has begun to write is kept for its own chat. */
function put({ base, editing, drafts }: CustomerState): ReadonlyMap<number, Editing> {
  if (!base || !editing || !isChanged(editing)) return drafts;
  const next = new Map(drafts);
  next.delete(base.conversation_id);
  next.set(base.conversation_id, { ...editing, focus: false, byKey: false });
  for (const oldest of next.keys()) {
    if (next.size <= MOST_DRAFTS) break;
    next.delete(oldest);
  }
  return next;
}

function isChanged({ text, was, name }: Editing): boolean {
  return text.trim() !== was.trim() || name.trim() !== "";
}

/** The agent says who it is, or what came of an edit. Said of another chat it changes nothing. */
export function told(state: CustomerState, command: CustomerCommand): CustomerState {
  if (command.chat_token !== state.token) return state;
  const { edit_id, failed, customer } = command;
  if (!customer && failed === null) {
    return { ...EMPTY, token: state.token, known: true, reminders: state.reminders, nextId: state.nextId };
  }
  const answered = state.pending.find(({ id }) => id === edit_id);
  if (edit_id === null && customer && state.known && same(customer, state.base)) return state;
  const pending = answered ? state.pending.filter((one) => one !== answered) : state.pending;
  const next = { ...state, known: true, base: customer ?? state.base, pending };
  return resumed(answered ? { ...next, said: outcome(state, answered, command) } : next);
}

function same(one: CustomerView, other: CustomerView | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function outcome(
  state: CustomerState,
  answered: Pending,
  { failed, customer }: CustomerCommand,
): Said | null {
  const { id, edit } = answered;
  if (failed !== null) return { kind: "failed", id, code: failed };
  if (answered.undoes || !state.base || !customer) return null;
  const back = inverse(state.base, edit, customer);
  return back && { kind: "undo", id, edit: back, done: edit };
}

/** What was begun in this chat before stands there again. */
function resumed(state: CustomerState): CustomerState {
  const draft = state.base && state.drafts.get(state.base.conversation_id);
  if (!state.base || !draft || state.editing) return state;
  const drafts = new Map(state.drafts);
  drafts.delete(state.base.conversation_id);
  return { ...state, editing: draft, drafts };
}

/** The person wants to write a value. */
export function begun(state: CustomerState, target: Target, byKey: boolean, was = ""): CustomerState {
  const editing = { target, text: was, was, name: "", problem: null, focus: true, byKey };
  return { ...state, editing };
}

export function typed(state: CustomerState, part: "text" | "name", value: string): CustomerState {
  return state.editing ? { ...state, editing: { ...state.editing, [part]: value, problem: null } } : state;
}

/** The person does not want to write it any more. */
export function left(state: CustomerState): CustomerState {
  return state.editing ? { ...state, editing: null } : state;
}

/**
 * The person has written it: the edit to be sent (null: nothing has changed), or why it cannot be kept.
 *
 * @param gone they went on to something else, and did not press Enter: what is empty is only left
 */
export function kept(
  state: CustomerState,
  now: Date,
  gone: boolean,
): { state: CustomerState; edit: CustomerEdit | null } {
  const { editing } = state;
  const view = shown(state);
  if (!editing || !view) return { state: left(state), edit: null };
  const text = editing.text.trim();
  const name = editing.name.trim();
  const isNew = editing.was === "";
  if (!isChanged(editing) || (!text && !name && (gone || isNew) && editing.target.what !== "name")) {
    return { state: left(state), edit: null };
  }
  const problem = problemOf(editing.target, text, name, now);
  if (problem) return { state: { ...state, editing: { ...editing, problem } }, edit: null };
  const edit = editOf(editing.target, text, name);
  return { state: left(state), edit: isIdle(view, edit) ? null : edit };
}

function editOf(target: Target, text: string, name: string): CustomerEdit {
  switch (target.what) {
    case "name":
      return { what: "name", customer: text || null };
    case "tag":
      return { what: "tag", tag: text, on: true };
    case "note":
      return { what: "note", note_id: target.id, text };
    case "field":
      return { what: "field", field: target.field ?? name, value: text };
    case "follow_up":
      return stand({ follow_up_at: new Date(text).toISOString() });
    default:
      return target satisfies never;
  }
}

/** An edit goes to the agent; it is shown at once. */
export function sent(state: CustomerState, edit: CustomerEdit, at: string, undoes = false): CustomerState {
  const pending = [...state.pending, { id: state.nextId, edit, at, undoes }];
  return { ...state, pending, nextId: state.nextId + 1, said: null };
}

/** The agent has not answered an edit: it is as if it had not been done. */
export function unanswered(state: CustomerState, id: number): CustomerState {
  if (!state.pending.some((one) => one.id === id)) return state;
  const pending = state.pending.filter((one) => one.id !== id);
  return { ...state, pending, said: { kind: "failed", id, code: "no_answer" } };
}

/** The line has stood there long enough. */
export function silent(state: CustomerState, id: number): CustomerState {
  return state.said?.id === id ? { ...state, said: null } : state;
}

/** What another system knows of the customer; without a source: nothing any more. */
export function recorded(state: CustomerState, command: RecordCommand): CustomerState {
  if (command.chat_token !== state.token) return state;
  return { ...state, record: command.source && command.fields.length ? command : null };
}

/** A reminder is done with: it goes at once, and comes back where the agent says so. */
export function reminderDone(state: CustomerState, conversationId: number): CustomerState {
  const reminders = state.reminders.filter((one) => one.conversation_id !== conversationId);
  return { ...state, reminders, pointed: null, nextId: state.nextId + 1 };
}

/** The agent says which conversations are to be come back to now. */
export function reminded(state: CustomerState, reminders: readonly Reminder[]): CustomerState {
  return { ...state, reminders, pointed: null };
}
