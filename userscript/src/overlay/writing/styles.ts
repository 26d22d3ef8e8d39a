/** Rules of the writing tab. */
export const WRITING_STYLES = `
.writing { flex: 1 0 auto; display: flex; flex-direction: column; gap: 12px; max-height: max(100%, 380px); }
.writing-asks { flex: none; display: flex; flex-direction: column; gap: 12px; }
.writing-group { display: flex; flex-direction: column; gap: 6px; min-width: 0; }
.writing-group .wrap { gap: 6px; }
.writing-group .button { min-height: 28px; padding: 2px 8px; font-size: 12.5px; }
.writing-hint { min-height: 17px; color: var(--ink-2); font-size: 12px; line-height: 17px; }
.writing-into { color: var(--ink-2); font-size: 12px; line-height: 16px; }
.writing-model { margin: 0; }
.writing p { margin: 0; }
.writing-result { flex: 1 1 auto; min-height: 150px; display: flex; flex-direction: column; gap: 8px; padding: 10px 12px;
  border: 1px solid var(--line); border-radius: 12px; background: var(--paper); box-shadow: var(--shadow);
  overflow: hidden; }
.writing-result[data-phase="writing"] { border-style: dashed; border-color: var(--line-strong); box-shadow: none; }
.writing-head { flex: none; display: flex; align-items: center; gap: 8px; min-height: 28px; }
.writing-name { flex: 1; min-width: 0; font-size: 13px; line-height: 18px; font-weight: 600; }
.writing-busy { flex: none; color: var(--ink-2); font-size: 12px; }
.writing-head .button { min-height: 28px; padding: 2px 10px; }
.writing-body { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 10px; overflow-y: auto;
  overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.writing-text { margin: 0; font-size: 14px; line-height: 21px; user-select: text; cursor: text; }
.writing-text del { border-radius: 3px; background: var(--bad-soft); color: var(--bad); text-decoration: line-through; }
.writing-text ins { border-radius: 3px; background: var(--good-soft); color: var(--good); text-decoration: underline;
  text-underline-offset: 3px; }
.writing-text[data-apart="true"] del, .writing-text[data-apart="true"] ins { display: block; padding: 6px 8px; }
.writing-text del + ins { margin-inline-start: 2px; }
.writing-text[data-apart="true"] del { margin-bottom: 6px; }
.writing-text[data-apart="true"] ins { margin-inline-start: 0; }
.writing-said { color: var(--ink-2); font-size: 13px; line-height: 18px; }
.writing-said[data-tone="warn"] { color: var(--warn); font-weight: 600; }
.writing-said[data-tone="good"] { color: var(--good); font-weight: 600; }
.writing-open { display: flex; flex-direction: column; gap: 6px; margin: 0; padding: 0; list-style: none; }
.writing-open li { padding: 6px 8px; border-inline-start: 3px solid var(--warn-line); border-radius: 4px;
  background: var(--ground); font-size: 13px; line-height: 18px; }
.writing-open time, .writing-open .writing-when { display: block; color: var(--ink-2); font-size: 11px; line-height: 15px; }
.writing-foot { flex: none; display: flex; align-items: center; gap: 8px; min-height: 32px; }
.writing-quiet { flex: none; color: var(--ink-2); font-size: 11.5px; line-height: 15px; }
.card[data-mode="strip"] .writing { flex: 1; min-height: 0; flex-direction: row; max-height: none; }
.card[data-mode="strip"] .writing-asks { flex: 1 1 50%; min-width: 0; overflow-y: auto; gap: 6px; scrollbar-width: thin; }
.card[data-mode="strip"] .writing-hint[data-why="ready"] { display: none; }
.card[data-mode="strip"] .writing-result { flex: 1 1 50%; min-width: 0; min-height: 0; padding: 4px 10px; gap: 2px 8px; display: grid;
  grid-template: "head foot" auto "body foot" minmax(0, 1fr) "end foot" auto / minmax(0, 1fr) auto; }
.card[data-mode="strip"] .writing-head { grid-area: head; }
.card[data-mode="strip"] .writing-body { grid-area: body; }
.card[data-mode="strip"] .writing-result > .writing-said, .card[data-mode="strip"] .writing-quiet { grid-area: end; }
.card[data-mode="strip"] .writing-foot { grid-area: foot; flex-direction: column; align-items: stretch; justify-content: center; }
.card[data-mode="strip"] .writing-group { gap: 3px; }
.card[data-mode="strip"] .writing-group .button { min-height: 26px; padding: 1px 8px; font-size: 12px; }
.card[data-low="true"] .writing, .card[data-low="true"] .writing-asks { gap: 8px; }
`;
