/** Rules of the menu, the sheets, the chip and the tour. */
export const FORM_STYLES = `
.capture { flex: none; display: inline-flex; align-items: center; gap: 4px; height: 22px; padding: 0 8px 0 6px;
  border-radius: 11px; background: var(--calm-soft); color: var(--calm); font-size: 11.5px; line-height: 16px;
  font-weight: 600; letter-spacing: 0; white-space: nowrap; }
.capture:hover { box-shadow: inset 0 0 0 1px currentColor; }
.capture[data-state="live"] { background: var(--good-soft); color: var(--good); }
.capture[data-state="degraded"], .capture[data-state="paused"] { background: var(--warn-soft); color: var(--warn); }
.capture[data-state="blind"] { background: var(--bad-soft); color: var(--bad); }
.form-title { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 8px;
  padding: 6px 8px 6px 16px; border-bottom: 1px solid var(--line); }
.form-title h2 { margin: 0; font-size: 15px; line-height: 20px; font-weight: 600; }
.form-body { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 14px; padding: 12px 16px 16px;
  overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin;
  scrollbar-color: var(--line-strong) transparent; }
.form-body > * { flex: none; }
.form-body h2 { margin: 0; font-size: 15px; line-height: 20px; font-weight: 600; }
.form-body p { margin: 2px 0 0; }
.form-foot { flex: none; display: flex; align-items: center; gap: 8px; padding: 10px 16px;
  border-top: 1px solid var(--line); }
.form-group { display: flex; flex-direction: column; gap: 6px; min-width: 0; }
fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.form-choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(118px, 100%), 1fr)); gap: 4px; }
.form-choices[data-count="3"] { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.form-choice { flex: 1 1 auto; display: inline-flex; align-items: center; justify-content: center; gap: 4px; min-height: 32px;
  padding: 3px 9px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--paper);
  font-size: 13px; line-height: 18px; font-weight: 500; white-space: nowrap; }
.form-choice:hover { border-color: var(--accent-line); background: var(--accent-soft); }
.form-choice[aria-pressed="true"] { border-color: var(--accent); background: var(--accent-soft); color: var(--accent);
  font-weight: 600; }
.form-scale { min-width: 58px; text-align: center; font-size: 14px; font-weight: 600; font-variant-numeric: tabular-nums; }
.form-switch { display: flex; align-items: center; gap: 10px; min-height: 40px; border-radius: 8px; }
.form-switch-words { flex: 1; min-width: 0; display: flex; flex-direction: column; font-size: 13px; line-height: 18px; }
.form-switch-words b { font-weight: 600; }
.form-switch-words .quiet { font-size: 12px; line-height: 16px; }
.form-switch-state { flex: none; color: var(--ink-2); font-size: 12px; }
.form-knob { flex: none; position: relative; width: 34px; height: 20px; border-radius: 10px; background: var(--paper);
  border: 1.5px solid var(--ink-2); }
.form-knob::after { content: ""; position: absolute; top: 2.5px; left: 3px; width: 12px; height: 12px; border-radius: 50%;
  background: var(--ink-2); }
[aria-checked="true"] > .form-knob { background: var(--accent); border-color: var(--accent); }
[aria-checked="true"] > .form-knob::after { left: 17px; background: var(--ground); }
.form-list { display: flex; flex-direction: column; gap: 6px; }
.form-wide { flex: none; justify-content: flex-start; gap: 8px; min-height: 36px; }
.form-keys { display: flex; flex-direction: column; margin: 0; padding: 0; list-style: none; }
.form-key { padding: 5px 0; border-bottom: 1px solid var(--line); }
.form-key .row { min-height: 32px; gap: 6px; }
.form-key-name { flex: 1; min-width: 0; font-size: 13px; line-height: 17px; }
.form-key .button { min-height: 28px; padding: 2px 9px; font-size: 12px; }
.form-key-waits { flex: none; padding: 4px 10px; border: 1px dashed var(--accent); border-radius: 8px; color: var(--accent);
  font-size: 12px; line-height: 18px; font-weight: 600; }
.form-small { width: 28px; height: 28px; }
.form-refused { padding: 2px 0 4px; color: var(--bad); font-size: 12px; line-height: 16px; font-weight: 500; }
.banner.form-paused { align-items: center; background: var(--calm-soft); color: var(--ink); }
.form-paused-words { flex: 1; min-width: 0; }
.form-paused .glyph { flex: none; }
.form-state { display: flex; gap: 12px; align-items: flex-start; }
.form-state p { font-size: 13px; line-height: 18px; }
.form-state[data-state="live"] > .glyph { color: var(--good); }
.form-state[data-state="degraded"] > .glyph, .form-state[data-state="paused"] > .glyph { color: var(--warn); }
.form-state[data-state="blind"] > .glyph { color: var(--bad); }
.form-body .form-todo { margin: 0; font-size: 14px; line-height: 20px; }
.tour-picture { display: flex; align-items: center; justify-content: center; min-height: 96px; padding: 16px 8px;
  border-radius: 12px; background: var(--accent-soft); color: var(--accent); }
.tour-sign { display: flex; align-items: center; }
.tour-line { width: 26px; height: 2px; margin: 0 10px; border-radius: 1px; background: currentColor; opacity: .5; }
.tour-key kbd { padding: 4px 9px; border: 1.5px solid currentColor; border-bottom-width: 3px; border-radius: 7px;
  background: var(--paper); color: var(--accent); font: inherit; font-size: 14px; line-height: 18px; font-weight: 700; }
.tour-words p { font-size: 14px; line-height: 20px; }
.tour-words .heading { margin-bottom: 4px; }
.tour-dots { display: flex; justify-content: center; gap: 6px; }
.tour-dots i { width: 7px; height: 7px; border-radius: 50%; background: var(--line-strong); }
.tour-dots i[data-now="true"] { background: var(--accent); }
.tour-rest { flex: 1; }
.card[data-mode="strip"] .form-title { padding: 2px 8px 2px 12px; }
.card[data-mode="strip"] .form-body { flex-flow: row wrap; align-content: flex-start; gap: 8px 20px; padding: 8px 12px; }
.card[data-mode="strip"] .form-list { flex-flow: row wrap; }
.card[data-mode="strip"] .form-choices { grid-template-columns: repeat(2, auto); }
.card[data-mode="strip"] .form-choices[data-count="3"] { grid-template-columns: repeat(3, auto); }
.card[data-mode="strip"] .form-choice { min-height: 28px; }
.card[data-mode="strip"] .form-keys { flex: 1 1 100%; display: grid;
  grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); column-gap: 20px; }
.card[data-mode="strip"] .form-foot { padding: 4px 12px; }
.card[data-mode="strip"] .tour-picture { min-height: 0; padding: 8px 14px; }
.card[data-mode="strip"] .tour-words, .card[data-mode="strip"] .form-state { flex: 1 1 240px; min-width: 0; }
.card[data-mode="strip"] .tour-dots { display: none; }
@media (forced-colors: active) { .capture, .form-choice, .form-knob, .tour-sign kbd { border: 1px solid CanvasText; }
  .form-choice[aria-pressed="true"], .tab[aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
  .form-knob::after { background: CanvasText; } }
`;
