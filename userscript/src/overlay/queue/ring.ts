/** A ring around something of the page, in a layer of our own: the page's parts stay as they are. */

export interface Ring {
  /** Stand around `box`, as far as it lies inside `frame`; out of sight where it does not. */
  surround(box: DOMRect, frame: DOMRect): void;
  hide(): void;
  dispose(): void;
}

const SHEET = `
:host { all: initial !important; position: fixed !important; z-index: 1 !important; display: block !important;
  left: var(--x) !important; top: var(--y) !important; width: var(--w) !important; height: var(--h) !important;
  pointer-events: none !important; contain: strict !important; }
:host([hidden]) { display: none !important; }
.ring { position: absolute; inset: 2px; border: 3px solid #1daa61; border-radius: 12px; background: rgba(29, 170, 97, .12);
  box-shadow: inset 0 0 0 1px rgba(255, 255, 255, .55); animation: appear .9s ease-out 2; }
@keyframes appear { from { background: rgba(29, 170, 97, .42); } }
@media (prefers-reduced-motion: reduce) { .ring { animation: none; } }
@media (forced-colors: active) { .ring { border-color: Highlight; } }
`;

/** Less than this many pixels of a row is no place to point at. */
const ENOUGH = 12;

export function createRing(doc: Document): Ring {
  const host = doc.createElement("div");
  host.setAttribute("aria-hidden", "true");
  host.hidden = true;
  const root = host.attachShadow({ mode: "closed" });
  const Sheet = doc.defaultView?.CSSStyleSheet ?? CSSStyleSheet;
  const sheet = new Sheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
  const ring = doc.createElement("div");
  ring.className = "ring";
  root.append(ring);

  return {
    surround(box, frame) {
      const left = Math.max(box.left, frame.left);
      const top = Math.max(box.top, frame.top);
      const width = Math.min(box.right, frame.right) - left;
      const height = Math.min(box.bottom, frame.bottom) - top;
      host.hidden = width < ENOUGH || height < ENOUGH;
      const place = { "--x": left, "--y": top, "--w": width, "--h": height };
      for (const [name, value] of Object.entries(place)) host.style.setProperty(name, `${value}px`);
      // A child of <html>, as the card is: React may own the body's children, nobody owns these.
      if (!host.isConnected) doc.documentElement.append(host);
    },
    hide() {
      host.hidden = true;
    },
    dispose() {
      host.remove();
    },
  };
}
