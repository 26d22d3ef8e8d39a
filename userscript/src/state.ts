/** Which screen WhatsApp Web shows. */
import type { PageState } from "./contract.gen";
import type { Registry } from "./registry";

export interface Screen {
  readonly state: PageState;
  /** Text of the QR code, to draw it elsewhere. */
  readonly qr: string | null;
  /** Percent, while syncing. */
  readonly progress: number | null;
}

/** Read the screen. The chat list wins over everything: dialogs and bars may lie over it. */
export function readScreen(root: ParentNode, registry: Registry): Screen {
  if (registry.find("ready", root)) return { state: "ready", qr: null, progress: null };
  const qr = registry.find("qr", root)?.element;
  if (qr || registry.find("qr_expired", root)) {
    return { state: "qr", qr: qr?.closest("[data-ref]")?.getAttribute("data-ref") ?? null, progress: null };
  }
  const loading = registry.find("loading", root);
  // The bootstrap screen has a progress bar too; only the loading screen has its own test id.
  if (loading?.rank !== 0 && registry.find("startup", root))
    return { state: "bootstrap", qr: null, progress: null };
  if (loading) {
    return { state: "syncing", qr: null, progress: percent(root.querySelector("progress[value]")) };
  }
  return { state: "unknown", qr: null, progress: null };
}

function percent(bar: Element | null): number | null {
  const value = Number(bar?.getAttribute("value") ?? Number.NaN);
  const most = Number(bar?.getAttribute("max") ?? 1);
  return Number.isFinite(value) && most > 0 ? Math.round((100 * value) / most) : null;
}
