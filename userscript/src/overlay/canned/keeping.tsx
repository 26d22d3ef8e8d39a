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

/** @param intent what the customer of the open card wants, where that is known */
export function createKeeping(counter: Counter, intent: () => string | null): Keeping {
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

  /** The open card's intent, ticked. A file of replies knows the built-in ones alone, and "other" says nothing. */
  function wantedNow(): Form["wanted"] {
    const name = intent() ?? "other";
    const word = name === "other" ? undefined : counter.texts().intent[name];
    return word === undefined ? null : { intent: name, word, ticked: true };
  }

  function cancel(event: Event): void {
    if (!event.isTrusted) return;
    become(null);
    counter.leave();
  }

  function save(event: Event): void {
    if (!event.isTrusted || !form || !isComplete(form)) return;
    const { token, waId, text, title, shortcut, wanted } = form;
    become({ ...form, busy: true, said: null });
    counter.send({
      kind: "new_reply",
      chat_token: token,
      wa_id: waId,
      text: text.trim(),
      title: title.replace(/\s+/g, " ").trim(),
      shortcut: shortcut.trim() === "" ? null : (shortcutOf(shortcut) ?? shortcut.trim()),
      intents: wanted?.ticked ? [wanted.intent] : [],
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
      const empty = { title: "", shortcut: "", busy: false, said: null };
      become({ token: chat.token, waId: sent.waId, text, wanted: wantedNow(), ...empty });
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
