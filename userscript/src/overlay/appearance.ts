/** The page's theme and language, followed as the page changes them, unless the person wants others. */
import type { Preferences } from "../contract.gen";
import type { Theme } from "./palette";

/** Whether WhatsApp shows its dark theme: a class on `html` or `body`. */
export function isDark(doc: Document): boolean {
  return [doc.documentElement, doc.body].some((element) => element?.classList.contains("dark"));
}

/** The card's theme: the page's, unless the person wants another. */
export function themeFor(doc: Document, wanted: Preferences["theme"]): Theme {
  return wanted === "page" ? (isDark(doc) ? "dark" : "light") : wanted;
}

/** The card's language as a tag: the page's, unless the person wants another. */
export function languageTag(page: string, wanted: Preferences["language"]): string {
  return wanted === "page" ? page || "pt-BR" : wanted;
}

/** Call `changed` when the theme or the page's language changes, until `signal` aborts. */
export function followAppearance(doc: Document, changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(changed);
  const options = { attributes: true, attributeFilter: ["class", "lang"] };
  observer.observe(doc.documentElement, options);
  const watchBody = () => {
    if (doc.body) observer.observe(doc.body, options);
  };
  watchBody();
  if (!doc.body) {
    const arrived = () => {
      watchBody();
      changed();
    };
    doc.addEventListener("DOMContentLoaded", arrived, { signal, once: true });
  }
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
