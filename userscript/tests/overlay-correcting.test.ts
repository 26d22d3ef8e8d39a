import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameBody } from "../src/bridge";
import { createOverlay, type Overlay } from "../src/overlay";
import { PT_BR } from "../src/overlay/texts.pt-br";
import { offerOf, suggestion } from "./offers";

const OFFER = offerOf(
  [
    suggestion(0, "O pedido {pedido} sai {hoje}", { source: "Entrega", score: 0.9, missing: ["pedido"] }),
    suggestion(1, "Já saiu", { source: "Já saiu?", kind: "learned", sent_by: "Ana", sent_on: "2026-03-12" }),
    suggestion(2, "Troca em 7 dias", { source: "Trocas (loja.md)", score: 0.4, kind: "passage" }),
  ],
  {
    seen_ms: performance.timeOrigin,
    intent: "stock",
    intents: [
      { name: "stock", title: null },
      { name: "conserto", title: "Conserto de aparelho" },
    ],
  },
);

let overlay: Overlay;
let root: ShadowRoot;
let frames: FrameBody[];

beforeEach(() => {
  document.body.innerHTML =
    '<div id="app"><div id="pane-side"></div><div id="main"><footer><div contenteditable="true"></div></footer></div></div>';
  frames = [];
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    root = attach.call(this, init);
    return root;
  });
  overlay = createOverlay(
    document,
    (frame) => frames.push(frame),
    () => "pt-BR",
  );
  overlay.chatChanged(1);
  overlay.offer(OFFER);
});

afterEach(() => {
  overlay.dispose();
  vi.restoreAllMocks();
});

/** An event as the browser makes it for a person's own input. */
function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, "isTrusted", { value: true });
  return event;
}

function press(init: KeyboardEventInit, real = true): boolean {
  const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
  // happy-dom has no getModifierState.
  event.getModifierState = () => false;
  document.body.dispatchEvent(real ? trusted(event) : event);
  return event.defaultPrevented;
}

function click(selector: string): void {
  const event = new MouseEvent("click", { bubbles: true, composed: true });
  root.querySelector(selector)?.dispatchEvent(trusted(event));
}

const chip = () => root.querySelector<HTMLElement>("button[data-intent]") as HTMLElement;
const list = () => root.querySelector('[role="listbox"]');
const words = () => [...root.querySelectorAll(".intents-choice")].map(({ textContent }) => textContent);
const corrections = () => frames.filter((frame) => frame.kind === "corrected");

