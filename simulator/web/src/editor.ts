/** The message box's engine: real Lexical plain text with the handlers that the real page adds to it. */
import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerPlainText } from "@lexical/plain-text";
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  createEditor,
  INSERT_LINE_BREAK_COMMAND,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  PASTE_COMMAND,
  TextNode,
} from "lexical";

const BULLET = "• ";
const PARAGRAPH = "selectable-text copyable-text x15bjb6t x1n2onr6";
const TEXT = "selectable-text copyable-text";
export const LIMIT = 65_536;

export interface EditorHooks {
  /** Enter (in whichever form sends just now) was pressed. */
  send: (event: KeyboardEvent) => void;
  enterIsSend: () => boolean;
  changed: (text: string) => void;
}

/** The box's text: its paragraphs joined by newlines. */
export function readText(editor: LexicalEditor): string {
  return editor.getEditorState().read(() =>
    $getRoot()
      .getChildren()
      .map((paragraph) => paragraph.getTextContent())
      .join("\n"),
  );
}

/** Replace everything: a draft that comes back, or nothing after a send. The caret comes along only when asked. */
export function writeText(editor: LexicalEditor, text: string, caret: boolean): void {
  editor.update(() => {
    const root = $getRoot();
    root.clear();
    for (const line of text.split("\n")) {
      const paragraph = $createParagraphNode();
      if (line) paragraph.append($createTextNode(line));
      root.append(paragraph);
    }
    if (caret) root.selectEnd();
  });
}

/** A line break is a new paragraph, and a list goes on by itself. */
function breakLine(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const line = selection.anchor.getNode().getTopLevelElement();
  const text = line && $isElementNode(line) ? line.getTextContent() : "";
  selection.insertParagraph();
  const number = /^(\d{1,2})\. \S/u.exec(text)?.[1];
  if (text.startsWith(BULLET) && text.length > BULLET.length) selection.insertText(BULLET);
  else if (number) selection.insertText(`${Number(number) + 1}. `);
  return true;
}

function paste(event: ClipboardEvent | InputEvent | KeyboardEvent, editor: LexicalEditor): boolean {
  if (!("clipboardData" in event)) return true;
  event.preventDefault();
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  editor.update(() => {
    const selection = $getSelection();
    if (!$isRangeSelection(selection)) return;
    const room = LIMIT - $getRoot().getTextContentSize();
    const lines = pasted.slice(0, Math.max(0, room)).split(/\r?\n/u);
    lines.forEach((line, index) => {
      if (index > 0) selection.insertParagraph();
      if (line) selection.insertText(line);
    });
  });
  return true;
}

function enter(event: KeyboardEvent | null, hooks: EditorHooks): boolean {
  if (!event || event.isComposing) return false;
  const withKey = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
  event.preventDefault();
  if (hooks.enterIsSend() !== withKey) {
    hooks.send(event);
    return true;
  }
  return breakLine();
}

/** `- ` at the start of a line becomes `• `. */
function rewriteDash(node: TextNode): void {
  const text = node.getTextContent();
  if (!text.startsWith("- ") || node.getPreviousSibling() !== null) return;
  node.setTextContent(BULLET + text.slice(2));
}

/** Make the editor of one opening of a chat on its contenteditable. Returns it and what takes it down again. */
export function attachEditor(
  root: HTMLElement,
  hooks: EditorHooks,
): { editor: LexicalEditor; detach: () => void } {
  const editor = createEditor({
    namespace: "composer",
    theme: { paragraph: PARAGRAPH, text: { base: TEXT } },
    onError: (error) => {
      throw error;
    },
  });
  const removals = [
    registerPlainText(editor),
    registerHistory(editor, createEmptyHistoryState(), 300),
    editor.registerCommand(PASTE_COMMAND, (event) => paste(event, editor), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(KEY_ENTER_COMMAND, (event) => enter(event, hooks), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(INSERT_LINE_BREAK_COMMAND, breakLine, COMMAND_PRIORITY_HIGH),
    // Pasting goes through the clipboard event alone: an input event that carries a data transfer inserts nothing.
    editor.registerCommand(
      CONTROLLED_TEXT_INSERTION_COMMAND,
      (event) => typeof event !== "string" && event.inputType === "insertFromPaste",
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerNodeTransform(TextNode, rewriteDash),
    editor.registerUpdateListener(() => hooks.changed(readText(editor))),
  ];
  editor.setRootElement(root);
  return {
    editor,
    detach: () => {
      for (const remove of removals) remove();
      editor.setRootElement(null);
    },
  };
}
