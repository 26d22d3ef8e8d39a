/** The customer's tab, and the reminders: tells the agent what the person changed, and shows what came of it. */
import type { AnyCommand } from "../../bridge";
import { chatRows } from "../../chats";
import type { Reminder } from "../../contract.gen";
import type { Counter, Feature } from "../feature";
import { isField } from "../fields";
import { createPointer, type Pointer } from "../queue/point";
import type { Actions } from "./actions";
import { type CustomerEdit, stand } from "./edits";
import { placeOf } from "./inline";
import { Panel } from "./panel";
import { ReminderSign, Reminders } from "./reminders";
import * as customer from "./state";
import { CUSTOMER_WORDS } from "./words";

/** How long an edit can be taken back by the line below, in milliseconds. */
const UNDO_MS = 10_000;
/** An edit without an answer is as if it had not been done after this long. */
const ANSWER_MS = 8_000;

/** Wholly inside what scrolls around it. */
function isInSight(form: Element): boolean {
  const [box, around] = [form, form.closest(".customer-parts")].map((one) => one?.getBoundingClientRect());
  return !!box && !!around && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
}

export function createCustomer(counter: Counter): Feature {
  let state = customer.EMPTY;
  let panel: HTMLElement | null = null;
  let pointer: Pointer | null = null;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const words = () => CUSTOMER_WORDS[counter.language()];

  function standsAt(element: HTMLElement | null): void {
    panel = element;
  }

  function become(next: customer.CustomerState): void {
    if (next === state) return;
    const { said } = next;
    if (said && said !== state.said) later(UNDO_MS, () => become(customer.silent(state, said.id)));
    const shown = form();
    const wasInSight = shown !== null && isInSight(shown);
    state = next;
    counter.redraw();
    // What is told of the customer meanwhile stands above the form too, and would push it under the line.
    if (wasInSight) form()?.scrollIntoView({ block: "nearest" });
  }

  const form = () => panel?.querySelector(".writing") ?? null;

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  function send(edit: CustomerEdit, undoes = false): void {
    if (state.token === null) return;
    const id = state.nextId;
    become(customer.sent(state, edit, new Date().toISOString(), undoes));
    counter.send({ kind: "edit", edit_id: id, chat_token: state.token, edit, conversation_id: null });
    later(ANSWER_MS, () => become(customer.unanswered(state, id)));
  }

  /** Keep what is written; `gone`: the person went on to something else. */
  function keep(gone: boolean): void {
    const next = customer.kept(state, new Date(), gone);
    become(next.state);
    if (next.edit) send(next.edit);
  }

  /** The keyboard goes on from where it was; the mouse leaves the person where they write. */
  function goBack(editing: customer.Editing): void {
    const root = panel?.getRootNode() as ShadowRoot | undefined;
    const place =
      editing.byKey &&
      root?.querySelector<HTMLElement>(`[data-edit="${CSS.escape(placeOf(editing.target))}"]`);
    if (place) place.focus();
    else counter.leave();
  }

  function end(how: (editing: customer.Editing) => void): void {
    const { editing } = state;
    if (!editing) return;
    how(editing);
    if (!state.editing) goBack(editing);
  }

  const actions: Actions = {
    begin(target, event, was) {
      if (!event.isTrusted) return;
      keep(true);
      if (state.editing) return;
      become(customer.begun(state, target, (event as UIEvent).detail === 0, was));
      form()?.scrollIntoView({ block: "nearest" });
    },
    // Comes from the fields' guard, which hands over trusted input only.
    type: (part, value) => become(customer.typed(state, part, value)),
    keep: (event) => void (event.isTrusted && end(() => keep(false))),
    leave: (event) => void (event.isTrusted && end(() => become(customer.left(state)))),
    blur(event) {
      const field = event.target as HTMLElement;
      const next = (event as FocusEvent).relatedTarget as Element | null;
      if (!event.isTrusted || next?.closest(".writing") === field.closest(".writing")) return;
      // Not while something is drawn: a field that is taken away loses the focus too. And another window keeps nothing.
      queueMicrotask(() => {
        if (field.isConnected && counter.doc.hasFocus()) keep(true);
      });
    },
    change(edit, event) {
      if (!event.isTrusted) return;
      keep(true);
      send(edit);
    },
    undo(event) {
      if (event.isTrusted && state.said?.kind === "undo") send(state.said.edit, true);
    },
  };

  function key(event: KeyboardEvent, inside: boolean): boolean {
    if (!inside || !state.editing || event.isComposing || event.altKey || event.ctrlKey || event.metaKey)
      return false;
    const root = panel?.getRootNode() as ShadowRoot | undefined;
    const field = root?.activeElement ?? null;
    if (!isField(field) || !panel?.contains(field)) return false;
    if (event.key === "Escape") actions.leave(event);
    else if (event.key === "Enter" && !event.shiftKey) {
      const value = field?.matches(".writing-name")
        ? panel.querySelector<HTMLElement>(".writing-text")
        : null;
      if (value && !state.editing.text) value.focus();
      else actions.keep(event);
    } else return false;
    return true;
  }

  const onDone = ({ conversation_id }: Reminder, event: Event) => {
    if (!event.isTrusted) return;
    const edit = stand({ follow_up_at: null });
    counter.send({
      kind: "edit",
      edit_id: state.nextId,
      chat_token: state.token ?? 0,
      edit,
      conversation_id,
    });
    become(customer.reminderDone(state, conversation_id));
  };
  const onPoint = ({ title }: Reminder, event: Event) => {
    if (!event.isTrusted) return;
    pointer ??= createPointer(counter.doc, counter.registry);
    // Which of two chats of one name it is the list does not tell; the last words of a row in sight save a search.
    const rows = chatRows(counter.doc, counter.registry, counter.doc.documentElement.lang || null, null);
    const text = rows.find(({ chat }) => chat.title === title)?.chat.last_text ?? null;
    void pointer.pointAt({ title, twin: 0, text }).then((found) => {
      become({ ...state, pointed: found === "missing" || found === "search" ? found : null });
    });
  };

  return {
    tab: {
      name: "customer",
      icon: "person",
      label: () => words().tab,
      panel: (look) => (
        <Panel state={state} words={words()} look={look} actions={actions} now={new Date()} at={standsAt} />
      ),
    },
    banner: (look) =>
      state.reminders.length === 0 ? null : (
        <Reminders
          key="reminders"
          reminders={state.reminders}
          pointed={state.pointed}
          words={words()}
          look={look}
          now={new Date()}
          onDone={onDone}
          onPoint={onPoint}
        />
      ),
    sign: (look) =>
      state.reminders.length === 0 ? null : (
        <ReminderSign
          reminders={state.reminders}
          words={words()}
          look={look}
          now={new Date()}
          onPress={(event) => void (event.isTrusted && counter.unfold())}
        />
      ),
    command(command: AnyCommand) {
      if (command.kind === "customer") become(customer.told(state, command));
      else if (command.kind === "record") become(customer.recorded(state, command));
      else if (command.kind === "reminders") become(customer.reminded(state, command.reminders));
    },
    chatChanged: (token) => become(customer.chatChanged(state, token)),
    key,
    dispose() {
      for (const timer of timers) clearTimeout(timer);
      pointer?.dispose();
    },
  };
}
