export const CANNED_STYLES = `
.canned-head { flex: none; display: flex; align-items: center; gap: 8px; height: 44px; padding: 0 8px 0 16px; color: var(--accent); }
.canned-name { flex: 1; color: var(--ink); font-size: 14px; font-weight: 600; }
.canned-typed { margin-inline-start: 4px; padding: 1px 6px; border-radius: 6px; background: var(--accent-soft);
  color: var(--accent); font-size: 13px; white-space: pre; }
.canned-head .field { flex: 1; width: auto; min-width: 0; }
.canned-close { width: 32px; height: 32px; }
.canned-list { flex: 1 1 0; min-height: 0; padding: 0 8px; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin;
  scrollbar-color: var(--line-strong) transparent; }
.canned-one { display: block; width: 100%; padding: 7px 8px; border-radius: 8px; font-size: 13px; line-height: 18px; }
.canned-one[data-active="true"] { background: var(--accent-soft); box-shadow: inset 3px 0 0 var(--accent-line); }
.canned-top { display: flex; align-items: center; gap: 6px; min-width: 0; }
.canned-title { flex: 1; font-weight: 600; }
.canned-near { flex: none; display: grid; color: var(--accent); }
.canned-uses { flex: none; color: var(--ink-2); font-size: 11px; font-variant-numeric: tabular-nums; }
.canned-shortcut { flex: none; max-width: 40%; padding: 0 6px; border: 1px solid var(--line-strong); border-radius: 6px; color: var(--ink-2);
  font-size: 11px; line-height: 17px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.canned-one[data-active="true"] :is(.canned-shortcut, .canned-uses, .canned-line) { color: var(--ink); }
.canned-line { display: block; color: var(--ink-2); font-size: 12.5px; line-height: 17px; }
.canned-hit { color: var(--accent); font-weight: 700; text-decoration: underline; text-underline-offset: 2px; }
.canned-more { flex: none; padding: 4px 16px; color: var(--ink-2); font-size: 12px; line-height: 16px; }
.canned-none { flex: 1; display: flex; flex-direction: column; justify-content: center; gap: 6px; padding: 16px 32px;
  color: var(--ink-2); font-size: 13px; line-height: 18px; text-align: center; }
.canned-none .empty-title { color: var(--ink); }
.canned-whole { flex: none; display: flex; flex-direction: column; height: min(31%, 200px); margin: 6px 12px 0;
  border: 1px solid var(--line); border-radius: 10px; background: var(--paper); overflow: hidden; }
.canned-whole-head { flex: none; display: flex; align-items: center; gap: 8px; height: 28px; padding: 0 8px 0 12px;
  border-bottom: 1px solid var(--line); color: var(--ink-2); font-size: 12px; font-weight: 600; }
.canned-whole-head .cut { flex: 1; }
.canned-keys { flex: none; font-size: 11px; font-weight: 500; white-space: nowrap; }
.canned-keys kbd { padding: 0 4px; border: 1px solid var(--line-strong); border-radius: 5px; background: var(--ground);
  font: inherit; font-weight: 600; }
.canned-text { flex: 1; min-height: 0; padding: 8px 12px; overflow-y: auto; overscroll-behavior: contain; font-size: 13px;
  line-height: 19px; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.canned-filled { padding: 0 3px; border-radius: 5px; background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.canned-foot { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 4px; min-height: 40px;
  padding: 4px 10px; }
.canned-foot .plain { gap: 5px; padding: 0 6px; font-size: 12.5px; white-space: nowrap; }
.canned-foot .plain[aria-disabled="true"] { color: var(--ink-2); cursor: default; }
.canned-foot .canned-off { color: var(--ink-2); }
.canned-fields { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 6px; padding: 0 16px; overflow-y: auto;
  scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.canned-fields .heading { margin-top: 4px; }
.canned-area { flex: 1 0 110px; }
.canned-wanted { flex: none; align-self: flex-start; max-width: calc(100% - 24px); gap: 8px; margin: 4px 12px 0; padding: 0 4px;
  font-size: 13px; }
.canned-said { flex: none; min-height: 20px; padding: 4px 16px 0; color: var(--bad); font-size: 13px; line-height: 17px; font-weight: 500; }
.canned-buttons { justify-content: flex-end; gap: 8px; padding: 6px 16px 12px; }
.card[data-mode="strip"] .canned { display: grid; grid-template: "head whole" 32px "list whole" minmax(0, 1fr) "foot whole" 28px
  / minmax(0, 1fr) minmax(0, 1fr); }
.card[data-mode="strip"] .canned-head { grid-area: head; height: 32px; padding-inline-start: 8px; }
.card[data-mode="strip"] .canned-close { width: 28px; height: 28px; }
.card[data-mode="strip"] .canned-head .field { min-height: 28px; padding-block: 2px; }
.card[data-mode="strip"] :is(.canned-list, .canned-none) { grid-area: list; padding-inline: 2px; }
.card[data-mode="strip"] .canned-one { padding-block: 3px; }
.card[data-mode="strip"] .canned-more { display: none; }
.card[data-mode="strip"] .canned-whole { grid-area: whole; height: auto; margin: 6px 10px; }
.card[data-mode="strip"] .canned-foot { grid-area: foot; min-height: 28px; padding: 0 2px; }
.card[data-mode="strip"] .canned-foot .plain { height: 26px; font-size: 12px; }
.card[data-mode="strip"] .canned-form { grid-template: "head head" 32px "fields fields" minmax(0, 1fr) "said foot" 38px / minmax(0, 1fr) auto; }
.card[data-mode="strip"] .canned-fields { grid-area: fields; display: grid; grid-template: 16px 28px 16px 28px / 1fr 1fr; gap: 0 10px;
  padding: 0 10px 0 8px; }
.card[data-mode="strip"] .canned-fields .heading { margin: 0; }
.card[data-mode="strip"] .canned-fields .field { min-height: 26px; padding-block: 2px; }
.card[data-mode="strip"] .canned-fields > :nth-child(5) { grid-area: 1 / 2; }
.card[data-mode="strip"] .canned-wanted { grid-area: head; place-self: center end; max-width: 50%; margin: 0 40px 0 0; }
.card[data-mode="strip"] .canned-fields .canned-area { grid-area: 2 / 2 / 5 / 3; }
.card[data-mode="strip"] .canned-fields .quiet { display: none; }
.card[data-mode="strip"] .canned-said { grid-area: said; padding-inline-start: 8px; }
.card[data-mode="strip"] .canned-form .canned-foot { padding: 0 10px 4px; }
.card[data-low="true"] .canned-whole { height: min(34%, 150px); }
@media (forced-colors: active) { .canned-one[data-active="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
  .canned-hit { color: Highlight; } }
`;
