/**
 * The clipboard, for a reply that could not be put into the message box: the person pastes it where it belongs.
 *
 * Only ever written to, and only as the answer to a person's own pick.
 */

/** A browser that asks the person first may never answer. */
const ANSWER_MS = 700;

/** Copy a text; false when the browser let neither way through. */
export async function copyText(text: string): Promise<boolean> {
  return (await byClipboard(text)) || bySelection(text);
}

/** The page's policy allows it to itself (`clipboard-write=(self)`); the browser wants focus and a person's input. */
async function byClipboard(text: string): Promise<boolean> {
  try {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), ANSWER_MS, false));
    return await Promise.race([navigator.clipboard.writeText(text).then(() => true), late]);
  } catch {
    return false;
  }
}

/**
 * The older way: a field of our own, out of sight and in a closed root, is selected and copied from. The event is
 * answered here, in the first place that it comes to, so that the page's own handling of copies has nothing to do.
 */
function bySelection(text: string): boolean {
  const before = document.activeElement;
  const host = document.createElement("div");
  const field = document.createElement("textarea");
  for (const [name, value] of [
    ["position", "fixed"],
    ["left", "-9999px"],
    ["top", "0"],
  ] as const) {
    host.style.setProperty(name, value);
  }
  host.attachShadow({ mode: "closed" }).append(field);
  document.documentElement.append(host);
  let taken = false;
  const answer = (event: ClipboardEvent) => {
    if (!event.clipboardData) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  const first = { capture: true, once: true } as const;
  addEventListener("copy", answer, first);
  try {
    field.value = text;
    field.focus({ preventScroll: true });
    field.select();
    return document.execCommand("copy") && taken;
  } catch {
    return false;
  } finally {
    removeEventListener("copy", answer, first);
    host.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
