/** The card's style sheet, as a constructed sheet: under the page's nonce CSP a `<style>` element would be refused. */
import { CANNED_STYLES } from "./canned/styles";
import { CARE_STYLES } from "./care/styles";
import { CUSTOMER } from "./customer/styles";
import { FORM_STYLES } from "./form/styles";
import { PALETTES, type Palette } from "./palette";
import { QUEUE_SHEET } from "./queue/styles";
import { SUGGESTIONS_STYLES } from "./suggestions/styles";
import { WRITING_STYLES } from "./writing/styles";

function rule(selector: string, palette: Palette): string {
  const variables = Object.entries(palette).map(([name, value]) => `--${name}: ${value};`);
  return `${selector} { ${variables.join(" ")} }`;
}

const THEME = `
:host { all: initial !important; position: fixed !important; z-index: 0 !important; display: block !important;
  left: var(--left) !important; right: var(--right) !important; bottom: 0 !important; width: var(--width) !important; height: var(--height) !important;
  contain: layout style !important; }
${rule(".card", PALETTES.light)}
${rule('.card[data-theme="dark"]', PALETTES.dark)}
${rule('.card[data-theme="contrast"]', PALETTES.contrast)}
`;

const BASE = `
*, *::before, *::after { box-sizing: border-box; }
.card { position: absolute; inset: 0; zoom: var(--scale, 1); display: flex; flex-direction: column; overflow: hidden;
  background: var(--ground); color: var(--ink); user-select: none; cursor: default; text-align: start;
  font: 14px/20px "Segoe UI", -apple-system, Inter, Roboto, "Helvetica Neue", Ubuntu, Cantarell, "Noto Sans",
    "Liberation Sans", Arial, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif;
  -webkit-font-smoothing: antialiased; }
button { all: unset; box-sizing: border-box; cursor: pointer; }
.glyph { flex: none; display: block; }
.mark { flex: none; display: block; }
.mark-ground { fill: var(--mark); }
.mark-ink { fill: var(--mark-ink); }
.head { flex: none; display: flex; align-items: center; gap: 10px; height: 64px; padding: 0 8px 0 16px; }
.head-words { flex: 1; min-width: 0; container-type: inline-size; }
@container (max-width: 144px) { .name-word { display: none; } }
.head .tool + .tool { margin-inline-start: -6px; }
.name { display: flex; align-items: center; gap: 8px; font-weight: 600; font-size: 16px; line-height: 20px; letter-spacing: -.01em; }
.model { display: flex; align-items: center; gap: 6px; color: var(--ink-2); font-size: 12px; line-height: 16px; }
.model span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.dot { flex: none; width: 7px; height: 7px; border-radius: 50%; background: var(--ink-2); }
.model[data-model="ready"] .dot { background: var(--accent-line); }
.model[data-model="failed"] .dot { background: var(--bad); }
.model[data-model="loading"] .dot, .model[data-model="waiting"] .dot { animation: pulse 1.4s steps(5) infinite; }
.model[data-life="paused"] .dot { background: var(--warn-line); animation: none; }
.model[data-life="degraded"] .dot { background: var(--warn-line); animation: none; }
.model[data-life="blind"] { color: var(--bad); font-weight: 600; }
.model[data-life="blind"] .dot { background: var(--bad); animation: none; }
.tool { flex: none; display: grid; place-items: center; width: 36px; height: 36px; border-radius: 50%;
  color: var(--ink-2); }
.tool:hover { background: var(--calm-soft); color: var(--ink); }
.turned { display: block; transform: rotate(180deg); }
.context { flex: none; display: grid; grid-template: "title tool" 28px "mood mood" 28px / 1fr auto; align-items: center;
  row-gap: 4px; padding: 0 12px 10px 16px; }
.context-title { grid-area: title; color: var(--ink-2); font-size: 12px; line-height: 16px; font-weight: 500; }
.context .tool { grid-area: tool; width: 28px; height: 28px; }
.mood { grid-area: mood; display: flex; flex-wrap: nowrap; gap: 6px; min-width: 0; }
.chip { display: inline-flex; align-items: center; gap: 5px; height: 28px; padding: 0 11px 0 7px; border-radius: 14px;
  background: var(--calm-soft); color: var(--calm); font-size: 13px; font-weight: 600; min-width: 0; }
.chip + .chip { padding-left: 9px; }
.chip[data-sentiment], .chip[data-count] { flex: none; }
.chip[data-count] { padding: 0 10px; background: var(--accent-soft); color: var(--accent); }
.chip-word { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip[data-sentiment="negative"] { background: var(--bad-soft); color: var(--bad); }
.chip[data-sentiment="positive"] { background: var(--good-soft); color: var(--good); }
button.chip { padding-right: 7px; }
button.chip:hover, button.chip[aria-expanded="true"] { background: var(--accent-soft); color: var(--accent); }
.chip[data-unsure="true"] { background: transparent; border: 1px dashed var(--line-strong); color: var(--ink-2);
  font-weight: 500; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { flex: 1; min-height: 0; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 6px; padding: 16px 36px; text-align: center; overflow: hidden; }
.empty-icon { display: grid; place-items: center; width: 56px; height: 56px; margin-bottom: 8px; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent); }
.empty-title { font-size: 15px; font-weight: 600; }
.empty-hint { color: var(--ink-2); font-size: 13px; line-height: 18px; text-wrap: balance; }
.notice { flex: none; display: flex; align-items: center; gap: 8px; height: 46px; margin: 0 12px; padding: 0 12px;
  border-radius: 10px; font-size: 13px; line-height: 17px; font-weight: 500; }
.notice[data-tone="good"] { background: var(--good-soft); color: var(--good); }
.notice[data-tone="bad"] { background: var(--bad-soft); color: var(--bad); }
.notice[data-tone="warn"] { background: var(--warn-soft); color: var(--warn); }
.record { flex: none; height: 88px; margin: 0 12px 4px; padding: 8px 4px 0; border-top: 1px solid var(--line);
  overflow: hidden; }
.record[data-waiting="true"] { border-top-color: transparent; }
.record-source { display: flex; align-items: center; gap: 5px; height: 18px; color: var(--ink-2); font-size: 12px;
  line-height: 16px; font-weight: 500; }
.record-source span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.record-fields { display: flex; flex-wrap: wrap; column-gap: 14px; max-height: 57px; margin: 3px 0 0; overflow: hidden;
  font-size: 13px; line-height: 19px; }
.record-field { max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.record-field dt, .record-field dd { display: inline; margin: 0; }
.record-field dt { color: var(--ink-2); }
.foot { flex: none; display: flex; align-items: center; justify-content: center; gap: 6px; height: 34px;
  color: var(--ink-2); font-size: 12px; font-weight: 500; }
`;

