/// <reference types="vite/client" />
import { describe, expect, it } from "vitest";
import type { InsertCode, Sentiment } from "../src/contract.gen";
import { LEAST_CONTRAST, PALETTES, type Theme, WORDS_ON } from "../src/overlay/palette";
import { isLow, placeFor, USUAL_WISH, type Wish } from "../src/overlay/place";
import { CATALOGUE, textsFor } from "../src/overlay/texts";
import { EN } from "../src/overlay/texts.en";
import { ES } from "../src/overlay/texts.es";
import { PT_BR } from "../src/overlay/texts.pt-br";

/** Every sentiment and every end of an insertion must have words; the compiler checks that none is left out. */
const SENTIMENTS: Record<Sentiment, true> = { negative: true, neutral: true, positive: true };
const CODES: Record<InsertCode, true> = {
  inserted: true,
  wrong_chat: true,
  no_box: true,
  box_not_empty: true,
  dialog_open: true,
  not_there: true,
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

/** All words that are no function, as a list. */
function words(value: object): string[] {
  return Object.values(value).flatMap((inner) =>
    typeof inner === "object" ? words(inner) : typeof inner === "string" ? [inner] : [],
  );
}

describe("the catalogue", () => {
  it.each(Object.keys(CATALOGUE))("has the same words in every language, none empty: %s", (part) => {
    const { "pt-BR": first, en, es } = CATALOGUE[part] as Record<"pt-BR" | "en" | "es", object>;
    for (const other of [en, es]) expect(paths(other).sort()).toEqual(paths(first).sort());
    for (const one of [first, en, es]) {
      expect(words(one).filter((said) => said.trim() === "" || said.trim() !== said)).toEqual([]);
    }
  });

  it("has every part that has words", () => {
    const parts = Object.keys(import.meta.glob("../src/overlay/*/words.ts")).map((path) =>
      path.split("/").at(-2),
    );
    expect(Object.keys(CATALOGUE).sort()).toEqual(["card", ...parts].sort());
  });
});

describe("texts", () => {
  it("know every sentiment and every code", () => {
    for (const texts of [EN, PT_BR, ES]) {
      expect(Object.keys(texts.sentiment).sort()).toEqual(Object.keys(SENTIMENTS).sort());
      for (const code of Object.keys(CODES)) expect(texts.notice[code]).toBeTruthy();
    }
  });

  it("fit into the two lines that a notice has", () => {
    for (const texts of [EN, PT_BR, ES]) {
      const shown = [...Object.values(texts.notice), ...Object.values(texts.life).map(({ hint }) => hint)];
      expect(shown.filter((words) => words.length > LONGEST_NOTICE)).toEqual([]);
    }
  });

  it("are Portuguese unless the page is English or Spanish", () => {
    for (const lang of ["pt-BR", "pt", "", "fr", "xx"]) expect(textsFor(lang)).toBe(PT_BR);
    for (const lang of ["en", "en-US", "EN_gb"]) expect(textsFor(lang)).toBe(EN);
    for (const lang of ["es", "es-419", "ES_ar"]) expect(textsFor(lang)).toBe(ES);
    expect(textsFor("enm")).toBe(PT_BR);
  });
});

/** What somebody wants of the place, beside the usual. */
const wish = (more: Partial<Wish> = {}): Wish => ({ ...USUAL_WISH, ...more });

describe("places", () => {
  it("stands beside on a wide window and below on a narrow one", () => {
    expect(placeFor(1280, 720)).toEqual({ mode: "column", side: "right", size: 339, scale: 1 });
    expect(placeFor(1000, 720)).toEqual({ mode: "column", side: "right", size: 304, scale: 1 });
    expect(placeFor(2560, 1440).size).toBe(380);
    expect(placeFor(999, 720).mode).toBe("strip");
    expect(placeFor(999, 400).mode).toBe("bar");
    expect(placeFor(1280, 720, wish({ minimised: true })).mode).toBe("rail");
    expect(placeFor(800, 720, wish({ minimised: true })).mode).toBe("bar");
  });

  it("stands at the left or along the bottom where the person wants it", () => {
    expect(placeFor(1280, 720, wish({ place: "left" }))).toEqual({
      mode: "column",
      side: "left",
      size: 339,
      scale: 1,
    });
    expect(placeFor(1280, 720, wish({ place: "left", minimised: true })).side).toBe("left");
    expect(placeFor(900, 720, wish({ place: "left" })).side).toBe("bottom");
    expect(placeFor(1920, 1080, wish({ place: "bar" }))).toEqual({
      mode: "strip",
      side: "bottom",
      size: 164,
      scale: 1,
    });
    expect(placeFor(1920, 1080, wish({ place: "bar", minimised: true })).mode).toBe("bar");
  });

  it("opens in a low window only while the person wants it", () => {
    expect(placeFor(640, 360).mode).toBe("bar");
    expect(placeFor(640, 360, wish({ raised: true }))).toEqual({
      mode: "strip",
      side: "bottom",
      size: 164,
      scale: 1,
    });
    expect(placeFor(640, 360, wish({ raised: true, minimised: true })).mode).toBe("bar");
  });

  it("leaves a conversation at least 650 wide beside it, and 270 high above it, at every size of the card", () => {
    for (const place of ["right", "left", "bar"] as const) {
      for (const scale of [100, 125, 150, 175, 200]) {
        for (let width = 1000; width <= 3000; width += 50) {
          const taken = placeFor(width, 1080, wish({ place, scale }));
          if (taken.side === "bottom") continue;
          expect(width - taken.size).toBeGreaterThan(650);
          expect(taken.size).toBeLessThanOrEqual(width * 0.45 + 1);
          expect(taken.size / taken.scale).toBeGreaterThan(263);
        }
        for (let height = 440; height <= 1000; height += 20) {
          const taken = placeFor(900, height, wish({ place, scale }));
          expect(height - taken.size).toBeGreaterThan(270);
          expect(taken.size / taken.scale).toBeGreaterThan(163);
        }
      }
    }
  });

  it("enlarges the card and its place together", () => {
    const at = (scale: number) => placeFor(1920, 1080, wish({ scale }));
    expect(at(150)).toEqual({ mode: "column", side: "right", size: 570, scale: 1.5 });
    expect(at(200)).toEqual({ mode: "column", side: "right", size: 760, scale: 2 });
    expect(placeFor(1280, 720, wish({ scale: 200 }))).toEqual({
      mode: "column",
      side: "right",
      size: 576,
      scale: 2,
    });
    expect(placeFor(1024, 720, wish({ scale: 200 })).mode).toBe("strip");
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
        expect(contrast(palette[word], palette[ground])).toBeGreaterThanOrEqual(
          LEAST_CONTRAST[theme as Theme],
        );
      });
    }
  }
});
