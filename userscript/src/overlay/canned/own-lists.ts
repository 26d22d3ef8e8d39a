/** WhatsApp's own lists over the message box: emoji, mentions, and the quick replies of WhatsApp Business. */
import type { Registry } from "../../registry";

/** Of what Esc closes, only lists take the arrows and Enter; a drawer or the bar of a quoted message does not. */
const LISTS =
  '[role="menu"], [role="listbox"], [role="option"], [data-animate-dropdown-item], #emoji-suggestion';

/** Whether one is shown: then its keys are WhatsApp's. */
export function isListOpen(doc: Document, registry: Registry): boolean {
  return [...doc.querySelectorAll(registry.any("closes_on_escape"))].some(
    (found) =>
      found.matches(LISTS) &&
      found.childElementCount + (found.textContent?.length ?? 0) > 0 &&
      isVisible(found),
  );
}

function isVisible(element: Element): boolean {
  return element.getClientRects().length > 0;
}
