/** A sent message becomes a canned reply: the person reads it over, and names it. */
import { numbersIn } from "../care/numbers";
import { Field } from "../fields";
import { Icon } from "../icons";
import type { CannedWords } from "./words";

export interface Form {
  readonly token: number;
  readonly waId: string;
  readonly text: string;
  readonly title: string;
  readonly shortcut: string;
  /** What the customer of the open card wants, and whether the reply is for all who want that; null: not known. */
  readonly wanted: { readonly intent: string; readonly word: string; readonly ticked: boolean } | null;
  /** It was handed over and not answered yet. */
  readonly busy: boolean;
  /** Why it was not kept. */
  readonly said: string | null;
}

export interface FormProps {
  form: Form;
  words: CannedWords;
  onType: (change: Partial<Pick<Form, "text" | "title" | "shortcut" | "wanted">>) => void;
  onSave: (event: Event) => void;
  onCancel: (event: Event) => void;
  onMount: (element: HTMLElement | null) => void;
}

/** Whether there is anything to be kept. */
export function isComplete(form: Form): boolean {
  return form.text.trim() !== "" && form.title.trim() !== "" && !form.busy;
}

export function KeepForm({ form, words: { form: words, ...all }, ...does }: FormProps) {
  const { wanted } = form;
  return (
    <section
      class="sheet canned canned-form"
      aria-label={words.name}
      ref={does.onMount}
      data-part="canned-form"
    >
      <div class="canned-head">
        <Icon name="library" size={18} />
        <span class="canned-name cut">{words.name}</span>
        <button
          type="button"
          class="tool canned-close"
          tabIndex={-1}
          title={all.close}
          aria-label={all.close}
          onClick={does.onCancel}
        >
          <Icon name="close" size={18} />
        </button>
      </div>
      <div class="canned-fields">
        <span class="heading">{words.title}</span>
        <Field
          value={form.title}
          onType={(title) => does.onType({ title })}
          label={words.title}
          placeholder={words.titleExample}
          maxLength={120}
          focus
        />
        <span class="heading">{words.shortcut}</span>
        <Field
          value={form.shortcut}
          onType={(shortcut) => does.onType({ shortcut })}
          label={words.shortcut}
          placeholder={words.shortcutExample}
          maxLength={31}
        />
        <span class="heading">{words.text}</span>
        <Field
          value={form.text}
          onType={(text) => does.onType({ text })}
          label={words.text}
          lines={7}
          maxLength={4000}
          class="canned-area"
        />
        <span class="quiet">{words.hint}</span>
      </div>
      {wanted && (
        <button
          type="button"
          class="plain canned-wanted"
          role="switch"
          tabIndex={-1}
          aria-checked={wanted.ticked}
          onClick={(event: Event) => {
            if (event.isTrusted) does.onType({ wanted: { ...wanted, ticked: !wanted.ticked } });
          }}
        >
          <span class="cut">{words.wanted(wanted.word)}</span>
          <i class="form-knob" aria-hidden="true" />
        </button>
      )}
      <div class="canned-said" role="status">
        {form.said ?? (numbersIn(form.text).length > 0 ? words.personal : null)}
      </div>
      <div class="canned-foot canned-buttons">
        <button type="button" class="button" tabIndex={-1} onClick={does.onCancel}>
          {words.cancel}
        </button>
        <button
          type="button"
          class="button"
          data-main="true"
          tabIndex={-1}
          aria-disabled={!isComplete(form)}
          onClick={does.onSave}
        >
          {form.busy ? words.saving : words.save}
        </button>
      </div>
    </section>
  );
}
