import { describe, expect, it } from "vitest";
import type { CustomerCommand, CustomerView } from "../src/contract.gen";
import { type CustomerEdit, inverse, stand } from "../src/overlay/customer/edits";
import { problemOf } from "../src/overlay/customer/limits";
import {
  begun,
  type CustomerState,
  chatChanged,
  EMPTY,
  kept,
  left,
  recorded,
  reminderDone,
  sent,
  shown,
  silent,
  type Target,
  told,
  typed,
  unanswered,
} from "../src/overlay/customer/state";

const AT = "2026-11-20T09:00:00Z";
const NOW = new Date(AT);
const view: CustomerView = {
  customer_id: 7,
  conversation_id: 3,
  title: "Ana",
  customer: "Ana",
  phone: null,
  tags: ["vip"],
  fields: { Plano: "Ouro" },
  notes: [{ id: 5, text: "à tarde", written_by: "counter", at: AT, updated_at: AT }],
  written_by: "counter",
  status: "open",
  outcome: "open",
  follow_up_at: null,
  first_contact: AT,
  last_contact: AT,
  mood: [],
  intents: [],
  messages: 2,
};

function says(customer: CustomerView | null, more: Partial<CustomerCommand> = {}): CustomerCommand {
  return { kind: "customer", chat_token: 1, customer, edit_id: null, failed: null, ...more };
}

const open = (): CustomerState => told(chatChanged(EMPTY, 1), says(view));

/** The person writes a value and presses Enter. */
function writes(state: CustomerState, target: Target, text: string, was = "", name = "", gone = false) {
  let next = begun(state, target, false, was);
  if (name) next = typed(next, "name", name);
  return kept(typed(next, "text", text), NOW, gone);
}

describe("what is shown", () => {
  it("is of the open chat only", () => {
    expect(shown(open())?.customer).toBe("Ana");
    expect(shown(told(open(), says({ ...view, customer: "Bia" }, { chat_token: 2 })))?.customer).toBe("Ana");
    expect(shown(chatChanged(open(), 2))).toBeNull();
    expect(told(chatChanged(open(), null), says(view)).base).toBeNull();
  });

  it("is not known before the agent has said it, and known to be nobody after it has said so", () => {
    expect(chatChanged(EMPTY, 1).known).toBe(false);
    const erased = told(begun(open(), { what: "name" }, false, "Ana"), says(null));
    expect([erased.known, shown(erased), erased.editing, erased.said]).toEqual([true, null, null, null]);
  });

  it("is the same value when the agent tells the same again: nothing is drawn", () => {
    const state = open();
    expect(told(state, says({ ...view }))).toBe(state);
  });

  it("keeps the other system's record to its chat", () => {
    const record = {
      kind: "record",
      chat_token: 1,
      source: "crm",
      fields: [{ label: "Plano", value: "Ouro" }],
    } as const;
    const state = recorded(open(), { ...record, fields: [...record.fields] });
    expect(state.record?.source).toBe("crm");
    expect(recorded(open(), { ...record, fields: [], chat_token: 2 }).record).toBeNull();
    expect(recorded(state, { ...record, fields: [], source: "" }).record).toBeNull();
    expect(chatChanged(state, 2).record).toBeNull();
  });
});

const EDITS: [string, CustomerEdit][] = [
  ["name", { what: "name", customer: "Ana (oficina)" }],
  ["tag on", { what: "tag", tag: "atacado", on: true }],
  ["tag off", { what: "tag", tag: "vip", on: false }],
  ["note changed", { what: "note", note_id: 5, text: "de manhã" }],
  ["note gone", { what: "note", note_id: 5, text: null }],
  ["field", { what: "field", field: "Plano", value: "Prata" }],
  ["new field", { what: "field", field: "Pé", value: "39" }],
  ["field gone", { what: "field", field: "Plano", value: null }],
  ["outcome", stand({ outcome: "won" })],
  ["status", stand({ status: "closed" })],
  ["reminder", stand({ follow_up_at: "2026-11-21T12:00:00Z" })],
];

/** As the agent would carry it out. */
function done(before: CustomerView, edit: CustomerEdit, noteId: number): CustomerView {
  const after = shown(sent({ ...open(), base: before }, edit, AT));
  if (!after) throw new Error("nothing is shown");
  return { ...after, notes: after.notes.map((note) => (note.id < 0 ? { ...note, id: noteId } : note)) };
}

