import { describe, expect, it } from "vitest";
import {
  ACTIONS,
  actionOf,
  keysFor,
  pressedKey,
  refusal,
  shownKey,
  USUAL_KEYS,
} from "../src/overlay/shortcuts";

function press(init: KeyboardEventInit, altGraph = false): KeyboardEvent {
  const event = new KeyboardEvent("keydown", init);
  event.getModifierState = (key: string) => altGraph && key === "AltGraph";
  return event;
}

describe("what is pressed", () => {
  it.each([
    [{ code: "Digit1", key: "1", altKey: true }, "Alt+1"],
    [{ code: "Digit1", key: "¡", altKey: true }, "Alt+1"],
    [{ code: "KeyB", key: "∫", altKey: true }, "Alt+B"],
    [{ code: "KeyQ", key: "a", altKey: true }, "Alt+A"],
    [{ code: "KeyB", key: "B", altKey: true, shiftKey: true }, "Alt+Shift+B"],
    [{ code: "KeyB", key: "b", altKey: true, ctrlKey: true }, "Ctrl+Alt+B"],
    [{ code: "Enter", key: "Enter", altKey: true }, "Alt+Enter"],
    [{ code: "Tab", key: "Tab" }, "Tab"],
    [{ code: "Tab", key: "Tab", shiftKey: true }, "Shift+Tab"],
    [{ code: "Escape", key: "Escape" }, "Escape"],
    [{ code: "Slash", key: "?", altKey: true, shiftKey: true }, "Alt+?"],
    [{ code: "IntlRo", key: "?", altKey: true, shiftKey: true }, "Alt+?"],
    [{ code: "Slash", key: "¿", altKey: true, shiftKey: true }, "Alt+?"],
    [{ code: "Slash", key: "?", shiftKey: true }, "?"],
    [{ code: "Space", key: " ", altKey: true }, "Alt+Space"],
    [{ code: "ArrowLeft", key: "ArrowLeft", altKey: true }, "Alt+Left"],
  ])("%o is %s", (init, name) => {
    expect(pressedKey(press(init), false)).toBe(name);
  });

  it("is no key where AltGr, the number pad of Windows, a composition or a repetition types", () => {
    expect(pressedKey(press({ code: "Digit1", key: "¹", altKey: true }, true), true)).toBeNull();
    expect(pressedKey(press({ code: "Numpad1", key: "1", altKey: true }), true)).toBeNull();
    expect(pressedKey(press({ code: "Numpad1", key: "1", altKey: true }), false)).toBe("Alt+1");
    expect(pressedKey(press({ code: "Digit1", key: "1", altKey: true, repeat: true }), false)).toBeNull();
    expect(
      pressedKey(press({ code: "Digit1", key: "1", altKey: true, isComposing: true }), false),
    ).toBeNull();
    expect(pressedKey(press({ code: "AltLeft", key: "Alt", altKey: true }), false)).toBeNull();
    expect(pressedKey(press({ code: "Digit1", key: "1", metaKey: true }), false)).toBeNull();
  });
});

describe("the table", () => {
  it("has no key twice, and none that may not be chosen", () => {
    expect(new Set(Object.values(USUAL_KEYS)).size).toBe(ACTIONS.length);
    for (const action of ACTIONS) expect(refusal(USUAL_KEYS, action, USUAL_KEYS[action])).toBeNull();
  });

  it("leaves a bare question mark and every letter to the page", () => {
    for (const key of ["?", "A", "Shift+B", "Enter", "Ctrl+B", null]) {
      expect(actionOf(USUAL_KEYS, key)).toBeNull();
    }
    expect(actionOf(USUAL_KEYS, "Alt+?")).toBe("help");
  });

  it("takes a person's own keys, and the usual one where theirs may not be", () => {
    const keys = keysFor({ pick1: "Alt+Q", pick2: "Alt+K", pick3: "Alt+Q", enter: "B", unknown: "Alt+W" });
    expect(keys).toEqual({ ...USUAL_KEYS, pick1: "Alt+Q" });
    expect(actionOf(keys, "Alt+1")).toBeNull();
  });
});

describe("a key is refused", () => {
  it.each([
    ["Alt+K", "whatsapp"],
    ["Alt+D", "browser"],
    ["Alt+F4", "browser"],
    ["Alt+2", "ours"],
    ["Tab", "ours"],
    ["Escape", "ours"],
    ["B", "plain"],
    ["Ctrl+B", "plain"],
    ["Ctrl+Alt+N", "plain"],
    ["?", "plain"],
    ["Enter", "plain"],
  ])("%s: %s", (key, why) => {
    expect(refusal(USUAL_KEYS, "pick1", key)).toBe(why);
  });

  it("unless it may be had", () => {
    for (const key of ["Alt+Q", "Alt+1", "Alt+Shift+Q", "Alt+9"])
      expect(refusal(USUAL_KEYS, "pick1", key)).toBeNull();
  });
});

it("is written as it stands on the keyboard", () => {
  expect([..."Alt+1 Escape Alt+Shift+B".split(" ")].map(shownKey)).toEqual(["Alt 1", "Esc", "Alt Shift B"]);
});
