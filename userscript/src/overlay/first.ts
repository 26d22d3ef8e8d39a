/**
 * The first listeners of the window. The script runs before anything of the page: whoever asks to listen here later, once
 * the card is made, hears an event before the page does all the same, and can keep it from the page.
 */

/** What is typed or chosen with the keyboard, and what may carry the words of a field. */
const TYPES = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "textInput",
  "input",
  "change",
  "select",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "paste",
  "copy",
  "cut",
  "dragstart",
  "focusin",
  "focusout",
] as const;

type Listener = (event: Event) => void;

export interface First {
  /** Hear events of `type` before the page; those who came earlier hear them first. */
  addEventListener(type: string, listener: (event: never) => void, options: { signal: AbortSignal }): void;
}

const known = new WeakMap<Window, First>();

/** The first listeners of a window. The first call takes their place: it must come while the document is still empty. */
export function firstOf(view: Window): First {
  const first = known.get(view) ?? create(view);
  known.set(view, first);
  return first;
}

function create(view: Window): First {
  const heard = new Map<string, Set<Listener>>();

  function take(type: string): Set<Listener> {
    const listeners = new Set<Listener>();
    heard.set(type, listeners);
    const tell = (event: Event) => {
      for (const listener of listeners) {
        listener(event);
        // Set by stopImmediatePropagation: nobody else is to hear of it.
        if (event.cancelBubble) return;
      }
    };
    view.addEventListener(type, tell, { capture: true });
    return listeners;
  }

  for (const type of TYPES) take(type);
  return {
    addEventListener(type, listener, { signal }) {
      const listeners = heard.get(type) ?? take(type);
      listeners.add(listener as Listener);
      signal.addEventListener("abort", () => listeners.delete(listener as Listener), { once: true });
    },
  };
}
