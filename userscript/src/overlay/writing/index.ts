/**
 * Writing with the local model: the person's own text put otherwise, and the conversation explained.
 *
 * The box is only read. A result goes into it when the person wants it, by the agent's command, over exactly the text
 * that it was made of.
 */
import { h, type VNode } from "preact";
import { boxLines } from "../../box";
import type { AnyCommand } from "../../bridge";
import type { Task } from "../../contract.gen";
import type { Counter, Feature } from "../feature";
import { escapeIsFree } from "../keys";
import { Panel, type PanelProps } from "./panel";
import * as writing from "./state";
import { WRITING } from "./words";

/** A way into the box without an answer stops blocking after this long, in milliseconds. */
const PENDING_MS = 4_000;

export function createWriting(counter: Counter): Feature {
  const { doc, view, registry } = counter;
  let state = writing.NOTHING;
  let pending: ReturnType<typeof setTimeout> | undefined;
  let watched: Element | null = null;
  let seen: string | null = null;

  const composer = () => registry.find("composer", doc)?.element ?? null;
  const boxText = (): string | null => {
    const box = composer();
    return box?.getAttribute("contenteditable") === "true" ? boxLines(box).join("\n") : null;
  };

  // The box is looked at only while the tab is shown, and redrawn for only when what can be asked for changes.
  const observer = new view.MutationObserver(() => {
    if (counter.tab() !== "writing") leaveBox();
    else if (writing.obstacle(boxText()) !== seen) counter.redraw();
  });

  function watchBox(): void {
    const box = composer();
    if (box === watched) return;
    leaveBox();
    if (!box) return;
    watched = box;
    observer.observe(box, { childList: true, subtree: true, characterData: true });
  }

  function leaveBox(): void {
    watched = null;
    observer.disconnect();
  }

  function become(next: writing.WritingState): void {
    if (next === state) return;
    state = next;
    counter.redraw();
  }

  function ask(task: Task, language: writing.Into | null, event: Event): void {
    const chat = counter.openChat();
    if (!event.isTrusted || !chat || state.use?.phase === "pending") return;
    const overText = writing.isOverTheText(task);
    const text = overText ? boxText() : null;
    if (overText && writing.obstacle(text) !== null) return;
    become(writing.asked(state, chat.token, task, text ?? "", language));
    counter.send({ kind: "ask", ask_id: state.last, chat_token: chat.token, task, text, language });
  }

  function stop(event: Event): boolean {
    const asked = state.asked;
    if (!event.isTrusted || asked?.phase !== "writing") return false;
    counter.send({ kind: "stop", ask_id: asked.id });
    become(writing.stopped(state));
    return true;
  }

  /** Put a text into the box, over what stands there. */
  function put(next: writing.WritingState): void {
    const { asked, use } = next;
    if (next === state || !asked || !use) return;
    become(next);
    counter.send({
      kind: "use",
      ask_id: asked.id,
      chat_token: asked.token,
      text: use.now,
      over: use.before,
    });
    clearTimeout(pending);
    pending = setTimeout(() => become(writing.unanswered(state)), PENDING_MS);
  }

  return {
    tab: {
      name: "writing",
      icon: "draft",
      label: () => WRITING[counter.language()].tab,
      badge: () =>
        state.asked && counter.tab() !== "writing" && state.asked.phase === "done" && !state.use
          ? { text: "•", tone: "calm" }
          : null,
      panel(look) {
        watchBox();
        const box = boxText();
        seen = writing.obstacle(box);
        const props: PanelProps = {
          look,
          words: WRITING[look.language],
          // The page may be ahead of the news that another chat is open.
          state: writing.chatChanged(state, counter.openChat()?.token ?? null),
          isOpen: counter.openChat() !== null,
          box,
          onAsk: ask,
          onStop: (event) => void stop(event),
          onUse: (event) => void (event.isTrusted && put(writing.using(state))),
          onUndo: (event) => void (event.isTrusted && put(writing.undoing(state))),
          onDiscard: (event) => {
            if (event.isTrusted && state.use?.phase !== "pending") become(writing.discarded(state));
          },
        };
        return h(Panel, props) as VNode;
      },
    },
    command(command: AnyCommand) {
      if (command.kind === "task") become(writing.told(state, command));
      else if (command.kind === "status") become({ ...state, model: command.model });
      else if (command.kind === "notice") become(writing.ended(state, command.code, boxText()));
    },
    chatChanged: (token) => become(writing.chatChanged(state, token)),
    key(event, inside) {
      const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (event.key !== "Escape" || !plain || event.isComposing || counter.tab() !== "writing") return false;
      return (inside || escapeIsFree(doc, registry)) && stop(event);
    },
    dispose() {
      leaveBox();
      clearTimeout(pending);
    },
  };
}
