import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameBody } from "../src/bridge";
import type { Life, Preferences } from "../src/contract.gen";
import { createOverlay, type Overlay } from "../src/overlay";
import * as form from "../src/overlay/form/state";
import { FORM } from "../src/overlay/form/words";
import { USUAL } from "../src/overlay/preferences";
import { offerOf, suggestion } from "./offers";

describe("the form as a value", () => {
  it("goes through the tour, and ends it after the last step", () => {
    let state: form.FormState | null = form.opened({ ...form.CLOSED, isNew: true }, "tour");
    for (let step = 0; step < form.STEPS; step += 1) {
      expect(state?.step).toBe(step);
      state = state && form.stepped(state, 1);
    }
    expect(state).toBeNull();
    expect(form.stepped(form.CLOSED, -1)?.step).toBe(0);
    for (const words of Object.values(FORM)) expect(words.tour.steps).toHaveLength(form.STEPS);
  });

  it("shows the first tour by itself only while nothing else is there to use", () => {
    const fresh = { ...form.CLOSED, isNew: true };
    expect(form.shownView(fresh, false)).toBe("tour");
    expect(form.shownView(fresh, true)).toBeNull();
    expect(form.shownView(form.opened(fresh, "menu"), true)).toBe("menu");
    expect(form.shownView(form.CLOSED, false)).toBeNull();
  });

  it("has five sizes and stops at the ends", () => {
    expect(form.scaled(100, 1)).toBe(125);
    expect(form.scaled(100, -1)).toBe(100);
    expect(form.scaled(200, 1)).toBe(200);
    expect(form.scaled(140, 1)).toBe(175);
  });

  it("catches a new key, and says why it does not", () => {
    const waits: form.FormState = { ...form.CLOSED, view: "keys", capturing: "pick1" };
    expect(form.caught(waits, {}, "Alt+Q")).toMatchObject({
      state: { capturing: null },
      shortcuts: { pick1: "Alt+Q" },
    });
    expect(form.caught(waits, {}, "Alt+2")).toMatchObject({
      state: { capturing: "pick1", refused: { action: "pick1", key: "Alt+2", why: "ours" } },
      shortcuts: null,
    });
    expect(form.caught(waits, {}, "Escape")).toMatchObject({ state: { capturing: null }, shortcuts: null });
    expect(form.caught(waits, { pick1: "Alt+Q", help: "Alt+H" }, "Alt+1").shortcuts).toEqual({
      help: "Alt+H",
    });
    expect(form.caught({ ...waits, capturing: "dismiss" }, { dismiss: "Alt+X" }, "Escape").shortcuts).toEqual(
      {},
    );
    expect(form.caught(form.CLOSED, {}, "Alt+Q").shortcuts).toBeNull();
  });

  it("goes back to a usual key, and takes it from the action that has it by now", () => {
    expect(form.usual({ pick1: "Alt+Q", pick2: "Alt+1", help: "Alt+H" }, "pick1")).toEqual({ help: "Alt+H" });
  });
});

let overlay: Overlay;
let root: ShadowRoot;
let frames: FrameBody[];

const offer = offerOf([suggestion(0, "Custa 10", { score: 1 })]);

/** An event as the browser makes it for a person's own input. */
function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, "isTrusted", { value: true });
  return event;
}

