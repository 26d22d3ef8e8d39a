/** What an edit does to the card before the agent has answered, and which edit takes it back. */
import type { CustomerView, EditFrame } from "../../contract.gen";

export type CustomerEdit = EditFrame["edit"];
export type DeskEdit = Extract<CustomerEdit, { what: "desk" }>;
type Standing = Partial<Pick<CustomerView, "status" | "outcome" | "follow_up_at">>;

/** The edit that changes exactly what is named. */
export function stand(standing: Standing): DeskEdit {
  const changes: DeskEdit["changes"] = [];
  if (standing.status !== undefined) changes.push("status");
  if (standing.outcome !== undefined) changes.push("outcome");
  if (standing.follow_up_at !== undefined) changes.push("follow_up");
  const { status = null, outcome = null, follow_up_at = null } = standing;
  return { what: "desk", changes, status, outcome, follow_up_at };
}

/**
 * The card as it will be.
 *
 * @param at the moment, ISO 8601
 * @param id of a note that is new: below zero until the agent has given it one
 */
export function applied(view: CustomerView, edit: CustomerEdit, at: string, id: number): CustomerView {
  switch (edit.what) {
    case "name":
      return { ...view, customer: edit.customer ?? view.title };
    case "tag": {
      const others = view.tags.filter((tag) => tag !== edit.tag);
      return { ...view, tags: edit.on ? [...others, edit.tag].sort() : others };
    }
    case "note": {
      const { note_id, text } = edit;
      if (note_id === null) {
        const note = { id, text: text ?? "", written_by: view.written_by, at, updated_at: at };
        return { ...view, notes: [note, ...view.notes] };
      }
      const notes =
        text === null
          ? view.notes.filter((note) => note.id !== note_id)
          : view.notes.map((note) => (note.id === note_id ? { ...note, text, updated_at: at } : note));
      return { ...view, notes };
    }
    case "field": {
      const { [edit.field]: _, ...others } = view.fields;
      return { ...view, fields: edit.value === null ? others : { ...view.fields, [edit.field]: edit.value } };
    }
    case "desk": {
      const next = { ...view };
      if (edit.changes.includes("status") && edit.status) next.status = edit.status;
      if (edit.changes.includes("outcome") && edit.outcome) next.outcome = edit.outcome;
      if (edit.changes.includes("follow_up")) next.follow_up_at = edit.follow_up_at;
      return next;
    }
    default:
      return edit satisfies never;
  }
}

/** Whether the card is the same before and after: then there is nothing to do. */
export function isIdle(view: CustomerView, edit: CustomerEdit): boolean {
  if (edit.what === "note" && edit.note_id === null) return false;
  if (edit.what === "tag") return view.tags.includes(edit.tag) === edit.on;
  const at = view.notes.find((note) => edit.what === "note" && note.id === edit.note_id)?.updated_at ?? "";
  return JSON.stringify(applied(view, edit, at, 0)) === JSON.stringify(view);
}

/**
 * The edit that takes this one back.
 *
 * @param before the card before it
 * @param after the card after it, as the agent told it: a new note has its number there
 */
export function inverse(before: CustomerView, edit: CustomerEdit, after: CustomerView): CustomerEdit | null {
  switch (edit.what) {
    case "name":
      // The chat's title again, and not its letters: a later title is then taken over as before.
      return { what: "name", customer: before.customer === before.title ? null : before.customer };
    case "tag":
      return { ...edit, on: !edit.on };
    case "note": {
      if (edit.note_id === null) {
        const known = new Set(before.notes.map((note) => note.id));
        const made = after.notes.find((note) => !known.has(note.id) && note.text === edit.text?.trim());
        return made ? { what: "note", note_id: made.id, text: null } : null;
      }
      const note = before.notes.find((one) => one.id === edit.note_id);
      if (!note) return null;
      return { what: "note", note_id: edit.text === null ? null : note.id, text: note.text };
    }
    case "field":
      return { ...edit, value: before.fields[edit.field] ?? null };
    case "desk": {
      const { status, outcome, follow_up_at } = before;
      const was = { status, outcome, follow_up_at };
      const named = edit.changes.map((name) => (name === "follow_up" ? "follow_up_at" : name));
      return stand(Object.fromEntries(named.map((name) => [name, was[name]])) as Standing);
    }
    default:
      return edit satisfies never;
  }
}