/* The parts beside the suggestions. */
const TABS = `
.tabs { flex: none; container-type: inline-size; display: flex; gap: 2px; height: 40px; padding: 0 10px 4px;
  margin-bottom: 8px; border-bottom: 1px solid var(--line); }
.tab { position: relative; flex: 1 1 auto; min-width: 0; display: flex; align-items: center; justify-content: center; gap: 4px;
  height: 36px; padding: 0 4px; border-radius: 8px; color: var(--ink-2); font-size: 12.5px; font-weight: 600; }
.tab:hover { background: var(--calm-soft); color: var(--ink); }
.tab[aria-selected="true"] { color: var(--accent); }
.tab[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 10px -5px; height: 2px; border-radius: 2px;
  background: var(--accent); }
.tab-word { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tab-badge { flex: none; min-width: 17px; padding: 0 4px; border-radius: 9px; background: var(--calm-soft);
  color: var(--calm); font-size: 11px; line-height: 17px; text-align: center; }
.tab-badge[data-tone="warn"] { background: var(--warn-soft); color: var(--warn); }
.tab-badge[data-tone="bad"] { background: var(--bad-soft); color: var(--bad); }
/* In a narrow column the words say more than the signs. */
@container (min-width: 260px) and (max-width: 350px) { .tab > .glyph { display: none; } }
.panel { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 10px; padding: 2px 12px 10px;
  overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin;
  scrollbar-color: var(--line-strong) transparent; }
.sheet { position: absolute; inset: 64px 0 0; z-index: 5; display: flex; flex-direction: column; background: var(--ground);
  overflow: hidden; }
.card[data-low="true"] .sheet { inset-block-start: 54px; }
.card[data-mode="strip"] .sheet, .card[data-mode="strip"] .panel { grid-area: main; position: static; }
`;

