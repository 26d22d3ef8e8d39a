/**
 * Where the card stands. It covers nothing: the page's own root (`#app`) is made narrower, or on a small window lower,
 * and the card takes the freed place.
 *
 * Why so: inside `#app` React would remove or re-create a foreign node, and `#main` is replaced on every chat switch;
 * a floating card hides messages or the box. `#app` itself is static markup that React only mounts into, so a size set
 * on it survives every render, and WhatsApp lays its panes out in percentages of it. The room is reserved once, while
 * WhatsApp shows its chats, and not for each offer: the conversation must not jump when a suggestion arrives.
 */
import type { Registry } from "../registry";
import { type DockPlace, isBeside } from "./place";

/** Properties of `#app` that are set while room is reserved; all are put back afterwards. */
const RESERVED = [
  "width",
  "min-width",
  "margin-left",
  "margin-right",
  "height",
  "min-height",
  "transform",
] as const;
type Reserved = (typeof RESERVED)[number];

/** WhatsApp's parts come and go in bursts: the dock looks at most this often, in milliseconds. */
const LOOK_MS = 150;

export interface Dock {
  /** Put the host at `place` and reserve the room. False, and everything taken away, while WhatsApp shows no chats. */
  stand(host: HTMLElement, place: DockPlace): boolean;
  /** Give the room back and take the host away. */
  leave(): void;
  /** Call `moved` when WhatsApp became ready or went away, or somebody removed the host or the room. */
  watch(host: HTMLElement, moved: () => void, signal: AbortSignal): void;
}

export function createDock(doc: Document, registry: Registry): Dock {
  const view = doc.defaultView as Window;
  let held: {
    app: HTMLElement;
    place: DockPlace;
    before: Map<Reserved, [value: string, priority: string]>;
  } | null = null;
  let standing: HTMLElement | null = null;

  /** The page's root, once the chats are shown in it. */
  function readyApp(): HTMLElement | null {
    const app = registry.find("root", doc)?.element;
    return app instanceof HTMLElement && registry.find("ready", app) ? app : null;
  }

  function release(): void {
    if (!held) return;
    const { app, before } = held;
    for (const [name, [value, priority]] of before) app.style.setProperty(name, value, priority);
    held = null;
  }

  /** Whether the room for `place` is still reserved in `app`: nobody has written over it. */
  function isHeld(app: HTMLElement, place: DockPlace): boolean {
    const { side, size } = held?.place ?? {};
    const same = held?.app === app && side === place.side && size === place.size;
    return same && app.style.getPropertyPriority(isBeside(place) ? "width" : "height") === "important";
  }

  function reserve(app: HTMLElement, place: DockPlace): void {
    if (isHeld(app, place)) return;
    if (held?.app !== app) release();
    const before =
      held?.before ??
      new Map(
        RESERVED.map((name) => [
          name,
          [app.style.getPropertyValue(name), app.style.getPropertyPriority(name)],
        ]),
      );
    held = { app, place, before };
    const beside = isBeside(place);
    const wanted: Record<Reserved, string> = {
      width: beside ? `calc(100vw - ${place.size}px)` : "",
      "min-width": beside ? "0px" : "",
      // A narrower block stands where the page's writing begins: the margin keeps it away from the card.
      "margin-left": place.side === "left" ? `${place.size}px` : "",
      "margin-right": place.side === "right" ? `${place.size}px` : "",
      height: beside ? "" : `calc(100vh - ${place.size}px)`,
      "min-height": beside ? "" : "0px",
      transform: "",
    };
    for (const name of RESERVED) app.style.setProperty(name, wanted[name], wanted[name] && "important");
    // Panes that are fixed to the window ignore the size of `#app`; a transform makes it their frame of reference.
    if (reachesInto(app, place)) app.style.setProperty("transform", "translate(0px)", "important");
  }

  /** Whether WhatsApp's panes reach into the reserved room. */
  function reachesInto(app: HTMLElement, place: DockPlace): boolean {
    const panes = [
      app.firstElementChild,
      ...["conversation", "ready"].map((name) => registry.find(name, app)?.element),
    ];
    return panes.some((pane) => {
      const box = pane?.getBoundingClientRect();
      if (!box) return false;
      if (place.side === "left") return box.left < place.size - 1;
      return place.side === "right"
        ? box.right > view.innerWidth - place.size + 1
        : box.bottom > view.innerHeight - place.size + 1;
    });
  }

  function leave(): void {
    release();
    standing?.remove();
    standing = null;
  }

  return {
    leave,
    stand(host, place) {
      const app = readyApp();
      if (!app) {
        leave();
        return false;
      }
      reserve(app, place);
      standing = host;
      // A child of <html>: React may own the body's children, nobody owns these.
      if (host.parentNode !== doc.documentElement) doc.documentElement.append(host);
      host.style.setProperty("--width", isBeside(place) ? `${place.size}px` : "100vw");
      host.style.setProperty("--height", isBeside(place) ? "100vh" : `${place.size}px`);
      host.style.setProperty("--scale", String(place.scale));
      host.style.setProperty("--left", place.side === "left" ? "0" : "auto");
      host.style.setProperty("--right", place.side === "left" ? "auto" : "0");
      return true;
    },
    watch(host, moved, signal) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = () => {
        timer = undefined;
        const app = readyApp();
        const kept = app !== null && held !== null && isHeld(app, held.place);
        if (app ? !host.isConnected || !kept : host.isConnected) moved();
      };
      const observer = new MutationObserver(() => {
        timer ??= setTimeout(look, LOOK_MS);
      });
      observer.observe(doc.documentElement, { childList: true, subtree: true });
      const stop = () => {
        observer.disconnect();
        clearTimeout(timer);
      };
      signal.addEventListener("abort", stop, { once: true });
    },
  };
}
