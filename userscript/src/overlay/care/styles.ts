export const CARE_STYLES = `
.care { flex-direction: column; align-items: stretch; gap: 6px; }
.care-line { display: flex; align-items: flex-start; gap: 8px; min-width: 0; }
.care-words { flex: 1; min-width: 0; }
.care-what { font-weight: 700; }
.care-acts { display: flex; align-items: center; gap: 6px; padding-inline-start: 26px; }
.care-act { flex: none; min-height: 26px; padding: 2px 10px; border: 1px solid currentColor; border-radius: 7px; font-size: 12.5px;
  line-height: 18px; font-weight: 600; }
.care-act:hover { background: var(--paper); }
.care-typed { align-items: center; }
.care-sheet { gap: 10px; padding: 0 12px 12px; }
.care-head { flex: none; display: flex; align-items: center; gap: 8px; height: 44px; padding-inline-start: 4px; color: var(--bad); }
.care-name { flex: 1; min-width: 0; color: var(--ink); font-size: 14px; font-weight: 600; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.care-list { flex: 1 1 0; min-height: 0; display: flex; flex-direction: column; gap: 8px; margin: 0; padding: 0; list-style: none;
  overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.care-one { flex: none; display: flex; flex-direction: column; gap: 6px; }
.care-one .care-line { color: var(--bad); font-size: 13px; line-height: 17px; }
.care-one[data-tone="warn"] .care-line { color: var(--warn); }
.care-advice { flex: 1; min-width: 0; color: var(--ink); font-size: 13px; line-height: 17px; }
.care-shown { display: block; padding: 6px 8px; border-radius: 7px; background: var(--calm-soft); color: var(--calm); font-size: 12.5px;
  line-height: 17px; unicode-bidi: isolate; }
.card[data-mode="strip"] .care { flex-direction: row; align-items: center; }
.card[data-mode="strip"] .care-acts { flex: none; padding: 0; }
.card[data-mode="strip"] .care-line { flex: 1; }
.card[data-mode="strip"] .care-list { flex-direction: row; overflow: auto hidden; }
.card[data-mode="strip"] .care-sheet { gap: 4px; padding: 0 8px 6px; }
.card[data-mode="strip"] .care-sheet .quiet { display: none; }
.card[data-mode="strip"] .care-head { height: 36px; }
.card[data-mode="strip"] .care-head .tool { width: 30px; height: 30px; }
.card[data-mode="strip"] .care-one { width: 300px; gap: 4px; padding: 6px 10px; overflow-y: auto; }
.card[data-mode="strip"] .care-shown { flex: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.card[data-mode="strip"] .care-sheet .button { min-height: 26px; padding: 2px 10px; }
.slot-care { flex: none; display: flex; align-items: flex-start; gap: 5px; margin-top: 2px; color: var(--warn); font-size: 12px;
  line-height: 16px; font-weight: 600; }
.slot-care[data-asking="true"] { margin-inline-end: 4px; padding: 5px 8px; border-radius: 8px; background: var(--warn-soft); }
`;