/* What the parts share: fields, buttons, headings, boxes. */
const CONTROLS = `
.field { box-sizing: border-box; width: 100%; min-height: 34px; margin: 0; padding: 6px 10px; border: 1px solid var(--line-strong);
  border-radius: 8px; background: var(--paper); color: var(--ink); font: inherit; font-size: 13px; line-height: 18px;
  resize: none; outline: none; user-select: text; cursor: text; }
.field::placeholder { color: var(--ink-2); opacity: 1; }
.field:focus { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.button { flex: none; display: inline-flex; align-items: center; justify-content: center; gap: 5px; min-height: 32px; padding: 4px 12px;
  border: 1px solid var(--line-strong); border-radius: 8px; background: var(--paper); color: var(--ink); font-size: 13px;
  line-height: 18px; font-weight: 600; }
.button:hover { border-color: var(--accent-line); background: var(--accent-soft); }
.button[data-main="true"] { border-color: var(--accent); background: var(--accent); color: var(--ground); }
.button[aria-pressed="true"] { border-color: var(--accent); background: var(--accent-soft); color: var(--accent); }
.button[aria-disabled="true"] { opacity: .55; cursor: default; }
.row { display: flex; align-items: center; gap: 8px; min-width: 0; }
.wrap { flex-wrap: wrap; }
.heading { color: var(--ink-2); font-size: 12px; line-height: 16px; font-weight: 600; }
.box { padding: 10px 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.quiet { color: var(--ink-2); font-size: 13px; line-height: 18px; }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.banner { flex: none; display: flex; align-items: flex-start; gap: 8px; margin: 0 12px 8px; padding: 8px 12px; border-radius: 10px;
  font-size: 13px; line-height: 17px; font-weight: 500; background: var(--warn-soft); color: var(--warn); }
.banner[data-tone="bad"] { background: var(--bad-soft); color: var(--bad); }
`;

/** Each part's own rules. */
const FEATURES: readonly string[] = [
  SUGGESTIONS_STYLES,
  CANNED_STYLES,
  FORM_STYLES,
  CUSTOMER,
  QUEUE_SHEET,
  WRITING_STYLES,
  CARE_STYLES,
];

/*
 * The rows of the slots are laid out by `rowsFor` in slot.tsx. The draft's room is `contain: size`: nothing outside can
 * see how much is in it, so no word of the draft, or of what stands there instead, moves anything.
 */
