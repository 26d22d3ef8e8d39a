import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameBody } from "../src/bridge";
import { createOverlay, type Overlay } from "../src/overlay";
import { EN } from "../src/overlay/texts.en";
import { PT_BR } from "../src/overlay/texts.pt-br";
import { draftOf, offerOf, suggestion } from "./offers";

let overlay: Overlay;
let root: ShadowRoot;
let frames: FrameBody[];
let frameCallbacks: FrameRequestCallback[];
let lang: string;

const offer = offerOf(
  [
    suggestion(0, "Sai hoje 🚚", { source: "Entrega", score: 0.9 }),
    suggestion(1, "<b>não é marcação</b>", { source: "Outra", score: 0.4 }),
  ],
  { seen_ms: performance.timeOrigin, sentiment: "negative", intent: "delivery", draft_slot: 2 },
);

beforeEach(() => {
  document.documentElement.className = "";
  document.body.innerHTML =
    '<div id="app"><div id="pane-side"></div><div id="main"><footer><div contenteditable="true" tabindex="0"></div></footer></div></div>';
  frames = [];
  frameCallbacks = [];
  lang = "pt-BR";
  vi.spyOn(window, "requestAnimationFrame").mockImplementation((callback) => frameCallbacks.push(callback));
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    expect(init.mode).toBe("closed");
    root = attach.call(this, init);
    return root;
  });
  overlay = createOverlay(
    document,
    (frame) => frames.push(frame),
    () => lang,
  );
  overlay.chatChanged(1);
});

afterEach(() => {
  overlay.dispose();
  vi.restoreAllMocks();
});

const shown = () => root.textContent ?? "";
const slotAt = (index: number) => root.querySelector<HTMLElement>(`[data-slot="${index}"]`);
const ofKind = (kind: string) => frames.filter((frame) => frame.kind === kind);

/** An event as the browser makes it for a person's own input. */
function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, "isTrusted", { value: true });
  return event;
}

function press(init: KeyboardEventInit, real = true, altGraph = false): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
  // happy-dom has no getModifierState.
  event.getModifierState = (key: string) => altGraph && key === "AltGraph";
  document.body.dispatchEvent(real ? trusted(event) : event);
  return event;
}

