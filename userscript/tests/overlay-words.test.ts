import { describe, expect, it } from "vitest";
import type { InsertCode, Sentiment } from "../src/contract.gen";
import { PALETTES, WORDS_ON } from "../src/overlay/palette";
import { isLow, placeFor } from "../src/overlay/place";
import { textsFor } from "../src/overlay/texts";
import { EN } from "../src/overlay/texts.en";
import { PT_BR } from "../src/overlay/texts.pt-br";

/** Every sentiment and every end of an insertion must have words; the compiler checks that none is left out. */
const SENTIMENTS: Record<Sentiment, true> = { negative: true, neutral: true, positive: true };
const CODES: Record<InsertCode, true> = {
  inserted: true,
  wrong_chat: true,
  no_box: true,
  box_not_empty: true,
  dialog_open: true,
  not_verified: true,
  copied: true,
};

/** About 38 letters a line in the narrowest column. */
const LONGEST_NOTICE = 76;

/** All keys of a nested object, as paths. */
function paths(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" ? paths(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

describe("texts", () => {
  it("are the same set in both languages, none empty", () => {
    expect(paths(EN).sort()).toEqual(paths(PT_BR).sort());
    for (const texts of [EN, PT_BR]) expect(JSON.stringify(texts)).not.toContain('""');
  });

  it("know every sentiment and every code", () => {
    for (const texts of [EN, PT_BR]) {
      expect(Object.keys(texts.sentiment).sort()).toEqual(Object.keys(SENTIMENTS).sort());
      for (const code of Object.keys(CODES)) expect(texts.notice[code]).toBeTruthy();
    }
  });

  it("fit into the two lines that a notice has", () => {
    for (const texts of [EN, PT_BR]) {
      const shown = [...Object.values(texts.notice), ...Object.values(texts.life).map(({ hint }) => hint)];
      expect(shown.filter((words) => words.length > LONGEST_NOTICE)).toEqual([]);
    }
  });

  it("are Portuguese unless the page is English", () => {
    for (const lang of ["pt-BR", "pt", "", "es", "xx"]) expect(textsFor(lang)).toBe(PT_BR);
    for (const lang of ["en", "en-US", "EN_gb"]) expect(textsFor(lang)).toBe(EN);
    expect(textsFor("enm")).toBe(PT_BR);
  });
});

describe("places", () => {
  it("stands beside on a wide window and below on a narrow one", () => {
    expect(placeFor(1280, 720, false)).toEqual({ mode: "column", size: 339 });
    expect(placeFor(1000, 720, false)).toEqual({ mode: "column", size: 304 });
    expect(placeFor(2560, 1440, false).size).toBe(380);
    expect(placeFor(999, 720, false).mode).toBe("strip");
    expect(placeFor(999, 400, false).mode).toBe("bar");
    expect(placeFor(1280, 720, true).mode).toBe("rail");
    expect(placeFor(800, 720, true).mode).toBe("bar");
  });

  it("leaves a conversation at least 650 wide beside it, and 270 high above it", () => {
    for (let width = 1000; width <= 3000; width += 50)
      expect(width - placeFor(width, 700, false).size).toBeGreaterThan(650);
    for (let height = 440; height <= 1000; height += 20)
      expect(height - placeFor(900, height, false).size).toBeGreaterThan(270);
  });

  it("knows a low window", () => {
    expect([576, 630, 689, 690, 1080].map(isLow)).toEqual([true, true, true, false, false]);
  });
});

/** Relative luminance after WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe("colours", () => {
  for (const [theme, palette] of Object.entries(PALETTES)) {
    for (const [word, grounds] of WORDS_ON) {
      it.each(grounds)(`${word} can be read on %s in the ${theme} theme`, (ground) => {
        expect(contrast(palette[word], palette[ground])).toBeGreaterThanOrEqual(4.5);
      });
    }
  }
});