const SLOTS = `
.slots { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: 8px;
  padding: 2px 12px 8px; overflow: hidden; }
.slot { position: relative; display: flex; flex-direction: column; min-height: 0; min-width: 0; border-radius: 12px; background: var(--paper); border: 1px solid var(--line);
  box-shadow: var(--shadow); overflow: hidden; }
.slot[data-kept="true"] { contain: size; }
.slot[data-phase="waiting"], .slot[data-phase="streaming"], .slot[data-phase="none"] { border-style: dashed;
  border-color: var(--line-strong); box-shadow: none; cursor: default; }
.slot[data-phase="ready"]:hover { border-color: var(--accent-line); background: var(--accent-soft); }
.slot[data-phase="ready"]:active { border-color: var(--accent); }
.slot[data-pending="true"] { border-color: var(--accent-line); background: var(--accent-soft); }
.slot-head { flex: none; display: flex; align-items: center; gap: 8px; height: 24px; }
.slot-origin { flex: 1; min-width: 0; display: flex; align-items: center; gap: 5px; color: var(--ink-2);
  font-size: 12px; line-height: 16px; font-weight: 500; }
.slot[data-origin="draft"] .slot-origin { color: var(--accent); }
.slot-source { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.slot-busy { flex: none; color: var(--ink-2); font-weight: 400; }
.key { flex: none; height: 22px; padding: 0 7px; border: 1px solid var(--line-strong); border-bottom-width: 2px;
  border-radius: 6px; background: var(--ground); color: var(--ink-2); font: inherit; font-size: 11px; line-height: 18px;
  font-weight: 600; white-space: nowrap; }
.slot[data-phase="waiting"] .key, .slot[data-phase="streaming"] .key, .slot[data-phase="none"] .key { display: none; }
.slot-text { flex: 0 1 auto; min-height: 0; overflow: hidden; white-space: pre-wrap; overflow-wrap: anywhere;
  padding-right: 4px; }
.slot-text[data-clipped="true"] { -webkit-mask-image: linear-gradient(#000 calc(100% - 44px), transparent calc(100% - 16px));
  mask-image: linear-gradient(#000 calc(100% - 44px), transparent calc(100% - 16px)); }
.slot-more { position: absolute; inset-inline-start: 10px; bottom: 6px; display: flex; align-items: center; gap: 5px;
  padding: 0 4px; color: var(--accent); font-size: 12px; line-height: 18px; font-weight: 600; }
.blank { padding: 0 4px; border-radius: 5px; background: var(--warn-soft); color: var(--warn); font-weight: 600;
  box-shadow: inset 0 0 0 1px var(--warn-line); }
.slot-none { color: var(--ink-2); }
/* The room stays reserved, so that nothing moves; only the frame draws back. */
.slot[data-origin="draft"][data-phase="none"] { align-self: start; height: 76px; }
.slot[data-kept="true"]:not([data-origin="draft"]) { contain: none; align-self: start; max-height: 100%; }
.slot[data-reading="true"] { border-color: var(--accent-line); }
.slot[data-reading="true"] .slot-text { flex: 1; overflow-y: auto; overscroll-behavior: contain; mask-image: none;
  -webkit-mask-image: none; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.reading { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 8px; height: 28px;
  color: var(--ink-2); font-size: 12px; }
.plain { display: flex; align-items: center; gap: 4px; height: 28px; padding: 0 8px 0 2px; border-radius: 8px;
  color: var(--accent); font-size: 13px; font-weight: 600; }
.plain:hover { background: var(--accent-soft); }
.caret { display: inline-block; width: 2px; height: 15px; margin-left: 2px; vertical-align: -2px; border-radius: 1px;
  background: var(--accent-line); animation: blink 1s steps(2, jump-none) infinite; }
.bones { display: flex; flex-direction: column; gap: 9px; padding-top: 6px; }
.bones i { height: 10px; border-radius: 5px; background: var(--bone); animation: pulse 1.6s steps(5) infinite; }
.bones i:nth-child(1) { width: 92%; }
.bones i:nth-child(2) { width: 78%; animation-delay: .15s; }
.bones i:nth-child(3) { width: 46%; animation-delay: .3s; }
@keyframes pulse { 50% { opacity: .4; } }
@keyframes blink { from { opacity: 1; } to { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .slot, .chip, .key, .notice, .blank { border: 1px solid CanvasText; }
  .intents-choice[data-active="true"] { outline: 2px solid Highlight; outline-offset: -2px; } }
`;

