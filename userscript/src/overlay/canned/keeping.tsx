/** Keeping a sent message as a canned reply: from the button to the answer of the agent. */
import type { VNode } from "preact";
import type { Counter } from "../feature";
import { type Form, isComplete, KeepForm } from "./form";
import { forEverybody, lastSent, shortcutOf } from "./sent";
import { CANNED } from "./words";

export interface Keeping {
  isOpen(): boolean;
  /** The person wants to keep what was sent last. */
  open(event: Event): void;
  save(event: Event): void;
  /** Close it; what was written in it is gone. */
  close(): void;
  /** How a wish of the person ended. */
  said(code: string): void;
  /** Another chat: the form was for the last one. Draws nothing. */
  forget(): void;
  sheet(onMount: (element: HTMLElement | null) => void): VNode | null;
}

export function createKeeping(counter: Counter): Keeping {
  const { doc, registry } = counter;
  let form: Form | null = null;

  function become(next: Form | null): void {
    form = next;
    counter.redraw();
  }

  function lastOfOurs() {
    const main = registry.find("conversation", doc)?.element;
    return main
      ? lastSent(main, { registry, lang: doc.documentElement.lang || null, now: new Date() })
      : null;
  }

  function cancel(event: Event): void {
    if (!event.isTrusted) return;
    become(null);
    counter.leave();
  }

  function save(event: Event): void {
    if (!event.isTrusted || !form || !isComplete(form)) return;
    const { token, waId, text, title, shortcut } = form;
    become({ ...form, busy: true, said: null });
    counter.send({
      kind: "new_reply",
      chat_token: token,
      wa_id: waId,
      text: text.trim(),
      title: title.replace(/\s+/g, " ").trim(),
      shortcut: shortcut.trim() === "" ? null : (shortcutOf(shortcut) ?? shortcut.trim()),
      intents: [],
    });
  }

  return {
    isOpen: () => form !== null,
    save,
    close: () => become(null),
    forget() {
      form = null;
    },
    open(event) {
      const chat = counter.openChat();
      if (!event.isTrusted || !chat) return;
      const sent = lastOfOurs();
      if (!sent) {
        become(null);
        counter.notice("nothing_sent");
        return;
      }
      const text = forEverybody(sent.text, chat);
      become({ token: chat.token, waId: sent.waId, text, title: "", shortcut: "", busy: false, said: null });
    },
    said(code) {
      if (!form?.busy) return;
      const { notice, unknownNotice } = counter.texts();
      if (code === "reply_saved") {
        become(null);
        counter.leave();
      } else become({ ...form, busy: false, said: notice[code] ?? unknownNotice(code) });
    },
    sheet: (onMount) =>
      form && (
        <KeepForm
          form={form}
          words={CANNED[counter.language()]}
          onMount={onMount}
          onSave={save}
          onCancel={cancel}
          onType={(change) => form && become({ ...form, ...change, said: null })}
        />
      ),
  };
}
