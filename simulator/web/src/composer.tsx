/** The footer of a chat that can be written to. */
import type { LexicalEditor } from "lexical";
import { useEffect, useRef, useState } from "react";
import styles from "./composer.module.css";
import { testId, useWorld } from "./context";
import { attachEditor, readText, writeText } from "./editor";
import { Icon } from "./icons";
import { sendMessage } from "./sending";
import type { Chat, Send } from "./types";

export function Composer({ chat }: { chat: Chat }) {
  const { model, standin, labels, modern, markup } = useWorld();
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<LexicalEditor | null>(null);
  const [text, setText] = useState("");

  const send = (event: Event, via: Send["via"]) => {
    if (!editor.current) return;
    const written = readText(editor.current).trim();
    if (!written) return;
    writeText(editor.current, "", true);
    sendMessage(model, standin, { chat: chat.id, text: written, trusted: event.isTrusted, via });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: one editor lives as long as one opening of the chat.
  useEffect(() => {
    if (!box.current) return;
    const attached = attachEditor(box.current, {
      send: (event) => send(event, "enter"),
      enterIsSend: () => model.options.enter_is_send,
      changed: setText,
    });
    editor.current = attached.editor;
    writeText(attached.editor, chat.draft, false);
    // The page puts the caret into the box of the chat that was opened, unless a dialog lies over it.
    const focusing = setTimeout(() => model.covered() || attached.editor.focus(), 0);
    return () => {
      clearTimeout(focusing);
      model.keepDraft(chat.id, readText(attached.editor));
      attached.detach();
      editor.current = null;
    };
  }, []);

  const empty = text === "";
  return (
    <footer className={styles.footer}>
      <div className="copyable-area">
        <div className={styles.bar} {...testId(markup, "compose-box")}>
          <button
            type="button"
            data-tab="10"
            aria-label={labels.attach}
            {...testId(markup, "conversation-clip")}
          >
            <span data-icon={modern ? "plus-rounded" : "plus"} aria-hidden="true">
              <Icon name="plus" size={22} />
            </span>
          </button>
          <button type="button" data-tab="10" aria-label={labels.emoji}>
            <span data-icon="smiley" aria-hidden="true">
              <Icon name="smile" size={22} />
            </span>
          </button>
          <div className={`lexical-rich-text-input ${styles.input}`}>
            <div
              ref={box}
              contentEditable
              suppressContentEditableWarning
              role="textbox"
              spellCheck
              tabIndex={10}
              data-tab="10"
              // Before 2025 or so the box did not say whose it is.
              aria-label={markup.style === "2023" ? labels.compose : labels.composeTo(chat.title, chat.group)}
              aria-placeholder={labels.compose}
              aria-autocomplete="list"
              aria-owns="emoji-suggestion"
              className={styles.editable}
              style={{
                maxHeight: "11.76em",
                minHeight: "1.47em",
                userSelect: "text",
                whiteSpace: "pre-wrap",
                wordBreak: "break-word",
              }}
              {...testId(markup, "conversation-compose-box-input")}
            />
            {empty ? <div className={styles.placeholder}>{labels.compose}</div> : null}
          </div>
          {text.trim() ? (
            <button
              type="button"
              data-tab="11"
              aria-label={labels.send}
              className={styles.send}
              onClick={(event) => send(event.nativeEvent, "button")}
            >
              <span data-icon={modern ? "wds-ic-send-filled" : "send"} aria-hidden="true">
                <Icon name="send" size={20} fill />
              </span>
            </button>
          ) : (
            <button
              type="button"
              data-tab="11"
              aria-label={labels.record}
              {...testId(markup, "ptt-ready-btn")}
            >
              <span data-icon={modern ? "mic-outlined" : "ptt"} aria-hidden="true">
                <Icon name="mic" size={22} />
              </span>
            </button>
          )}
        </div>
      </div>
    </footer>
  );
}