describe("an edit", () => {
  it.each(EDITS)("%s is shown at once, and can be taken back once it is done", (_, edit) => {
    const state = sent(open(), edit, AT);
    expect(shown(state)).not.toEqual(view);
    expect(state.said).toBeNull();
    const after = done(view, edit, 6);
    const answered = told(state, says(after, { edit_id: 1 }));
    expect(answered.pending).toEqual([]);
    expect(answered.said).toMatchObject({ kind: "undo", id: 1 });
    const back = answered.said?.kind === "undo" ? answered.said.edit : null;
    if (!back) throw new Error("it cannot be taken back");
    const undone = shown(sent(answered, back, AT, true));
    expect({ ...undone, notes: undone?.notes.map(({ text }) => text) }).toEqual({
      ...view,
      notes: ["à tarde"],
    });
    expect(told(sent(answered, back, AT, true), says(view, { edit_id: 2 })).said).toBeNull();
  });

  it("of a new note is taken back by the number that the agent gave it", () => {
    const edit: CustomerEdit = { what: "note", note_id: null, text: "à tarde" };
    expect(inverse(view, edit, done(view, edit, 6))).toEqual({ what: "note", note_id: 6, text: null });
    expect(inverse(view, edit, view)).toBeNull();
  });

  it("of the chat's own name is taken back as the chat's name, whatever that is later", () => {
    expect(inverse(view, { what: "name", customer: "X" }, view)).toEqual({ what: "name", customer: null });
    const named = { ...view, customer: "Ana (oficina)" };
    expect(inverse(named, { what: "name", customer: null }, view)).toEqual({
      what: "name",
      customer: "Ana (oficina)",
    });
  });

  it("that the store refuses is rolled back, with words, and leaves the others", () => {
    let state = sent(open(), { what: "tag", tag: "a", on: true }, AT);
    state = sent(state, { what: "tag", tag: "b", on: true }, AT);
    expect(shown(state)?.tags).toEqual(["a", "b", "vip"]);
    state = told(state, says(view, { edit_id: 1, failed: "too_many" }));
    expect(shown(state)?.tags).toEqual(["b", "vip"]);
    expect(state.said).toEqual({ kind: "failed", id: 1, code: "too_many" });
  });

  it("that nobody answers is rolled back too", () => {
    const state = sent(open(), stand({ outcome: "won" }), AT);
    expect(shown(unanswered(state, 1))?.outcome).toBe("open");
    expect(unanswered(state, 1).said).toMatchObject({ code: "no_answer" });
    const answered = told(state, says({ ...view, outcome: "won" }, { edit_id: 1 }));
    expect(unanswered(answered, 1)).toBe(answered);
  });

  it("stays where a card read before it comes later than it was pressed", () => {
    const state = told(sent(open(), stand({ outcome: "won" }), AT), says({ ...view, messages: 3 }));
    expect([shown(state)?.outcome, shown(state)?.messages]).toEqual(["won", 3]);
  });

  it("is offered to be taken back for a while, and no later one's line goes with it", () => {
    const state = told(sent(open(), stand({ outcome: "won" }), AT), says(view, { edit_id: 1 }));
    expect(silent(state, 9).said).not.toBeNull();
    expect(silent(state, 1).said).toBeNull();
  });

  it("of another chat's answer changes nothing here", () => {
    const state = chatChanged(sent(open(), stand({ outcome: "won" }), AT), 2);
    const here = told(state, says({ ...view, conversation_id: 4 }, { chat_token: 2 }));
    expect(told(here, says(view, { edit_id: 1 }))).toBe(here);
    expect([here.pending, here.said]).toEqual([[], null]);
  });
});