describe("correcting the intent", () => {
  it("by mouse: the chip opens the list, a choice is told and shown at once", () => {
    click("button[data-intent]");
    expect(words().slice(0, 2)).toEqual([PT_BR.intent.stock, "Conserto de aparelho"]);
    expect(words()).toHaveLength(Object.keys(PT_BR.intent).length + 1);
    click('[data-choice="conserto"]');
    expect(corrections()).toEqual([{ kind: "corrected", offer_id: "o1", intent: "conserto" }]);
    expect(list()).toBeNull();
    expect(chip().textContent).toContain("Conserto de aparelho");
    expect(chip().dataset.corrected).toBe("true");
  });

  it("by keyboard: Alt+4, letters, arrows, Enter; the box sees none of it", () => {
    expect(press({ code: "Digit4", key: "4", altKey: true })).toBe(true);
    for (const letter of "ent") expect(press({ key: letter, code: `Key${letter.toUpperCase()}` })).toBe(true);
    expect(words()).toContain(PT_BR.intent.delivery);
    press({ key: "ArrowDown", code: "ArrowDown" });
    const active = root.querySelector<HTMLElement>('[data-active="true"]')?.dataset.choice;
    expect(press({ key: "Enter", code: "Enter" })).toBe(true);
    expect(corrections()).toEqual([{ kind: "corrected", offer_id: "o1", intent: active }]);
  });

  it("a held Enter does not go on to the box, the next one does", () => {
    press({ code: "Digit4", key: "4", altKey: true });
    press({ key: "Enter", code: "Enter" });
    expect(press({ key: "Enter", code: "Enter", repeat: true })).toBe(true);
    expect(press({ key: "Enter", code: "Enter" })).toBe(false);
    expect(corrections()).toHaveLength(1);
  });

  it("Esc closes the list before it closes the card", () => {
    press({ code: "Digit4", key: "4", altKey: true });
    expect(press({ key: "Escape", code: "Escape" })).toBe(true);
    expect(list()).toBeNull();
    expect(root.querySelector(".slot")).not.toBeNull();
    expect(frames.filter((frame) => frame.kind === "dismissed")).toEqual([]);
  });

  it("a click beside the card, a pick and Alt+4 itself close it too", () => {
    const open = () => press({ code: "Digit4", key: "4", altKey: true });
    open();
    document.body.dispatchEvent(trusted(new MouseEvent("pointerdown", { bubbles: true })));
    expect(list()).toBeNull();
    open();
    open();
    expect(list()).toBeNull();
    open();
    press({ code: "Digit2", key: "2", altKey: true });
    expect(list()).toBeNull();
    expect(frames.some((frame) => frame.kind === "picked")).toBe(true);
  });

  it("is nobody's wish when a script presses or clicks", () => {
    press({ code: "Digit4", key: "4", altKey: true }, false);
    chip().click();
    expect(list()).toBeNull();
    press({ code: "Digit4", key: "4", altKey: true });
    press({ key: "Enter", code: "Enter" }, false);
    root.querySelector<HTMLElement>(".intents-choice")?.click();
    expect(frames).toEqual([]);
  });

  it("is there on a card only", () => {
    overlay.clear();
    expect(press({ code: "Digit4", key: "4", altKey: true })).toBe(false);
    expect(root.querySelector("button[data-intent]")).toBeNull();
  });

  it("is thanked for in one line", () => {
    overlay.notice({ kind: "notice", code: "corrected" });
    expect(root.querySelector<HTMLElement>(".notice")?.dataset.tone).toBe("good");
    expect(root.querySelector(".notice")?.textContent).toBe(PT_BR.notice.corrected);
  });
});

describe("what the card says of its doubts and its sources", () => {
  it("does not name an intent that is a guess", () => {
    overlay.offer({ ...OFFER, unsure: true });
    expect(chip().textContent).toBe(PT_BR.unsure);
    expect(chip().title).toContain(PT_BR.maybe(PT_BR.intent.stock ?? ""));
    overlay.offer({ ...OFFER, unsure: true, intent: "other" });
    expect(chip().title).not.toContain("Talvez");
  });

  it.each([
    [-0.8, "neutral", "tenso, melhorando"],
    [0.1, "negative", "tranquilo, piorando"],
    [0.6, "positive", "bom"],
  ] as const)("tells a mood of %f with a %s message as %s", (mood_score, sentiment, words) => {
    overlay.offer({ ...OFFER, mood_score, sentiment });
    const face = root.querySelector<HTMLElement>("[data-sentiment]");
    expect(face?.title.split("\n")[1]).toBe(`${PT_BR.mood.label}: ${words}`);
    expect(face?.querySelector(".spoken")?.textContent).toContain(words);
  });

  it("has no mood after one message", () => {
    expect(root.querySelector("[data-sentiment] .spoken")).toBeNull();
  });

  it("names each reply's source", () => {
    const sources = [...root.querySelectorAll(".slot")].map((slot) => [
      (slot as HTMLElement).dataset.origin,
      slot.querySelector(".slot-source")?.textContent,
    ]);
    expect(sources).toEqual([
      ["canned", "Entrega"],
      ["learned", "Resposta que Ana enviou em 12/03"],
      ["passage", `${PT_BR.passage} · Trocas (loja.md)`],
    ]);
  });

  it("marks what the person has to fill, and only that", () => {
    const text = root.querySelector('[data-slot="0"] .slot-text');
    expect(text?.textContent).toBe("O pedido {pedido} sai {hoje}");
    expect([...(text?.querySelectorAll("mark") ?? [])].map(({ textContent }) => textContent)).toEqual([
      "{pedido}",
    ]);
  });
});