/* The list hangs from the line of the chips over the suggestions: it takes no room, so nothing moves. */
const INTENTS = `
.intents { flex: none; position: relative; height: 0; z-index: 2; }
.intents-box { position: absolute; inset: -4px 12px auto; display: flex; flex-direction: column;
  max-height: min(460px, calc(100vh - 200px)); border: 1px solid var(--line-strong); border-radius: 12px;
  background: var(--paper); box-shadow: var(--shadow-high); overflow: hidden; }
.intents-query { flex: none; display: flex; align-items: center; height: 38px; padding: 0 14px;
  border-bottom: 1px solid var(--line); font-size: 13px; }
.intents-query span { overflow: hidden; text-overflow: ellipsis; white-space: pre; }
.intents-query[data-empty="true"] { flex-direction: row-reverse; justify-content: flex-end; gap: 3px;
  color: var(--ink-2); }
.intents-all { flex: 1; min-height: 0; padding: 0 6px 6px; overflow-y: auto; overscroll-behavior: contain;
  scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.intents-title { padding: 8px 8px 2px; color: var(--ink-2); font-size: 11px; line-height: 16px; font-weight: 600; }
.intents-choice { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 32px; padding: 5px 8px;
  border-radius: 8px; font-size: 13px; line-height: 17px; }
.intents-choice span { flex: 1; min-width: 0; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical;
  -webkit-line-clamp: 2; overflow: hidden; }
.intents-choice[aria-selected="true"] { font-weight: 600; }
.intents-choice[data-active="true"] { background: var(--accent-soft); }
.intents-choice .glyph { color: var(--accent); }
.intents-none { padding: 14px 8px; color: var(--ink-2); font-size: 13px; }
`;

const MODES = `
.card[data-side="right"] { border-left: 1px solid var(--line); }
.card[data-side="left"] { border-right: 1px solid var(--line); }
.card[data-mode="strip"], .card[data-mode="bar"] { border-top: 1px solid var(--line); }
.card[data-mode="rail"] .head { flex-direction: column; height: auto; padding: 12px 0 8px; }
.card[data-mode="rail"] .name-word, .card[data-mode="rail"] .model, .card[data-mode="rail"] .capture span,
.card[data-mode="rail"] .chip[data-intent],
.card[data-mode="rail"] .chip-word { display: none; }
.card[data-mode="rail"] .head-words { flex: none; container-type: normal; }
.card[data-mode="rail"] .capture { width: 32px; height: 32px; padding: 0; justify-content: center; border-radius: 50%; }
.card[data-mode="rail"] .context { display: flex; justify-content: center; padding: 4px 0; }
.card[data-mode="rail"] .mood { flex-direction: column; }
.card[data-mode="rail"] .chip { width: 32px; height: 32px; padding: 0; justify-content: center; border-radius: 50%; }
.signs { display: flex; gap: 6px; }
.sign { display: flex; align-items: center; justify-content: center; gap: 3px; min-width: 32px; height: 28px; padding: 0 6px;
  border-radius: 14px; background: var(--calm-soft); font-size: 12px; font-weight: 700; }
.sign[data-tone="warn"] { background: var(--warn-soft); color: var(--warn); }
.sign[data-tone="bad"] { background: var(--bad-soft); color: var(--bad); }
.card[data-mode="rail"] .signs { flex-direction: column; align-items: center; padding: 4px 0; }
.card[data-mode="rail"] .sign { padding: 0 4px; }
.card[data-mode="bar"] .signs { order: 3; padding-inline-end: 8px; }
.card[data-mode="bar"] { flex-direction: row; align-items: center; }
.card[data-mode="bar"] .head { order: 2; height: 44px; padding: 0 8px 0 14px; flex: 1; }
.card[data-mode="bar"] .context { order: 3; display: flex; padding: 0 12px; max-width: 60%; }
.card[data-mode="bar"] .mark { width: 26px; height: 26px; }
.card[data-mode="bar"] .head-words { display: flex; align-items: baseline; gap: 10px; }
.card[data-mode="strip"] { display: grid;
  grid-template: "head main" 46px "tabs main" 32px "mood main" minmax(0, 1fr) "foot main" 24px / 228px minmax(0, 1fr); }
.card[data-mode="strip"] .head { grid-area: head; height: 46px; padding: 0 4px 0 12px; gap: 8px; }
.card[data-mode="strip"] .mark { display: none; }
.card[data-mode="strip"] .tabs { grid-area: tabs; height: 32px; margin: 0; padding: 0 8px; }
.card[data-mode="strip"] .tab { height: 30px; gap: 3px; }
.card[data-mode="strip"] .tab-word { position: absolute; clip-path: inset(50%); }
.card[data-mode="strip"] .tab[aria-selected="true"]::after { bottom: -2px; }
.card[data-mode="strip"] .banners { grid-area: main; align-self: start; z-index: 3; display: flex; gap: 6px; min-width: 0;
  padding: 6px 10px 0 0; }
.card[data-mode="strip"] .banner { flex: 1; min-width: 0; max-height: 40px; margin: 0; padding: 3px 10px; overflow: hidden; }
.card[data-mode="strip"][data-banner="true"] :is(.slots, .panel, .empty) { padding-top: 50px; }
.card[data-mode="strip"] .tool { width: 28px; height: 28px; }
.card[data-mode="strip"] .context { grid-area: mood; grid-template: "mood tool" auto / minmax(0, 1fr) auto; align-items: start;
  padding: 4px 4px 0 12px; }
.card[data-mode="strip"] .context-title { display: none; }
.card[data-mode="strip"] .mood { flex-direction: column; align-items: flex-start; gap: 3px; }
.card[data-mode="strip"] .chip { height: 26px; max-width: 100%; font-size: 12px; }
.card[data-mode="strip"] .slots, .card[data-mode="strip"] .empty { grid-area: main; }
.card[data-mode="strip"] .slots { padding: 8px 10px 8px 0; }
.card[data-mode="strip"] .slot { font-size: 13px; line-height: 18px; }
@media (max-width: 760px) { .card[data-mode="strip"] :is(.slot-origin, .sure) { display: none; }
  .card[data-mode="strip"] .slot-head { justify-content: flex-start; } }
.card[data-mode="strip"] .intents { grid-area: main; height: auto; }
.card[data-mode="strip"] .intents-box { inset: 8px 10px 8px 0; max-height: none; }
.card[data-mode="strip"] .intents-query { height: 30px; }
.card[data-mode="strip"] .intents-group { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 4px; }
.card[data-mode="strip"] .intents-title { padding: 4px 4px 4px 8px; }
.card[data-mode="strip"] .intents-choice { width: auto; max-width: 100%; min-height: 26px; padding: 2px 8px; }
.card[data-mode="strip"] .reading { flex-direction: column; align-items: flex-start; justify-content: start;
  width: 96px; height: auto; padding-top: 4px; }
.card[data-mode="strip"] .empty-icon { display: none; }
.card[data-mode="strip"] .notice { grid-area: mood; margin: 0 8px; padding: 0 8px; height: auto; z-index: 1;
  font-size: 12px; line-height: 15px; }
.card[data-mode="strip"] .notice[data-tone="none"] { display: none; }
/* In the strip a notice stands over the chips, and the corrected one is what the person wants to see: it says enough. */
.card[data-mode="strip"] .notice[data-code="corrected"] { position: absolute; clip-path: inset(50%); }
.card[data-mode="strip"] .foot { grid-area: foot; height: 24px; justify-content: flex-start; padding-left: 14px; }
`;