function press(init: KeyboardEventInit, target: Element = document.body): KeyboardEvent {
  const event = trusted(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  event.getModifierState = () => false;
  target.dispatchEvent(event);
  return event;
}

const find = (selector: string) => root.querySelector<HTMLElement>(selector);
function click(selector: string): void {
  const element = find(selector);
  if (!element) throw new Error(`nothing is ${selector}`);
  element.dispatchEvent(trusted(new MouseEvent("click", { bubbles: true, cancelable: true })));
}
const sheet = () => find(".sheet")?.dataset.sheet ?? null;
const ofKind = (kind: string) => frames.filter((frame) => frame.kind === kind);
const liked = () => (ofKind("preferences").at(-1) as { preferences: Preferences } | undefined)?.preferences;
const card = () => find(".card")?.dataset ?? {};
const tell = (preferences: Partial<Preferences>) =>
  overlay.tell({ kind: "preferences", preferences: { ...USUAL, ...preferences } });
const lives = (life: Life) => overlay.status({ kind: "status", model: "ready", model_name: null, life });

describe("the form in the card", () => {
  beforeEach(() => {
    document.documentElement.className = "";
    document.body.innerHTML =
      '<div id="app"><div id="pane-side"></div><div id="main"><footer><div contenteditable="true" tabindex="0"></div></footer></div></div>';
    frames = [];
    vi.spyOn(window, "requestAnimationFrame").mockImplementation(() => 0);
    const attach = Element.prototype.attachShadow;
    vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
      root = attach.call(this, init);
      return root;
    });
    Object.assign(window, { innerWidth: 1280, innerHeight: 800 });
    overlay = createOverlay(
      document,
      (frame) => frames.push(frame),
      () => "pt-BR",
    );
    overlay.chatChanged(1);
  });

  afterEach(() => {
    overlay.dispose();
    vi.restoreAllMocks();
  });

  it("is as the agent says, without a word to the agent", () => {
    tell({ place: "left", theme: "contrast", language: "es", scale: 150 });
    expect(card()).toMatchObject({ side: "left", theme: "contrast", mode: "column" });
    expect(find(".card")?.lang).toBe("es");
    expect(frames).toEqual([]);
    tell({ minimised: true });
    expect(card().mode).toBe("rail");
  });

  it("tells each wish of the person, and does it at once", () => {
    click("[data-tool=settings]");
    expect(sheet()).toBe("menu");
    click("[data-value=left]");
    click("[data-value=dark]");
    click("[data-value=es]");
    click("[data-switch=slash]");
    expect(card()).toMatchObject({ side: "left", theme: "dark" });
    expect(liked()).toEqual({ ...USUAL, place: "left", theme: "dark", language: "es", slash: false });
    expect(find(".form-title")?.textContent).toContain(FORM.es.settings);
    click("[data-tool=fold]");
    expect(liked()?.minimised).toBe(true);
    expect(card().mode).toBe("rail");
  });

  it("does nothing for a click that the page made", () => {
    find("[data-tool=settings]")?.click();
    expect(sheet()).toBeNull();
    click("[data-tool=settings]");
    find("[data-value=left]")?.click();
    expect(card().side).toBe("right");
    expect(frames).toEqual([]);
  });

  it("gives the page its room back, whatever the place was", () => {
    const app = document.getElementById("app") as HTMLElement;
    for (const place of ["left", "bar", "right"] as const) {
      tell({ place, scale: 125 });
      expect(app.getAttribute("style")).toContain("important");
    }
    overlay.dispose();
    expect(app.getAttribute("style") ?? "").toBe("");
  });

  it("shows the tour to who is new, never over suggestions, and once", () => {
    expect(sheet()).toBeNull();
    tell({ tour_seen: false });
    expect(sheet()).toBe("tour");
    overlay.offer(offer);
    expect(sheet()).toBeNull();
    expect(find("[data-slot]")).not.toBeNull();
    overlay.clear();
    expect(sheet()).toBe("tour");
    press({ key: "Escape", code: "Escape" });
    expect(sheet()).toBeNull();
    expect(liked()?.tour_seen).toBe(true);
    overlay.tell({ kind: "preferences", preferences: liked() as Preferences });
    expect(sheet()).toBeNull();
  });

  it("waits for a new key only as long as it shows that it does", () => {
    const awaits = () => {
      if (sheet() === null) {
        click("[data-tool=settings]");
        click(".form-list .button:nth-child(2)");
      }
      click("[data-action=pick1] .button");
      expect(find("[data-waits=true]")).not.toBeNull();
    };
    const isThePages = () => expect(press({ key: "o", code: "KeyO" }).defaultPrevented).toBe(false);
    awaits();
    expect(press({ key: "o", code: "KeyO" }).defaultPrevented).toBe(true);
    document.body.dispatchEvent(trusted(new MouseEvent("pointerdown", { bubbles: true })));
    expect(find("[data-waits=true]")).toBeNull();
    isThePages();
    awaits();
    click("[data-tool=fold]");
    isThePages();
    click("[data-tool=fold]");
    expect(find("[data-waits=true]")).toBeNull();
    awaits();
    tell({ minimised: true });
    isThePages();
    expect(liked()?.shortcuts).toEqual({});
  });

  it("says a caution and a reminder on the folded card too, and opens by them", () => {
    tell({ minimised: true });
    expect(find(".signs")).toBeNull();
    const cares = [{ code: "pix_changed", wa_id: "a", shown: null }] as const;
    overlay.tell({ kind: "care", chat_token: 1, cares: [...cares] });
    expect(find("[role=alert] [data-sign=shield]")?.textContent).toContain("A chave PIX ou a conta mudou.");
    find("[data-sign=shield]")?.click();
    expect(card().mode).toBe("rail");
    click("[data-sign=shield]");
    expect(card().mode).toBe("column");
    expect(find(".signs")).toBeNull();
    expect(find(".banner.care")).not.toBeNull();
    click("[data-act=noted]");
    const reminders = [{ conversation_id: 1, title: "Ana", at: "2026-11-22T12:00:00Z" }];
    overlay.tell({ kind: "reminders", reminders });
    Object.assign(window, { innerWidth: 900, innerHeight: 400 });
    window.dispatchEvent(new Event("resize"));
    expect(card().mode).toBe("bar");
    expect(find("[data-sign=history]")?.textContent).toContain("Ana");
    click("[data-sign=history]");
    expect(card().mode).toBe("strip");
  });

  it("names the person's own keys", () => {
    tell({ shortcuts: { correct: "Alt+9", dismiss: "Alt+X", pick3: "Alt+Z" }, tour_seen: false });
    expect(find(".tour-words")?.textContent).toContain("Alt 1 a Alt Z");
    overlay.offer(offer);
    expect(find("[aria-haspopup=listbox]")?.title).toContain("(Alt 9)");
    expect(find("[aria-haspopup=listbox]")?.getAttribute("aria-keyshortcuts")).toBe("Alt+9");
    expect(find(".context .tool")?.title).toBe("Dispensar (Alt X)");
  });

  it("changes a key: Alt+Q inserts from then on, and Alt+1 is the page's again", () => {
    click("[data-tool=settings]");
    click(".form-list .button:nth-child(2)");
    expect(sheet()).toBe("keys");
    click("[data-action=pick1] .button");
    const refused = press({ key: "k", code: "KeyK", altKey: true });
    expect(refused.defaultPrevented).toBe(true);
    expect(find(".form-refused")?.textContent).toContain("WhatsApp");
    press({ key: "q", code: "KeyQ", altKey: true });
    expect(liked()?.shortcuts).toEqual({ pick1: "Alt+Q" });
    expect(find("[data-action=pick1] .key")?.textContent).toBe("Alt Q");
    press({ key: "Escape", code: "Escape" });
    overlay.offer(offer);
    expect(press({ key: "1", code: "Digit1", altKey: true }).defaultPrevented).toBe(false);
    press({ key: "q", code: "KeyQ", altKey: true });
    expect(ofKind("picked")).toHaveLength(1);
    tell({ shortcuts: {} });
    expect(find("[data-slot] .key")?.textContent).toBe("Alt 1");
  });

  it("opens the keys by Alt+? and leaves a bare one to the page", () => {
    expect(press({ key: "?", code: "Slash", shiftKey: true }).defaultPrevented).toBe(false);
    expect(press({ key: "?", code: "Slash", shiftKey: true, altKey: true }).defaultPrevented).toBe(true);
    expect(sheet()).toBe("keys");
  });

  it("pauses and goes on, and says so in the head and in a banner", () => {
    lives({ level: "live", reason: null, screen: null, anchors: [] });
    expect(find(".capture")?.dataset.state).toBe("live");
    click(".capture");
    expect(sheet()).toBe("state");
    click(".form-body .form-wide");
    expect(ofKind("pause")).toEqual([{ kind: "pause", on: true }]);
    expect(find(".capture")?.dataset.state).toBe("paused");
    expect(find("[data-banner=paused]")).not.toBeNull();
    overlay.tell({ kind: "pause", on: true });
    click("[data-banner=paused] .button");
    expect(ofKind("pause").at(-1)).toEqual({ kind: "pause", on: false });
    overlay.tell({ kind: "pause", on: false });
    expect(find("[data-banner=paused]")).toBeNull();
  });

  it("says what a screen reader is to hear, once", () => {
    const said = () => find(".card > .spoken")?.textContent;
    lives({ level: "live", reason: null, screen: null, anchors: [] });
    expect(said()).toBe("");
    overlay.offer(offer);
    expect(said()).toBe("1 sugestão");
    lives({ level: "blind", reason: "offline", screen: null, anchors: [] });
    expect(said()).toContain("cegas");
    expect(find(".capture")?.dataset.state).toBe("blind");
  });

  it("closes with its chat", () => {
    click("[data-tool=settings]");
    overlay.chatChanged(2);
    expect(sheet()).toBeNull();
  });
});
