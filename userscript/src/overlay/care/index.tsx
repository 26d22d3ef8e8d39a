/**
 * The shield: cautions about the open chat, and about numbers of people in what the person writes.
 *
 * The message box is only read, at most every 300 ms and never while a letter is being composed; what it holds goes
 * nowhere.
 */
import type { Care } from "../../contract.gen";
import { writtenIn } from "../../written";
import type { Counter, Feature } from "../feature";
import { escapeIsFree } from "../keys";
import { numbersIn } from "./numbers";
import { CareBanner, CareSheet, CareSign, TypedBanner } from "./panel";
import * as care from "./state";
import { CARE } from "./words";

const LOOK_MS = 300;
/** After any of these the box may hold something else; a paste made by a script counts too. */
const HINTS = ["beforeinput", "input", "keyup", "paste", "cut", "drop"] as const;

export function createCare(counter: Counter): Feature {
  const { doc, view, registry } = counter;
  const end = new AbortController();
  let state: care.CareState = { ...care.NOTHING, chat: counter.openChat()?.token ?? null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let composing = false;

  function become(next: care.CareState): void {
    if (next === state) return;
    state = next;
    counter.redraw();
  }

  function look(): void {
    timer = undefined;
    if (composing) return;
    const box = registry.find("composer", doc)?.element;
    become(care.typed(state, box ? numbersIn(writtenIn(box)) : []));
  }

  function soon(): void {
    timer ??= setTimeout(look, LOOK_MS);
  }

  const options = { capture: true, passive: true, signal: end.signal };
  for (const hint of HINTS) view.addEventListener(hint, soon, options);
  view.addEventListener(
    "compositionstart",
    () => {
      composing = true;
    },
    options,
  );
  view.addEventListener(
    "compositionend",
    () => {
      composing = false;
      soon();
    },
    options,
  );

  const trusted = (act: () => care.CareState) => (event: Event) => {
    if (event.isTrusted) become(act());
  };
  const onNoted = (cares: readonly Care[], event: Event) => trusted(() => care.noted(state, cares))(event);

  return {
    banner({ language }) {
      const words = CARE[language];
      const cares = care.shownCares(state);
      if (cares.length === 0 && state.typed.length === 0) return null;
      return (
        <>
          <CareBanner
            cares={cares}
            words={words}
            onOpen={trusted(() => care.opened(state, true))}
            onNoted={(event) => onNoted(cares.slice(0, 1), event)}
          />
          <TypedBanner numbers={state.typed} words={words} />
        </>
      );
    },
    sign({ language }) {
      const cares = care.shownCares(state);
      const onPress = (event: Event) => void (event.isTrusted && counter.unfold());
      return cares.length === 0 ? null : <CareSign cares={cares} words={CARE[language]} onPress={onPress} />;
    },
    sheet({ language }) {
      if (!state.open) return null;
      const onClose = trusted(() => care.opened(state, false));
      return (
        <CareSheet
          cares={care.shownCares(state)}
          words={CARE[language]}
          onNoted={onNoted}
          onClose={onClose}
        />
      );
    },
    command(command) {
      if (command.kind === "care") become(care.told(state, command));
    },
    chatChanged(token) {
      become(care.chatChanged(state, token));
      soon();
    },
    key(event, inside) {
      if (!state.open || event.key !== "Escape" || event.isComposing) return false;
      if (!inside && !escapeIsFree(doc, registry)) return false;
      become(care.opened(state, false));
      if (inside) counter.leave();
      return true;
    },
    boxChanged: soon,
    dispose() {
      end.abort();
      clearTimeout(timer);
    },
  };
}