async function painted(): Promise<void> {
  for (const callback of frameCallbacks.splice(0)) callback(0);
  await vi.waitFor(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("what is shown", () => {
  it("stands outside #app and takes its room from it", () => {
    const app = document.getElementById("app") as HTMLElement;
    expect(root.host.parentNode).toBe(document.documentElement);
    expect(app.contains(root.host)).toBe(false);
    expect(app.style.getPropertyValue(innerWidth >= 1000 ? "width" : "height")).toContain("calc(100v");
    overlay.dispose();
    expect(app.getAttribute("style") ?? "").toBe("");
    expect(root.host.isConnected).toBe(false);
  });

  it("says how the customer feels and what they want, and takes texts as texts", () => {
    overlay.offer(offer);
    expect(root.querySelector("[data-sentiment]")?.textContent).toContain("Negativo");
    expect(root.querySelector("[data-intent]")?.textContent).toContain("Entrega");
    expect(slotAt(1)?.querySelector(".slot-text")?.textContent).toBe("<b>não é marcação</b>");
    expect(root.querySelector("b")).toBeNull();
    expect(shown()).toContain("Você envia");
  });

  it("is honest when there is nothing", () => {
    expect(shown()).toContain(PT_BR.quiet.title);
    overlay.offer({ ...offer, suggestions: [], draft_slot: null });
    expect(shown()).toContain(PT_BR.nothingFound.title);
    overlay.chatChanged(null);
    expect(shown()).toContain(PT_BR.openChat.title);
  });

  it("follows the page's theme and language", async () => {
    expect(root.querySelector("[data-theme]")?.getAttribute("data-theme")).toBe("light");
    lang = "en";
    document.documentElement.className = "dark";
    await vi.waitFor(() =>
      expect(root.querySelector("[data-theme]")?.getAttribute("data-theme")).toBe("dark"),
    );
    expect(shown()).toContain(EN.quiet.title);
  });

  it("comes back when somebody removes it, and goes while WhatsApp is not there", async () => {
    root.host.remove();
    await vi.waitFor(() => expect(root.host.isConnected).toBe(true));
    document.getElementById("app")?.replaceChildren();
    await vi.waitFor(() => expect(root.host.isConnected).toBe(false));
  });

  it("clears the card the moment another chat is open", () => {
    overlay.offer(offer);
    overlay.chatChanged(2);
    expect(slotAt(0)).toBeNull();
    overlay.offer(offer);
    expect(slotAt(0)).toBeNull();
  });

  it("tells how an insertion ended, also by a code that it does not know", () => {
    overlay.notice({ kind: "notice", code: "box_not_empty" });
    expect(root.querySelector(".notice")?.textContent).toBe(PT_BR.notice.box_not_empty);
    overlay.notice({ kind: "notice", code: "brand_new" });
    expect(root.querySelector(".notice")?.textContent).toContain("brand_new");
  });
});

describe("picking", () => {
  beforeEach(() => overlay.offer(offer));

  it.each(["Digit2", "Numpad2"])("takes Alt and %s, and the page does not see the key", (code) => {
    const seen = vi.fn();
    document.addEventListener("keydown", seen, { once: true });
    const event = press({ code, altKey: true });
    expect(ofKind("picked")).toMatchObject([{ offer_id: "o1", slot: 1, via: "shortcut", at_cursor: false }]);
    expect(event.defaultPrevented).toBe(true);
    expect(seen).not.toHaveBeenCalled();
  });

  it("leaves the number pad to Windows, where Alt with it types characters", () => {
    overlay.dispose();
    vi.spyOn(navigator, "platform", "get").mockReturnValue("Win32");
    overlay = createOverlay(
      document,
      (frame) => frames.push(frame),
      () => lang,
    );
    overlay.chatChanged(1);
    overlay.offer(offer);
    press({ code: "Numpad1", altKey: true });
    expect(ofKind("picked")).toHaveLength(0);
    press({ code: "Digit1", altKey: true });
    expect(ofKind("picked")).toHaveLength(1);
  });

  it.each([
    ["AltGr", { code: "Digit1", altKey: true }, true],
    ["AltGr as Windows reports it", { code: "Digit1", altKey: true, ctrlKey: true }, false],
    ["a held key", { code: "Digit1", altKey: true, repeat: true }, false],
    ["no Alt", { code: "Digit1" }, false],
    ["an empty slot", { code: "Digit3", altKey: true }, false],
    ["another digit", { code: "Digit5", altKey: true }, false],
  ])("ignores %s", (_, init, altGraph) => {
    const event = press(init, true, altGraph);
    expect(ofKind("picked")).toHaveLength(0);
    expect(event.defaultPrevented).toBe(false);
  });

  it("ignores keys and clicks that a script made", () => {
    press({ code: "Digit1", altKey: true }, false);
    press({ key: "Escape" }, false);
    slotAt(0)?.querySelector<HTMLElement>(".slot-press")?.click();
    expect(frames).toEqual([]);
  });

  it("takes a click, and leaves the focus where the person writes", () => {
    const box = document.querySelector<HTMLElement>("[contenteditable]") as HTMLElement;
    box.focus();
    const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true, composed: true });
    const button = slotAt(0)?.querySelector(".slot-press");
    button?.dispatchEvent(trusted(down));
    button?.dispatchEvent(trusted(new MouseEvent("click", { bubbles: true, composed: true })));
    expect(down.defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(box);
    expect(ofKind("picked")).toMatchObject([{ offer_id: "o1", slot: 0, via: "click", text: null }]);
    for (const button of root.querySelectorAll("button")) expect(button.tabIndex).toBe(-1);
  });

  it("shows a text that is cut before it takes it", () => {
    const text = slotAt(0)?.querySelector(".slot-text") as HTMLElement;
    Object.defineProperty(text, "scrollHeight", { value: 300 });
    window.dispatchEvent(new Event("resize"));
    press({ code: "Digit1", altKey: true });
    expect(ofKind("picked")).toHaveLength(0);
    expect(slotAt(1)).toBeNull();
    // Alone it still has more than fits: its end must have been in sight.
    Object.defineProperty(text, "clientHeight", { value: 200 });
    press({ code: "Digit1", altKey: true });
    expect(ofKind("picked")).toHaveLength(0);
    press({ code: "Digit1", altKey: true });
    expect(ofKind("picked")).toHaveLength(1);
  });
});

describe("Esc", () => {
  it("closes the card and is used up by it", () => {
    overlay.offer(offer);
    expect(press({ key: "Escape" }).defaultPrevented).toBe(true);
    expect(ofKind("dismissed")).toEqual([{ kind: "dismissed", offer_id: "o1" }]);
    expect(shown()).toContain(PT_BR.dismissed.title);
    expect(press({ key: "Escape" }).defaultPrevented).toBe(false);
  });

  it.each([
    ["a dialog", '<div role="dialog" aria-modal="true"></div>'],
    ["a menu", '<div role="menu"></div>'],
    ["the emoji panel", '<div id="expressions-panel-container"><button></button></div>'],
    ["a drawer", '<div data-testid="drawer-right"><header></header></div>'],
  ])("is WhatsApp's while %s is open", (_, markup) => {
    overlay.offer(offer);
    document.body.insertAdjacentHTML("beforeend", markup);
    expect(press({ key: "Escape" }).defaultPrevented).toBe(false);
    expect(ofKind("dismissed")).toHaveLength(0);
  });

  it("is WhatsApp's while the person searches", () => {
    overlay.offer(offer);
    document.getElementById("pane-side")?.insertAdjacentHTML("beforebegin", '<input id="q">');
    document.getElementById("q")?.focus();
    expect(press({ key: "Escape" }).defaultPrevented).toBe(false);
  });
});

describe("the measure of painting", () => {
  it("is sent once a card and once a draft, after the frame", async () => {
    overlay.offer(offer);
    expect(frames).toEqual([]);
    await painted();
    overlay.draft(draftOf(""));
    await painted();
    for (const text of ["Oi", "Oi, sai"]) {
      overlay.draft(draftOf(text));
      await painted();
    }
    overlay.offer(offer);
    await painted();
    expect(
      ofKind("painted").map((frame) => frame.kind === "painted" && [frame.tier, frame.message_id]),
    ).toEqual([
      [0, "3EB0"],
      [1, "3EB0"],
    ]);
    for (const frame of ofKind("painted"))
      expect(frame.kind === "painted" && frame.elapsed_ms).toBeGreaterThan(0);
  });

  it("is not sent for a card that went before it was painted, nor in a hidden page", async () => {
    overlay.offer(offer);
    overlay.chatChanged(2);
    await painted();
    overlay.chatChanged(1);
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    overlay.offer({ ...offer, offer_id: "o2" });
    await painted();
    expect(frames).toEqual([]);
  });
});
