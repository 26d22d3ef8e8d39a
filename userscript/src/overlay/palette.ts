/**
 * Colours of the card, from WhatsApp Web's own families so that it looks at home.
 *
 * Every pair of words and ground in `WORDS_ON` has a contrast of at least 4.5:1, in high contrast of at least 7:1; a test
 * computes it.
 */
export type Theme = "light" | "dark" | "contrast";
export type Palette = Readonly<Record<keyof typeof LIGHT, string>>;

const LIGHT = {
  ground: "#f7f5f3",
  paper: "#ffffff",
  line: "#e4e0da",
  "line-strong": "#cfcac2",
  ink: "#0f1513",
  "ink-2": "#5b6360",
  accent: "#0b7a4b",
  "accent-soft": "#e3f4ea",
  "accent-line": "#1daa61",
  good: "#0b6b42",
  "good-soft": "#dff3e6",
  bad: "#b3261e",
  "bad-soft": "#fdeceb",
  calm: "#4a5568",
  "calm-soft": "#ecebe8",
  warn: "#7a4b00",
  "warn-soft": "#fdf1d8",
  "warn-line": "#e9cf97",
  bone: "#ebe7e1",
  mark: "#0b7a4b",
  "mark-ink": "#ffffff",
  shadow: "0 1px 2px rgba(20, 30, 25, .08)",
  "shadow-high": "0 8px 28px rgba(20, 30, 25, .18)",
};

const DARK: Palette = {
  ground: "#161717",
  paper: "#1f2121",
  line: "#2e3131",
  "line-strong": "#454949",
  ink: "#f3f5f4",
  "ink-2": "#a9b1ae",
  accent: "#4fd68b",
  "accent-soft": "#17352a",
  "accent-line": "#21c063",
  good: "#6fe0a2",
  "good-soft": "#17352a",
  bad: "#ff9d94",
  "bad-soft": "#40201e",
  calm: "#c4cbd3",
  "calm-soft": "#2a2d2d",
  warn: "#f5c86b",
  "warn-soft": "#3b2f16",
  "warn-line": "#6a5424",
  bone: "#2c2f2f",
  mark: "#21c063",
  "mark-ink": "#0b1410",
  shadow: "none",
  "shadow-high": "0 8px 28px rgba(0, 0, 0, .55)",
};

/** White on black, and every line as strong as a word. */
const CONTRAST: Palette = {
  ground: "#000000",
  paper: "#000000",
  line: "#8f9794",
  "line-strong": "#ffffff",
  ink: "#ffffff",
  "ink-2": "#e6ecea",
  accent: "#7dffb4",
  "accent-soft": "#00331c",
  "accent-line": "#7dffb4",
  good: "#9dffc6",
  "good-soft": "#00331c",
  bad: "#ffc2bc",
  "bad-soft": "#3d0500",
  calm: "#ffffff",
  "calm-soft": "#22262a",
  warn: "#ffe08a",
  "warn-soft": "#332500",
  "warn-line": "#ffe08a",
  bone: "#5c6462",
  mark: "#7dffb4",
  "mark-ink": "#000000",
  shadow: "none",
  "shadow-high": "0 0 0 2px #ffffff",
};

export const PALETTES: Readonly<Record<Theme, Palette>> = { light: LIGHT, dark: DARK, contrast: CONTRAST };

/** Least contrast of words and their ground. */
export const LEAST_CONTRAST: Readonly<Record<Theme, number>> = { light: 4.5, dark: 4.5, contrast: 7 };

/** Which colours words have, and on which grounds they stand. */
export const WORDS_ON: readonly (readonly [keyof Palette, readonly (keyof Palette)[]])[] = [
  ["ink", ["ground", "paper", "accent-soft"]],
  ["ink-2", ["ground", "paper", "accent-soft", "calm-soft"]],
  ["accent", ["ground", "paper", "accent-soft"]],
  ["good", ["good-soft"]],
  ["bad", ["bad-soft"]],
  ["calm", ["calm-soft"]],
  ["warn", ["warn-soft"]],
  ["ground", ["accent"]],
];
