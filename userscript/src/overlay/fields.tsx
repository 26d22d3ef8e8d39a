/**
 * Fields in which the person writes inside the card.
 *
 * What is typed there is nobody else's: `guardFields` ends every event of the keyboard at the window, before the page has
 * it, and hands the new value over. So a field has no handlers of its own.
 */
import { firstOf } from "./first";

type Typed = (value: string) => void;

const typed = new WeakMap<Element, Typed>();

export interface FieldProps {
  value: string;
  onType: Typed;
  /** Accessible name. */
  label: string;
  placeholder?: string;
  /** A field of several lines. */
  lines?: number;
  type?: "text" | "date" | "time" | "datetime-local";
  class?: string;
  maxLength?: number;
  /** Give it the focus when it appears: the person has just asked for it. */
  focus?: boolean;
}

/** One field. Its value follows `value`, its changes go to `onType`. */
export function Field({
  value,
  onType,
  label,
  placeholder,
  lines,
  type,
  maxLength,
  focus,
  ...more
}: FieldProps) {
  const ref = (element: HTMLElement | null) => {
    if (!element) return;
    const isNew = !typed.has(element);
    typed.set(element, onType);
    if (isNew && focus) element.focus();
  };
  const common = {
    ref,
    value,
    "aria-label": label,
    placeholder: placeholder ?? "",
    tabIndex: -1,
    spellcheck: false,
    autocomplete: "off" as const,
    ...(maxLength === undefined ? {} : { maxLength }),
  };
  const name = `field ${more.class ?? ""}`.trim();
  return lines === undefined ? (
    <input {...common} type={(type ?? "text") as "text"} class={name} />
  ) : (
    <textarea {...common} rows={lines} class={name} />
  );
}

const KEYBOARD = ["keydown", "keypress", "keyup"] as const;
const WORDS = [
  "beforeinput",
  "textInput",
  "select",
  "dragstart",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "paste",
  "copy",
  "cut",
  "focusin",
  "focusout",
] as const;

/**
 * Keep what is typed in the card's fields from the page.
 *
 * @param onKey a key while something in the card has the focus; it is told, and the page is not
 */
export function guardFields(
  view: Window,
  host: Element,
  root: ShadowRoot,
  onKey: (event: KeyboardEvent) => void,
  signal: AbortSignal,
): void {
  const options = { signal };
  const first = firstOf(view);
  for (const type of KEYBOARD) {
    first.addEventListener(
      type,
      (event: KeyboardEvent) => {
        if (event.target !== host || root.activeElement === null) return;
        event.stopImmediatePropagation();
        if (type === "keydown" && event.isTrusted) onKey(event);
      },
      options,
    );
  }
  for (const type of WORDS) {
    first.addEventListener(
      type,
      (event: Event) => {
        if (event.target === host) event.stopImmediatePropagation();
      },
      options,
    );
  }
  const change = (event: Event) => {
    if (event.target !== host) return;
    event.stopImmediatePropagation();
    const field = root.activeElement;
    if (!event.isTrusted || !field) return;
    typed.get(field)?.((field as HTMLInputElement | HTMLTextAreaElement).value);
  };
  for (const type of ["input", "change"]) first.addEventListener(type, change, options);
}

/** Whether an element takes typed words. */
export function isField(element: Element | null): boolean {
  return element?.matches("input, textarea") ?? false;
}
