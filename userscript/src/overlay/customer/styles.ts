/** The customer's tab and the reminders. */
export const CUSTOMER = `
.customer { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.customer p, .customer h2, .customer dl, .customer dd, .customer ul { margin: 0; padding: 0; }
.customer ul { list-style: none; }
.customer-parts { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 14px; margin: 0 -12px; padding: 2px 12px 10px;
  overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent;
  outline-offset: -2px; }
.customer-parts > * { flex: none; }
.customer-part { display: flex; flex-direction: column; gap: 6px; min-width: 0; }
.customer-who { gap: 2px; }
.customer-name { max-width: 100%; font-size: 17px; line-height: 24px; font-weight: 600; letter-spacing: -.01em; }
.customer-name .cut { display: block; }
.customer-value { display: block; margin: 0 -6px; padding: 2px 6px; border-radius: 6px; cursor: text; }
.customer-value:hover { background: var(--accent-soft); }
.customer-contact { font-variant-numeric: tabular-nums; }
.customer-phone { color: var(--ink); user-select: text; cursor: text; }
.customer-heading { justify-content: space-between; }
.customer-add { padding: 2px 8px; border-radius: 6px; color: var(--accent); font-size: 12px; line-height: 18px; font-weight: 600; }
.customer-add:hover { background: var(--accent-soft); }
.customer-choice { display: flex; gap: 4px; }
.customer-choice .button { flex: 1 1 auto; min-width: 0; gap: 2px; padding: 4px 3px; font-size: 12px; }
.customer-choice .button .glyph { margin-inline-start: -2px; }
.customer-moments { gap: 6px; }
.customer-moments .button { padding: 3px 8px; min-height: 30px; font-size: 12.5px; font-weight: 500; }
.customer-follow-up { min-height: 22px; }
.customer-follow-up .cut { flex: 1; font-weight: 500; }
.customer-follow-up[data-due="true"] .cut, .customer-follow-up[data-due="true"] .glyph { color: var(--warn); }
.customer-follow-up[data-due="true"] { padding: 0 6px; margin: 0 -6px; border-radius: 6px; background: var(--warn-soft); }
.customer-mood { display: block; width: 100%; height: auto; color: var(--accent); }
.customer-mood[data-mood="bad"] { color: var(--bad); }
.customer-mood[data-mood="calm"] { color: var(--calm); }
.customer-mood path { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.customer-mood .customer-mood-middle { stroke: var(--line-strong); stroke-width: 1; stroke-dasharray: 3 4; }
.customer-mood circle { fill: currentColor; }
.customer-mood-words::first-letter { text-transform: uppercase; }
.customer-chips { display: flex; flex-wrap: wrap; gap: 6px; }
.customer-chip { display: flex; align-items: center; gap: 5px; max-width: 100%; min-height: 26px; padding: 2px 8px;
  border-radius: 13px; background: var(--calm-soft); color: var(--calm); font-size: 12.5px; line-height: 18px; font-weight: 500; }
.customer-remove { flex: none; display: grid; place-items: center; width: 24px; height: 24px; border-radius: 50%; color: var(--ink-2); }
.customer-chip .customer-remove { margin-inline-end: -6px; color: inherit; }
.customer-remove:hover { background: var(--bad-soft); color: var(--bad); }
.customer-notes { display: flex; flex-direction: column; gap: 8px; }
.customer-note { padding: 6px 10px 4px; border: 1px solid var(--line); border-radius: 10px; background: var(--paper);
  font-size: 13px; line-height: 18px; }
.customer-note .words { max-height: 180px; overflow-y: auto; scrollbar-width: thin;
  scrollbar-color: var(--line-strong) transparent; }
.customer-note-by { justify-content: space-between; min-height: 24px; color: var(--ink-2); font-size: 12px; line-height: 16px; }
.customer-fields { display: flex; flex-direction: column; font-size: 13px; line-height: 18px; }
.customer-field { display: flex; align-items: flex-start; gap: 8px; padding: 4px 0; border-bottom: 1px solid var(--line); }
.customer-field:last-child { border-bottom: 0; }
.customer-field dt { flex: 0 0 36%; min-width: 0; padding-top: 2px; color: var(--ink-2); }
.customer-field dt .cut { display: block; }
.customer-field dd { flex: 1; min-width: 0; max-height: 130px; overflow-y: auto; scrollbar-width: thin; padding-inline-start: 6px; }
.customer-field dd.words { padding-top: 2px; }
.customer-field dd.customer-field-off { flex: none; overflow: visible; padding: 0; }
.writing { display: flex; flex-direction: column; gap: 6px; scroll-margin: 12px 0; }
.writing .field { scroll-margin: 12px 0; }
.writing-problem { color: var(--bad); font-size: 12.5px; line-height: 17px; font-weight: 500; }
.customer-said { flex: none; display: flex; align-items: center; gap: 8px; min-height: 36px;
  margin: 0 -12px -10px; padding: 4px 14px; border-top: 1px solid var(--line); background: var(--ground); font-size: 12.5px;
  line-height: 16px; }
.customer-said-words { flex: 1; font-weight: 500; }
.customer-said-words:empty { display: none; }
.customer-said[data-said="failed"] { background: var(--bad-soft); color: var(--bad); }
.customer-said .plain { flex: none; }
.customer-hint { font-size: 12px; line-height: 16px; }
.customer-reminder-body { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 8px; }
.customer-reminder-who { display: inline-block; max-width: 100%; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; vertical-align: bottom; font-weight: 700; }
.customer-reminder .button { min-height: 28px; padding: 2px 10px; }
.card[data-mode="strip"] .customer-parts { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr));
  align-items: start; }
.card[data-mode="strip"] .panel:has(.customer) { padding: 8px 12px 10px 0; }
.card[data-mode="strip"] .customer-said { margin-inline: 0; min-height: 28px; padding-block: 0; }
.card[data-mode="strip"] .customer-reminder { align-items: center; }
.card[data-mode="strip"] .customer-reminder-body { flex-direction: row; align-items: center; justify-content: space-between; }
@media (forced-colors: active) { .customer-chip, .customer-said { border: 1px solid CanvasText; } }
`;
