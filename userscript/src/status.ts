/** Delivery status of our own rows. */
import type { Delivery } from "./contract.gen";
import { statusOf } from "./labels";
import type { RowParts } from "./row-parts";

/** What the ticks say: `label` when words did, which is certain; otherwise icon names, of which some stay open. */
export interface Ticks {
  readonly status: Delivery | null;
  /** There are ticks at all: only our own rows have them. */
  readonly present: boolean;
}

/** Icon names until mid-2026. `msg-dblcheck` later stood for read as well, but then always with a label. */
const OLD_ICONS: Readonly<Record<string, Delivery>> = {
  "msg-time": "pending",
  "status-time": "pending",
  "msg-check": "sent",
  "status-check": "sent",
  "msg-dblcheck": "delivered",
  "status-dblcheck": "delivered",
  "msg-dblcheck-ack": "read",
  "status-dblcheck-ack": "read",
};

/**
 * Titles of today's drawings. They mislead: `wds-ic-delivered` is one tick, and `wds-ic-read` is two ticks, which are
 * read only when they are blue. Blue is a hashed class, so without a label two ticks leave the status open. A message
 * that could not be sent has a status that the contract has no word for.
 */
const TITLES: Readonly<Record<string, Delivery | null>> = {
  "ic-schedule": "pending",
  "wds-ic-status-pending": "pending",
  "wds-ic-delivered": "sent",
  "wds-ic-read": null,
  "message-fail": null,
};

/**
 * Read a row's ticks. Stars, pins and kept messages are labelled icons in the same place, on incoming rows too: only
 * labels and icons of a delivery count.
 */
export function ticksOf(row: RowParts): Ticks {
  for (const labelled of row.all("status")) {
    const status = statusOf(labelled.getAttribute("aria-label") ?? "");
    if (status && (labelled.querySelector("svg") || labelled.hasAttribute("data-icon")))
      return { status, present: true };
  }
  for (const [icon, status] of Object.entries(OLD_ICONS)) {
    const found = row.element.querySelector(`[data-icon="${icon}"], [data-testid="${icon}"]`);
    if (found && !row.isForeign(found)) {
      return { status: statusOf(found.getAttribute("aria-label") ?? "") ?? status, present: true };
    }
  }
  const failed = row.element.querySelector('[data-icon="message-fail"]');
  if (failed && !row.isForeign(failed)) return { status: null, present: true };
  for (const title of row.iconTitles) {
    if (title in TITLES) return { status: TITLES[title] ?? null, present: true };
    if (title in OLD_ICONS) return { status: OLD_ICONS[title] ?? null, present: true };
  }
  return { status: null, present: false };
}
