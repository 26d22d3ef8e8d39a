/** The rules of the suggestions' own controls. Nothing here takes room that was not there before. */
export const SUGGESTIONS_STYLES = `
.slot-press { display: flex; flex-direction: column; gap: 4px; flex: 1 1 auto; min-height: 0; min-width: 0; width: 100%;
  padding: 8px 8px 10px 12px; border-radius: 11px; }
.slot-press[aria-disabled="true"] { cursor: default; }
.slot[data-phase="ready"] .slot-head { padding-inline-end: 56px; }
.slot-tools { position: absolute; inset-block-start: 8px; inset-inline-end: 8px; display: flex; gap: 2px; }
.slot-tool { display: grid; place-items: center; width: 26px; height: 24px; border-radius: 7px; color: var(--ink-2); }
.slot-tool:hover, .slot-tool[aria-expanded="true"] { background: var(--calm-soft); color: var(--ink); }
.sure { flex: none; display: inline-flex; align-items: flex-end; gap: 2px; height: 11px; padding: 0 1px; }
.sure i { width: 3px; border-radius: 1px; background: var(--line-strong); }
.sure i:nth-child(1) { height: 5px; } .sure i:nth-child(2) { height: 8px; } .sure i:nth-child(3) { height: 11px; }
.sure[data-bars="1"] i:nth-child(-n+1), .sure[data-bars="2"] i:nth-child(-n+2), .sure[data-bars="3"] i
  { background: var(--ink-2); }
.slot[data-judging="true"] .slot-text, .slot[data-judging="true"] .slot-more,
.slot[data-phase="refused"] .slot-press > * { visibility: hidden; }
.slot-over { border: 0; margin: 0; padding: 0; min-width: 0; position: absolute; inset: 35px 10px 5px; display: flex; flex-wrap: wrap; align-content: flex-start; gap: 4px 5px; }
.slot-source { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; white-space: normal; overflow-wrap: anywhere;
  font-size: 11.5px; line-height: 13px; }
.slot-head { height: 26px; }
.slot-refused { inset: 0 12px; align-content: center; justify-content: center; color: var(--ink-2); font-size: 13px; }
.slot[data-phase="refused"] { border-style: dashed; border-color: var(--line-strong); background: transparent;
  box-shadow: none; cursor: default; }
.reason { min-height: 24px; padding: 1px 9px; border: 1px solid var(--line-strong); border-radius: 12px;
  background: var(--paper); color: var(--ink); font-size: 12px; line-height: 18px; font-weight: 600; }
.reason:hover { border-color: var(--accent-line); background: var(--accent-soft); color: var(--accent); }
.slot[data-asking="true"], .edit[data-asking="true"] .edit-insert { border-color: var(--warn-line);
  box-shadow: 0 0 0 1px var(--warn-line); }
.edit { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 8px; padding: 2px 12px 8px; }
.edit-head { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 8px; height: 28px; }
.edit-head .quiet { font-size: 12px; }
.edit-field { flex: 1 1 auto; min-height: 64px; max-height: 340px; resize: none; font-size: 14px; line-height: 20px; }
.edit-insert { align-self: stretch; min-height: 38px; gap: 10px; }
.edit-insert .key { border-color: currentColor; background: transparent; color: inherit; }
.card[data-mode="strip"] .edit { grid-area: main; display: grid;
  grid-template: "head insert" auto "field insert" 1fr "cares insert" auto / 1fr auto;
  gap: 4px 10px; padding: 6px 10px 8px 0; }
.card[data-mode="strip"] .edit-head { grid-area: head; height: 24px; }
.card[data-mode="strip"] .edit-field { grid-area: field; min-height: 0; height: 100%; }
.card[data-mode="strip"] .edit .slot-care { grid-area: cares; }
.card[data-mode="strip"] .edit-insert { grid-area: insert; align-self: center; }
.card[data-mode="strip"] .slot-press { padding: 4px 6px 6px 10px; gap: 2px; }
.card[data-mode="strip"] .slot-over { inset: 32px 8px 4px; gap: 4px; overflow: auto; }
.card[data-mode="strip"] .slot-tools { inset-block-start: 4px; inset-inline-end: 4px; }
.card[data-mode="strip"] .slot[data-phase="ready"] .slot-head { padding-inline-end: 58px; }
@media (forced-colors: active) { .reason, .edit-insert, .slot-tool { border: 1px solid ButtonText; }
  .sure i { background: CanvasText; } }
`;
