/** The form of the card as each person likes it: menu, keys, tour; and the state of the capture with its pause. */
import type { Preferences } from "../../contract.gen";
import type { Counter, Feature, Look } from "../feature";
import { escapeIsFree } from "../keys";
import { isFolded } from "../place";
import { type Action, actionOf, pressedKey } from "../shortcuts";
import { Banner, Chip, StateSheet } from "./capture";
import { KeysSheet } from "./keys-sheet";
import { MenuSheet, SettingsButton } from "./menu";
import * as form from "./state";
import { TourSheet } from "./tour";
import { FORM } from "./words";

const MODIFIERS = new Set(["Alt", "Control", "Shift", "Meta", "AltGraph", "CapsLock", "NumLock", "Dead"]);

export function createForm(counter: Counter): Feature {
  const { view, doc, registry } = counter;
  const windows = /win/i.test(view.navigator.platform);
  let state = form.CLOSED;
  let since: Date | null = null;
  let lastState = "";

  function become(next: form.FormState): void {
    if (next === state) return;
    state = next;
    counter.redraw();
  }

  function open(to: form.View | null): void {
    if (to !== null) counter.unfold();
    become(form.opened(state, to));
  }

  function endTour(): void {
    state = { ...form.opened(state, null), isNew: false };
    if (counter.preferences().tour_seen) counter.redraw();
    else counter.prefer({ tour_seen: true });
  }

  const on =
    <A extends unknown[]>(run: (...values: A) => void) =>
    (event: Event, ...values: A) => {
      if (event.isTrusted) run(...values);
    };

  const handlers = {
    onOpen: on(open),
    onPrefer: on((change: Partial<Preferences>) => counter.prefer(change)),
    onScale: on((by: 1 | -1) => counter.prefer({ scale: form.scaled(counter.preferences().scale, by) })),
    onPause: on((paused: boolean) => {
      counter.send({ kind: "pause", on: paused });
      become({ ...state, paused });
    }),
    onCapture: on((action: Action) => become({ ...state, capturing: action, refused: null })),
    onUsual: on((action: Action | null) => {
      state = { ...state, capturing: null, refused: null };
      counter.prefer({ shortcuts: action ? form.usual(counter.preferences().shortcuts, action) : {} });
    }),
    onStep: on((by: 1 | -1) => {
      const next = form.stepped(state, by);
      if (next) become(next);
      else endTour();
    }),
    onSkip: on(endTour),
  };

  function props(look: Look) {
    return {
      ...handlers,
      words: FORM[look.language],
      look,
      state,
      preferences: counter.preferences(),
      keys: counter.keys(),
      life: counter.life(),
      since,
    };
  }

  const shown = () => form.shownView(state, counter.isBusy());

  /** Esc closes what is open here; on the page only while it is nobody else's. */
  function escaped(inside: boolean): boolean {
    if (!(inside || escapeIsFree(doc, registry))) return false;
    const now = shown();
    if (now === null) return false;
    if (now === "tour") endTour();
    else become(form.opened(state, null));
    return true;
  }

  return {
    banner: (look) => (state.paused ? <Banner key="paused" {...props(look)} /> : null),
    tools: (look) => <SettingsButton key="settings" {...props(look)} />,
    chip: (look) => <Chip {...props(look)} />,
    sheet(look) {
      const now = shown();
      // A key is awaited only where the person sees that it is.
      if (now !== "keys" || isFolded(look.mode)) state = form.uncaught(state);
      if (now === null) return null;
      const Sheet = { menu: MenuSheet, keys: KeysSheet, state: StateSheet, tour: TourSheet }[now];
      return <Sheet key={now} {...props(look)} />;
    },
    command(command) {
      if (command.kind === "preferences") become({ ...state, isNew: !command.preferences.tour_seen });
      if (command.kind === "pause") become({ ...state, paused: command.on });
      if (command.kind === "status" && command.life) {
        const now = `${command.life.level} ${command.life.reason}`;
        if (now !== lastState) since = new Date();
        lastState = now;
      }
    },
    chatChanged() {
      if (state.view !== null && state.view !== "tour") become(form.opened(state, null));
    },
    pressedOutside: () => become(form.uncaught(state)),
    key(event, inside) {
      if (state.capturing !== null) {
        const key = MODIFIERS.has(event.key) ? null : pressedKey(event, windows);
        if (key === null) return true;
        const caught = form.caught(state, counter.preferences().shortcuts, key);
        state = caught.state;
        if (caught.shortcuts) counter.prefer({ shortcuts: caught.shortcuts });
        else counter.redraw();
        return true;
      }
      const pressed = pressedKey(event, windows);
      if (pressed === "Escape") return escaped(inside);
      const action = actionOf(counter.keys(), pressed);
      if (action === "enter") {
        if (inside) counter.leave();
        else counter.enter();
      } else if (action === "help") {
        open(state.view === "keys" ? null : "keys");
        if (state.view === "keys") counter.enter();
      } else return false;
      return true;
    },
  };
}
