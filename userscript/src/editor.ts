/**
 * The message box's editor as a script can use it: select, paste, cut. Nothing in here presses a key.
 *
 * The editor keeps a selection of its own, which follows the document's with the next `selectionchange`; a paste goes
 * where that is. So every selection is given time, and looked at again before anything is built on it. Lexical takes the
 * first `selectionchange` after it has written for its own and overlooks it, and the browser makes one event of several
 * changes: a cursor that was moved right after a letter was typed is still behind that letter for the editor (seen in
 * one of sixty insertions on a busy machine). So the selection is moved elsewhere first.
 */
import { type Span, select, selectedIn, writtenIn } from "./written";

/** After `focus()` or a new selection the editor knows of it with the next `selectionchange`: a frame and this long. */
const SETTLE_MS = 50;
/** `selectionchange` comes with the next frame; a busy machine takes longer. */
const TOLD_MS = 300;
/** Frames do not come in a hidden page: then this long stands for one. */
const FRAME_MS = 120;
const POLL_MS = 25;
const BUBBLING = { bubbles: true, cancelable: true, composed: true };

/** The event is made in this isolated world; the editor's own world sees the same clipboard data. */
export function paste(box: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { ...BUBBLING, clipboardData }));
}

/**
 * Ways to take the selection out. A synthetic cut touches no clipboard of the person's; `execCommand` is undone by the
 * editor. Neither event can do more than remove what is selected.
 */
export const CUTS: readonly (() => Event)[] = [
  () => new ClipboardEvent("cut", { ...BUBBLING, clipboardData: new DataTransfer() }),
  () => new InputEvent("beforeinput", { ...BUBBLING, inputType: "deleteContentBackward" }),
];

/** Let the editor learn where the cursor is. */
export async function settle(): Promise<void> {
  await frame();
  await pause(SETTLE_MS);
}

/** Select a part of the text and see to it that it stays selected; false when it does not, or the focus is elsewhere. */
export async function selectSurely(box: HTMLElement, span: Span): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt++) {
    if (document.activeElement !== box) return false;
    await move(box, elsewhere(box, span));
    if (document.activeElement !== box) return false;
    await move(box, span);
    await settle();
    const now = selectedIn(box);
    if (now && now.start === span.start && now.end === span.end) return document.activeElement === box;
  }
  return false;
}

/**
 * A cursor that is neither the present selection nor the one that is wanted; the wanted one where there is no other. Only
 * a cursor: what the person types just now must take the place of nothing.
 */
function elsewhere(box: HTMLElement, wanted: Span): Span {
  const text = writtenIn(box);
  const inside = isInsidePair(text, 1) ? 2 : 1;
  const now = selectedIn(box);
  const isOther = (one: Span, other: Span | null) => one.start !== other?.start || one.end !== other.end;
  const places = [text.length, 0, Math.min(inside, text.length)].map((place) => ({
    start: place,
    end: place,
  }));
  return places.find((place) => isOther(place, now) && isOther(place, wanted)) ?? wanted;
}

/** Select, and wait until everybody has been told; a selection that is there already is told to nobody. */
async function move(box: HTMLElement, span: Span): Promise<void> {
  const heard = new AbortController();
  const told = new Promise<void>((resolve) => {
    document.addEventListener("selectionchange", () => resolve(), { once: true, signal: heard.signal });
  });
  select(box, span);
  await Promise.race([told, pause(TOLD_MS)]);
  heard.abort();
}

/**
 * Put the box back to what stood in it, changing no more than what differs: what an editor does not take as a whole it
 * mostly still takes in part.
 *
 * @returns whether it is as before
 */
export async function putBack(box: HTMLElement, before: string): Promise<boolean> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const now = writtenIn(box);
    if (now === before) return true;
    const { span, missing } = difference(now, before);
    box.focus();
    // Time passes: the person may have typed, and then what stands there is theirs.
    if (!(await selectSurely(box, span)) || writtenIn(box) !== now) return false;
    if (missing) paste(box, missing);
    else box.dispatchEvent((CUTS[attempt % CUTS.length] as () => Event)());
    await until(() => writtenIn(box) !== now, 4 * SETTLE_MS);
  }
  return writtenIn(box) === before;
}

/** What of `now` is to be replaced by what, so that it becomes `before`. */
export function difference(now: string, before: string): { span: Span; missing: string } {
  const shorter = Math.min(now.length, before.length);
  let start = 0;
  while (start < shorter && now[start] === before[start]) start++;
  if (isInsidePair(now, start) || isInsidePair(before, start)) start--;
  let rest = 0;
  while (rest < shorter - start && now[now.length - 1 - rest] === before[before.length - 1 - rest]) rest++;
  if (isInsidePair(now, now.length - rest) || isInsidePair(before, before.length - rest)) rest--;
  return {
    span: { start, end: now.length - rest },
    missing: before.slice(start, before.length - rest),
  };
}

/** Whether a place is in the middle of a character of two units. */
function isInsidePair(text: string, place: number): boolean {
  return /[\ud800-\udbff]/.test(text[place - 1] ?? "") && /[\udc00-\udfff]/.test(text[place] ?? "");
}

export interface Typing {
  /** The person has typed into the box, or changed it otherwise, since. */
  seen(): boolean;
  end(): void;
}

/** Notice what the person does in the box: a script's events are not trusted. */
export function watchTyping(box: Element): Typing {
  const over = new AbortController();
  let seen = false;
  for (const type of ["beforeinput", "compositionstart", "paste", "cut", "drop"]) {
    box.addEventListener(
      type,
      (event) => {
        if (event.isTrusted) seen = true;
      },
      { capture: true, signal: over.signal },
    );
  }
  return { seen: () => seen, end: () => over.abort() };
}

export async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
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

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