/*
 * A low window (a small laptop, zoom 125 %): the texts get the room of the caption, and a notice stands over the foot
 * for the seconds that it is shown.
 */
const LOW = `
.card[data-low="true"] .head { height: 54px; }
.card[data-low="true"] .context { grid-template: "mood tool" 28px / minmax(0, 1fr) auto; column-gap: 2px; padding-bottom: 8px; }
.card[data-low="true"] .context-title { display: none; }
.card[data-low="true"] .notice { position: absolute; inset: auto 12px 3px; margin: 0; height: 36px; z-index: 1; }
.card[data-low="true"] .record { height: 48px; padding-top: 5px; margin-bottom: 0; }
.card[data-low="true"] .record-fields { max-height: 19px; margin-top: 1px; }
.card[data-low="true"] .foot { height: 40px; }
.card[data-low="true"] .notice[data-tone="none"] { display: none; }
`;

/** Make the sheet for a shadow root of `doc`. It must come from the document's own constructor. */
export function cardSheets(doc: Document): CSSStyleSheet[] {
  const Sheet = doc.defaultView?.CSSStyleSheet ?? CSSStyleSheet;
  const sheet = new Sheet();
  sheet.replaceSync(THEME + BASE + TABS + CONTROLS + SLOTS + INTENTS + MODES + LOW + FEATURES.join("\n"));
  return [sheet];
}
