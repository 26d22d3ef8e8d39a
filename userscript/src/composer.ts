/**
 * Puts a text into the message box of the open chat, and reads it back. The person sends it, or does not.
 *
 * There is no way to send in here: no key is pressed and nothing is clicked. The text goes in as a synthetic paste, the
 * only way that keeps the lines and that WhatsApp's editor takes from a script; typing a newline would send. Where the
 * page refuses the paste, the answer is `not_verified` with the box as it was, and the agent may try its second way
 * (Playwright's `fill`), which does not send either. It must not when `box_text` is not empty: then there is something
 * of the person's, and `fill` would replace it.
 *
 * What the person has written is never lost: only `over`, which must stand there word by word, gives way. What is
 * selected stays too; the text goes behind it.
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
import { CUTS, paste, putBack, selectSurely, settle, until, watchTyping } from "./editor";
import { createRegistry, type Registry } from "./registry";
import { type Span, sameWords, selectedIn, writtenIn } from "./written";

/** The editor writes asynchronously; 4 kB take about 0.1 s. */
const VERIFY_MS = 1_000;
/** How long a cut may take. */
const CUT_MS = 200;

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

/** What is to give way, and what stays before and behind it. */
interface Place extends Span {
  readonly head: string;
  readonly tail: string;
}

/** Where the text goes in what the person has written, or why nowhere. */
function placeFor({ where, over }: InsertCommand, box: Element, before: string): InsertCode | Place {
  if (where === "empty" || (isEmpty(box) && over === "")) {
    return isEmpty(box) ? { start: 0, end: before.length, head: "", tail: "" } : "box_not_empty";
  }
  if (where === "over") {
    return sameWords(before, over) ? { start: 0, end: before.length, head: "", tail: "" } : "not_there";
  }
  const end = selectedIn(box)?.end ?? before.length;
  const start = end - over.length;
  if (start < 0 || !sameWords(before.slice(start, end), over)) return "not_there";
  return { start, end, head: before.slice(0, start), tail: before.slice(end) };
}

/** Whether the text stands in its place, and all that is the person's around it as before. */
function hasArrived(box: Element, { head, tail }: Place, wanted: string): boolean {
  const now = writtenIn(box);
  const end = now.length - tail.length;
  if (end < head.length || !sameWords(now.slice(0, head.length), head)) return false;
  return sameWords(now.slice(end), tail) && essence(now.slice(head.length, end).split("\n")) === wanted;
}

async function insert(
  command: InsertCommand,
  openChat: () => OpenChat | null,
  registry: Registry,
): Promise<InsertResult> {
  const text = cleanReply(command.text);
  const wanted = essence(text.split("\n"));
  const checked = check(command, openChat, registry);
  if (typeof checked === "string") return refuse(checked, text);
  const box = checked;
  if (command.way === "copy") {
    if (command.where === "empty") await takeOut(box, wanted);
    return copyInstead("not_verified", text, boxLines(box).join("\n"));
  }
  const before = writtenIn(box);
  const place = placeFor(command, box, before);
  if (typeof place === "string") return answer(place, box);
  if (text === "") return answer("not_verified", box);

  const alone = isEmpty(box);
  const typing = watchTyping(box);
  try {
    box.focus();
    await settle();
    const chosen = alone || (await selectSurely(box, place));
    // The person may have written, or gone to another chat, in the meantime.
    const now = check(command, openChat, registry);
    if (now !== box) return refuse(typeof now === "string" ? now : "wrong_chat", text);
    if (alone ? !isEmpty(box) : writtenIn(box) !== before) {
      return answer(command.where === "empty" ? "box_not_empty" : "not_there", box);
    }
    if (document.activeElement !== box || !chosen) return answer("not_verified", box);

    paste(box, text);
    const arrived = await until(() => hasArrived(box, place, wanted), VERIFY_MS);
    const undo = async () => {
      if (alone) await takeOut(box, wanted);
      else if (!typing.seen()) await putBack(box, before);
    };
    const after = check(command, openChat, registry);
    if (after === box || after === "dialog_open") {
      if (!arrived) await undo();
      else if (command.select) await selectVariable(box, command.select, place.start);
      return answer(arrived ? "inserted" : "not_verified", box);
    }
    // The chat was switched while the text went in. A box that React kept for the new chat must not keep it.
    if (box.isConnected && arrived) await undo();
    return refuse(typeof after === "string" ? after : "wrong_chat", text);
  } finally {
    typing.end();
  }
}

/** Select what the person has to fill, so that typing takes its place: the first one in what was inserted. */
async function selectVariable(box: HTMLElement, variable: string, from: number): Promise<void> {
  const start = writtenIn(box).indexOf(variable, from);
  if (start < 0) return;
  box.focus();
  await selectSurely(box, { start, end: start + variable.length });
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

/** Empty the box again, but only when all that is in it came from us: words that the person typed meanwhile stay. */
async function takeOut(box: HTMLElement, wanted: string): Promise<void> {
  for (const cut of CUTS) {
    const held = essence(boxLines(box));
    if (isEmpty(box) || !isOnlyOurs(held, wanted)) return;
    box.focus();
    getSelection()?.selectAllChildren(box);
    await settle();
    await settle();
    // Time has passed: the person may have typed.
    if (document.activeElement === box && essence(boxLines(box)) === held) box.dispatchEvent(cut());
    await until(() => isEmpty(box), CUT_MS);
  }
}
