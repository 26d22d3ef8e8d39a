/**
 * Puts a reply into the message box of the open chat, and reads it back. The person sends it, or does not.
 *
 * There is no way to send in here: no key is pressed and nothing is clicked. The text goes in as a synthetic paste, the
 * only way that keeps the lines and that WhatsApp's editor takes from a script; typing a newline would send. Where the
 * page refuses the paste, the answer is `not_verified` with the box empty again, and the agent may try its second way
 * (Playwright's `fill`), which does not send either. It must not when `box_text` is not empty: then the person has
 * written something meanwhile, and `fill` would replace it.
 *
 * Where the box cannot be found, or nothing proves whose it is, nothing is put anywhere: the text goes to the
 * clipboard, and the person pastes it. A chat that is surely another one gets neither.
 */
import {
  boxLines,
  cleanReply,
  essence,
  isBoxOf,
  isEmpty,
  isOnlyOurs,
  namesSomebody,
  sameName,
  titleOf,
} from "./box";
import { copyText } from "./clipboard";
import type { InsertCode, InsertCommand, InsertResult, OpenChat } from "./contract.gen";
import { createRegistry, type Registry } from "./registry";

/** After `focus()` the editor learns of its selection with the next `selectionchange`: a frame and this long. */
const SETTLE_MS = 50;
/** Frames do not come in a hidden page: then this long stands for one. */
const FRAME_MS = 120;
/** The editor writes asynchronously; 4 kB take about 0.1 s. */
const VERIFY_MS = 1_000;
const POLL_MS = 25;
const BUBBLING = { bubbles: true, cancelable: true, composed: true };

let last: Promise<unknown> = Promise.resolve();

/**
 * Insert one reply. Insertions wait for each other: of two that were asked for at once, the second finds the box full.
 *
 * @param command the text, and the chat it was written for
 * @param openChat the conversation that is open now, as the observer knows it
 */
export function insertReply(
  command: InsertCommand,
  openChat: () => OpenChat | null,
  registry: Registry = createRegistry(),
): Promise<InsertResult> {
  const result = last.then(() => insert(command, openChat, registry));
  last = result.catch(() => undefined);
  return result;
}

/** Nothing speaks against the chat, but its header or its box is not found, or the box's label says nothing known. */
const UNSURE = "unsure";

/** Why nothing may be inserted now, or the box into which it may. */
function check(
  command: InsertCommand,
  openChat: () => OpenChat | null,
  registry: Registry,
): InsertCode | typeof UNSURE | HTMLElement {
  const chat = openChat();
  const conversation = registry.find("conversation", document);
  if (!chat || !conversation) return "no_box";
  const header = registry.find("chat_title", document)?.element;
  const right = chat.token === command.chat_token && sameName(chat.title, command.chat_title);
  if (!right || (header && !sameName(titleOf(header), command.chat_title))) return "wrong_chat";
  if (registry.find("dialog", document)) return "dialog_open";
  if (registry.find("cannot_write", document)) return "no_box";
  const box = registry.find("composer", document)?.element;
  if (!box && !canWriteSomewhere(registry)) return "no_box";
  const isBox = box instanceof HTMLElement && box.getAttribute("contenteditable") === "true";
  if (isBox && !isBoxOf(box, command.chat_title)) return namesSomebody(box) ? "wrong_chat" : UNSURE;
  return isBox && header ? box : UNSURE;
}

/** Where nothing but the search takes text there is no box to be found: older pages do not say why. */
function canWriteSomewhere(registry: Registry): boolean {
  const search = registry.any("search");
  return [...document.querySelectorAll("[contenteditable], textarea")].some(
    (field) => !field.matches(search),
  );
}

async function insert(
  command: InsertCommand,
  openChat: () => OpenChat | null,
  registry: Registry,
): Promise<InsertResult> {
  const text = cleanReply(command.text);
  const wanted = essence(text.split("\n"));
  const before = check(command, openChat, registry);
  if (typeof before === "string") return refuse(before, text);
  const box = before;
  if (command.way === "copy") {
    await takeOut(box, wanted);
    return copyInstead("not_verified", text, boxLines(box).join("\n"));
  }
  if (!isEmpty(box)) return answer("box_not_empty", box);
  if (text === "") return answer("not_verified", box);

  box.focus();
  await frame();
  await pause(SETTLE_MS);
  // The person may have written, or gone to another chat, in the meantime.
  const now = check(command, openChat, registry);
  if (now !== box) return refuse(typeof now === "string" ? now : "wrong_chat", text);
  if (!isEmpty(box)) return answer("box_not_empty", box);
  if (document.activeElement !== box) return answer("not_verified", box);

  paste(box, text);
  const arrived = await until(() => essence(boxLines(box)) === wanted, VERIFY_MS);
  const after = check(command, openChat, registry);
  if (after === box || after === "dialog_open") {
    if (arrived) return answer("inserted", box);
    await takeOut(box, wanted);
    return answer("not_verified", box);
  }
  // The chat was switched while the text went in. A box that React kept for the new chat must not keep it.
  if (box.isConnected && arrived) await takeOut(box, wanted);
  return refuse(typeof after === "string" ? after : "wrong_chat", text);
}

function answer(code: InsertCode, box: Element): InsertResult {
  return { code, box_text: boxLines(box).join("\n"), copy_failed: false };
}

async function refuse(code: InsertCode | typeof UNSURE, text: string): Promise<InsertResult> {
  if (code !== UNSURE) return { code, box_text: null, copy_failed: false };
  return copyInstead("no_box", text, null);
}

/** The clipboard instead of the box. An empty text only asks whether inserting would do: it replaces nothing. */
async function copyInstead(
  failure: InsertCode,
  text: string,
  box_text: string | null,
): Promise<InsertResult> {
  if (text === "") return { code: failure, box_text, copy_failed: false };
  const copied = await copyText(text);
  return { code: copied ? "copied" : failure, box_text, copy_failed: !copied };
}

/** The event is made in this isolated world; the editor's own world sees the same clipboard data. */
function paste(box: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { ...BUBBLING, clipboardData }));
}

/**
 * Empty the box again, but only when all that is in it came from us: words that the person typed meanwhile stay.
 * A synthetic cut takes the selection out of the editor and touches no clipboard of the person's; `execCommand` is
 * undone by the editor. Neither event can do more than remove what is selected.
 */
async function takeOut(box: HTMLElement, wanted: string): Promise<void> {
  const cuts = [
    () => new ClipboardEvent("cut", { ...BUBBLING, clipboardData: new DataTransfer() }),
    () => new InputEvent("beforeinput", { ...BUBBLING, inputType: "deleteContentBackward" }),
  ];
  for (const cut of cuts) {
    const held = essence(boxLines(box));
    if (isEmpty(box) || !isOnlyOurs(held, wanted)) return;
    box.focus();
    getSelection()?.selectAllChildren(box);
    await pause(2 * SETTLE_MS);
    // Time has passed: the person may have typed.
    if (document.activeElement === box && essence(boxLines(box)) === held) box.dispatchEvent(cut());
    await until(() => isEmpty(box), 4 * SETTLE_MS);
  }
}

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() >= end) return false;
    await pause(POLL_MS);
  }
  return true;
}

function frame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FRAME_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
