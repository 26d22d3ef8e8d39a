/** The person's hands on the suggestions: pick, accept, change first, judge, dismiss. Trusted input only. */
import { isEmpty } from "../../box";
import type { Send } from "../../bridge";
import type { Registry } from "../../registry";
import * as card from "../card-state";
import type { CardFocus } from "../focus";
import { readFurther } from "../measure";
import { actionOf, type Keys, pressedKey } from "../shortcuts";
import * as own from "./state";

export interface Picking {
  press(index: number, event: Event, via: "click" | "shortcut"): boolean;
  /** Tab: takes the first suggestion, but only where nothing else can be meant. */
  accept(event: Event): boolean;
  /** Open a suggestion for changes; with the field open: put its text into the box. */
  edit(event: Event, index?: number): boolean;
  type(text: string): void;
  leave(event: Event): boolean;
  /** Open or close the reasons. */
  doubt(index: number, event: Event): void;
  judge(index: number, reason: own.Reason, event: Event): void;
  dismiss(event: Event): boolean;
  back(event: Event): void;
  /** Any key and any press of the mouse: whatever does not answer the question withdraws it. */
  heard(event: Event): void;
}

export interface PickingEnvironment {
  view: Window;
  root: ShadowRoot;
  registry: Registry;
  focus: CardFocus;
  state(): card.CardState;
  become(next: card.CardState): void;
  keys(): Keys;
  send: Send;
  /** A notice was set: it goes by itself after a while. */
  timed(code: string): void;
  /** A pick was sent: it goes by itself when no answer comes. */
  waiting(): void;
}

const MODIFIERS = new Set(["Alt", "AltGraph", "Control", "Meta", "Shift"]);

export function createPicking(env: PickingEnvironment): Picking {
  const { state, become } = env;
  const windows = /win/i.test(env.view.navigator.platform);

  const box = () => env.registry.find("composer", env.view.document)?.element ?? null;

  function boxIsEmpty(): boolean {
    const found = box();
    return !found || isEmpty(found);
  }

  function press(index: number, event: Event, via: "click" | "shortcut"): boolean {
    if (!event.isTrusted) return false;
    const result = card.pressed(state(), index, boxIsEmpty());
    // A long text is read to its end before it goes anywhere.
    if (result.action === "insert" && state().reading === index && readFurther(env.root)) return true;
    if (result.action === "insert") picked(result.offerId, index, via, null, !boxIsEmpty());
    become(result.state);
    if (result.action === "ask") env.timed(own.ASKS);
    return result.action !== "none";
  }

  function picked(
    offer_id: string,
    slot: number,
    via: "click" | "shortcut",
    text: string | null,
    at_cursor: boolean,
  ): void {
    const chat_token = text === null ? null : state().chat;
    env.send({ kind: "picked", offer_id, slot, via, text, at_cursor, chat_token });
    env.waiting();
  }

  function insertEdited(event: Event): boolean {
    const editing = own.shownEditing(state());
    if (!editing) return false;
    if (readFurther(env.root)) return true;
    const result = own.submitted(state(), boxIsEmpty());
    if (result.action === "insert") {
      const via = event.type === "click" ? "click" : "shortcut";
      picked(editing.offerId, editing.index, via, editing.text, !boxIsEmpty());
    }
    become(result.state);
    if (result.action === "ask") env.timed(own.ASKS);
    return true;
  }

  function leave(event: Event): boolean {
    if (!event.isTrusted || !own.shownEditing(state())) return false;
    become(own.editLeft(state()));
    env.focus.leave();
    return true;
  }

  return {
    press,
    leave,
    accept(event) {
      const first = card.shownOffer(state())?.slots[0];
      const found = box();
      const { editing, reading, judging, choosing, pending, clipped } = state();
      const busy = editing ?? reading ?? judging ?? choosing ?? pending;
      if (!event.isTrusted || first?.phase !== "ready" || clipped.has(first.index) || busy !== null)
        return false;
      if (!found || env.view.document.activeElement !== found || !isEmpty(found)) return false;
      if (env.registry.find("dialog", env.view.document)) return false;
      return press(first.index, event, "shortcut");
    },
    edit(event, index) {
      if (!event.isTrusted) return false;
      if (own.shownEditing(state())) return insertEdited(event);
      const slot = own.editable(state(), index);
      if (!slot) return false;
      become(own.edited(state(), slot));
      return true;
    },
    type: (text) => become(own.typed(state(), text)),
    doubt(index, event) {
      if (event.isTrusted) become(own.judging(state(), index));
    },
    judge(index, reason, event) {
      const offer = card.shownOffer(state());
      if (!event.isTrusted || !offer || state().judging !== index) return;
      const inside = env.focus.isInside();
      become(own.refused(state(), index));
      env.send({ kind: "judged", offer_id: offer.id, slot: index, reason });
      // The button that had the focus is gone.
      if (inside) env.focus.enter();
    },
    dismiss(event) {
      if (!event.isTrusted) return false;
      if (leave(event)) return true;
      const offer = card.shownOffer(state());
      if (!offer) return false;
      const { reading, judging, asking } = state();
      if (asking) become(own.unasked(state()));
      else if (judging !== null) become({ ...state(), judging: null });
      else if (reading !== null) become({ ...state(), reading: null });
      else {
        become(card.dismissed(state()));
        env.send({ kind: "dismissed", offer_id: offer.id });
      }
      return true;
    },
    back(event) {
      if (event.isTrusted) become({ ...own.unasked(state()), reading: null });
    },
    heard(event) {
      const { asking } = state();
      if (!event.isTrusted || !asking) return;
      if (event instanceof KeyboardEvent) {
        if (event.repeat || MODIFIERS.has(event.key)) return;
        const action = actionOf(env.keys(), pressedKey(event, windows));
        // Esc is asked for by `dismiss`, which withdraws it and nothing more.
        if (action === (asking.edited ? "edit" : `pick${asking.index + 1}`) || action === "dismiss") return;
        // In the card's own field and on its buttons Enter and the space bar press what has the focus.
        if (env.focus.isInside() && !env.focus.isInField() && /^(Enter| )$/.test(event.key)) return;
      } else if (pressesAsked(event, asking)) return;
      become(own.unasked(state()));
    },
  };

  function pressesAsked(event: Event, asking: own.Asking): boolean {
    const wanted = asking.edited ? ".edit-insert" : `.slot[data-slot="${asking.index}"] .slot-press`;
    return event.target instanceof Element && event.target.closest(wanted) !== null;
  }
}
