/** What the sheets of the form share. */
import type { ComponentChildren, VNode } from "preact";
import type { Life, Preferences } from "../../contract.gen";
import type { Look } from "../feature";
import { Icon, type IconName } from "../icons";
import type { Action, Keys } from "../shortcuts";
import type { FormState, View } from "./state";
import type { FormWords } from "./words";

export interface FormProps {
  words: FormWords;
  look: Look;
  state: FormState;
  preferences: Preferences;
  keys: Keys;
  life: Life | null;
  /** Since when the capture stands as it does. */
  since: Date | null;
  onOpen: (event: Event, view: View | null) => void;
  onPrefer: (event: Event, change: Partial<Preferences>) => void;
  onScale: (event: Event, by: 1 | -1) => void;
  onPause: (event: Event, on: boolean) => void;
  onCapture: (event: Event, action: Action) => void;
  /** Null: all of them. */
  onUsual: (event: Event, action: Action | null) => void;
  onStep: (event: Event, by: 1 | -1) => void;
  onSkip: (event: Event) => void;
}

export interface ButtonProps {
  onPress: (event: Event) => void;
  children: ComponentChildren;
  icon?: IconName;
  label?: string;
  main?: boolean;
  disabled?: boolean;
  class?: string;
}

export function Button({ onPress, children, icon, label, main, disabled, class: more }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${more ?? ""}`.trim()}
      tabIndex={-1}
      {...(main ? { "data-main": true } : {})}
      {...(disabled ? { "aria-disabled": true } : {})}
      {...(label === undefined ? {} : { "aria-label": label, title: label })}
      onClick={(event: Event) => {
        if (!disabled) onPress(event);
      }}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}

/** A sheet with its name and the button that closes it. */
export function Sheet(props: {
  name: string;
  title: string;
  close: string;
  onClose: (event: Event) => void;
  children: ComponentChildren;
  foot?: VNode;
}) {
  return (
    <section class="sheet form-sheet" role="dialog" aria-label={props.title} data-sheet={props.name}>
      <div class="form-title">
        <h2>{props.title}</h2>
        <button
          type="button"
          class="tool"
          tabIndex={-1}
          title={props.close}
          aria-label={props.close}
          onClick={props.onClose}
        >
          <Icon name="close" size={18} />
        </button>
      </div>
      <div class="form-body">{props.children}</div>
      {props.foot && <div class="form-foot">{props.foot}</div>}
    </section>
  );
}
