/** The list of who waits. */
export const QUEUE_SHEET = `
.queue-top { flex: none; }
.queue-head { display: flex; align-items: baseline; justify-content: space-between; gap: 8px; min-width: 0; }
.queue-count { font-size: 13px; line-height: 18px; font-weight: 600; }
.queue-target { color: var(--ink-2); font-size: 12px; line-height: 18px; }
.queue-say { display: flex; align-items: center; gap: 5px; height: 20px; min-width: 0; color: var(--ink-2);
  font-size: 12px; line-height: 18px; }
.queue-say[data-code="found"] { color: var(--accent); font-weight: 600; }
.queue-say[data-code="missing"], .queue-say[data-code="search"] { color: var(--ink); font-weight: 600; }
.queue-lines { display: flex; flex-direction: column; gap: 4px; margin: 0; padding: 0; list-style: none; }
.queue-lines > li { min-width: 0; }
.queue-line { display: grid; grid-template-columns: 26px minmax(0, 1fr) auto; align-items: center; column-gap: 8px;
  row-gap: 2px; width: 100%; padding: 7px 8px 7px 7px; border: 1px solid var(--line); border-radius: 10px;
  background: var(--paper); }
.queue-line:hover { border-color: var(--accent-line); background: var(--accent-soft); }
.queue-line[aria-current="true"] { border-color: var(--accent); box-shadow: inset 3px 0 0 var(--accent); }
.queue-line[data-gone="true"] { border-style: dashed; background: transparent; }
.queue-line[data-gone="true"] .queue-name { font-weight: 400; text-decoration: line-through; }
.queue-face { grid-row: 1 / span 2; display: grid; place-items: center; width: 26px; height: 26px; border-radius: 50%;
  background: var(--calm-soft); color: var(--calm); }
.queue-face[data-sentiment="negative"] { background: var(--bad-soft); color: var(--bad); }
.queue-face[data-sentiment="positive"] { background: var(--good-soft); color: var(--good); }
.queue-name { font-size: 14px; line-height: 20px; font-weight: 600; text-align: left; }
.queue-wait { justify-self: end; display: flex; align-items: center; justify-content: center; gap: 4px; min-width: 72px;
  padding: 0 7px 0 5px; border-radius: 9px; color: var(--ink-2); font-size: 12px; line-height: 18px; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.queue-wait[data-tone="warn"] { background: var(--warn-soft); color: var(--warn); font-weight: 600; }
.queue-wait[data-tone="over"] { background: var(--bad-soft); color: var(--bad); font-weight: 600; }
.queue-said { grid-column: 2 / span 2; display: flex; align-items: center; gap: 6px; min-width: 0; color: var(--ink-2); font-size: 13px;
  line-height: 18px; }
.queue-intent { flex: 0 0 auto; max-width: 48%; padding: 0 6px; border-radius: 7px; background: var(--calm-soft);
  color: var(--calm); font-size: 11px; line-height: 16px; font-weight: 600; }
.queue-words { flex: 1 1 0; text-align: left; }
.queue-unread { flex: none; min-width: 18px; padding: 0 5px; border-radius: 9px; background: var(--accent-soft);
  color: var(--accent); font-size: 11px; line-height: 18px; font-weight: 700; text-align: center;
  font-variant-numeric: tabular-nums; }
.queue-more { padding: 2px 8px 4px; color: var(--ink-2); font-size: 12px; line-height: 16px; }
.card[data-mode="strip"] .queue-top { display: flex; gap: 16px; height: 20px; }
.card[data-mode="strip"] .queue-head { flex: none; max-width: 60%; }
.card[data-mode="strip"] .queue-lines { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); }
@media (forced-colors: active) { .queue-wait, .queue-face, .queue-unread, .queue-intent { border: 1px solid CanvasText; } }
`;