describe("writing in place", () => {
  it("gives the edit, trimmed", () => {
    expect(writes(open(), { what: "tag" }, " atacado ").edit).toEqual({
      what: "tag",
      tag: "atacado",
      on: true,
    });
    expect(writes(open(), { what: "name" }, "", "Ana (x)").edit).toBeNull(); // It is the chat's name already.
    expect(writes(open(), { what: "note", id: 5 }, "de manhã", "à tarde").edit).toMatchObject({ note_id: 5 });
    const field = writes(open(), { what: "field", field: null }, "39", "", "Pé").edit;
    expect(field).toEqual({ what: "field", field: "Pé", value: "39" });
    const at = writes(open(), { what: "follow_up" }, "2026-11-23T09:00").edit;
    expect(at).toMatchObject({
      changes: ["follow_up"],
      follow_up_at: new Date("2026-11-23T09:00").toISOString(),
    });
  });

  it("of what stands there already gives none", () => {
    expect(writes(open(), { what: "tag" }, "vip").edit).toBeNull();
    expect(writes(open(), { what: "note", id: 5 }, "à tarde ", "à tarde")).toMatchObject({ edit: null });
    expect(writes(open(), { what: "field", field: "Plano" }, "Ouro", "Ouro").state.editing).toBeNull();
  });

  it("that is left empty is no edit; but Enter on an emptied note says how to remove it", () => {
    expect(writes(open(), { what: "note", id: null }, " ").state.editing).toBeNull();
    expect(writes(open(), { what: "note", id: 5 }, "", "à tarde", "", true).state.editing).toBeNull();
    expect(writes(open(), { what: "note", id: 5 }, "", "à tarde").state.editing?.problem).toBe("empty");
    expect(writes(open(), { what: "field", field: null }, "", "", "Pé").state.editing?.problem).toBe("empty");
  });

  it("that cannot be kept stays, with the reason, until it is changed", () => {
    const refused = writes(open(), { what: "tag" }, "a/b");
    expect(refused.edit).toBeNull();
    expect(refused.state.editing).toMatchObject({ text: "a/b", problem: "signs" });
    expect(typed(refused.state, "text", "ab").editing?.problem).toBeNull();
    expect(left(refused.state).editing).toBeNull();
  });

  it("is not touched by what the agent tells meanwhile", () => {
    const state = typed(begun(open(), { what: "note", id: 5 }, false, "à tarde"), "text", "de manh");
    const changed = { ...view, notes: [{ ...view.notes[0], text: "outra" }] } as CustomerView;
    const after = told(state, says(changed));
    expect(after.editing?.text).toBe("de manh");
  });

  it("comes back with its chat, without taking the focus, and with no other one", () => {
    const state = typed(begun(open(), { what: "note", id: null }, true), "text", "prefere");
    const away = told(chatChanged(state, 2), says({ ...view, conversation_id: 4 }, { chat_token: 2 }));
    expect(away.editing).toBeNull();
    const back = told(chatChanged(away, 3), says(view, { chat_token: 3 }));
    expect(back.editing).toMatchObject({ text: "prefere", focus: false, byKey: false });
    expect(chatChanged(left(back), 4).drafts.size).toBe(0);
    const untouched = begun(open(), { what: "name" }, false, "Ana");
    expect(chatChanged(untouched, 2).drafts.size).toBe(0);
  });

  it("remembers no more than twenty chats", () => {
    let state = EMPTY;
    for (let n = 1; n <= 25; n++) {
      state = told(chatChanged(state, n), says({ ...view, conversation_id: n }, { chat_token: n }));
      state = typed(begun(state, { what: "tag" }, false), "text", "x");
    }
    state = chatChanged(state, null);
    expect([...state.drafts.keys()]).toEqual(Array.from({ length: 20 }, (_, n) => n + 6));
  });
});

describe("limits", () => {
  const of = (target: Target, text: string, name = "") => problemOf(target, text, name, NOW);
  it.each<[Target, string, string | null]>([
    [{ what: "tag" }, "x".repeat(60), null],
    [{ what: "tag" }, "😀".repeat(60), null],
    [{ what: "tag" }, "x".repeat(61), "long_label"],
    [{ what: "tag" }, "a/b", "signs"],
    [{ what: "tag" }, "a\tb", "signs"],
    [{ what: "name" }, "x".repeat(201), "long_name"],
    [{ what: "note", id: null }, "😀".repeat(4000), null],
    [{ what: "note", id: null }, "x".repeat(4001), "long_note"],
    [{ what: "note", id: null }, "a\nb/c", null],
    [{ what: "note", id: null }, "a\u0000", "signs"],
    [{ what: "field", field: "Pé" }, "x".repeat(1001), "long_value"],
    [{ what: "follow_up" }, "", "no_date"],
    [{ what: "follow_up" }, "2020-01-01T09:00", "past"],
  ])("%o %#", (target, text, problem) => {
    expect(of(target, text)).toBe(problem);
  });

  it("of a new field go for its name too", () => {
    expect(of({ what: "field", field: null }, "39", "a/b")).toBe("signs");
    expect(of({ what: "field", field: null }, "39", "")).toBe("empty");
  });
});

describe("reminders", () => {
  it("that are done with go at once, and outlive a change of the chat", () => {
    const reminders = [3, 4].map((conversation_id) => ({ conversation_id, title: "Ana", at: AT }));
    const state = chatChanged({ ...open(), reminders }, 2);
    expect(state.reminders).toHaveLength(2);
    expect(reminderDone(state, 3).reminders.map((one) => one.conversation_id)).toEqual([4]);
  });
});
