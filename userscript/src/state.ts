/** Which screen WhatsApp Web shows, and what lies over the chats. */
import type { PageNotice, PageState } from "./contract.gen";
import type { Registry } from "./registry";

export interface Screen {
  readonly state: PageState;
  readonly notices: PageNotice[];
  /** Text of the QR code, to draw it elsewhere. */
  readonly qr: string | null;
  /** Eight characters to type on the phone, while pairing by number. */
  readonly link_code: string | null;
  /** Percent, while syncing. */
  readonly progress: number | null;
}

/** Screens that a test id tells, in the order in which they are asked for: some hold signs of a later one. */
const BY_ANCHOR: readonly (readonly [anchor: string, state: PageState])[] = [
  ["conflict", "conflict"],
  ["screen_lock", "screen_lock"],
  ["temp_ban", "temp_ban"],
  ["pairing", "pairing"],
  ["qr_expired", "qr_expired"],
  ["qr", "qr"],
];

/** Screens without a sign of their own, by their words in the three languages. Asked only where no chats are shown. */
const BY_WORDS: readonly (readonly [words: RegExp, state: PageState])[] = [
  [/(?:funciona no|funciona com o|works with|funciona con) google chrome \d+/i, "unsupported"],
  [
    /temporar(?:iamente|ily) (?:ban|bloque|block|suspen)|(?:banid|bloquead|suspens)[oa] temporariamente|temporalmente (?:bloquead|suspend)/i,
    "temp_ban",
  ],
  [/\b(?:usar aqu[ií]|use here)\b/i, "conflict"],
  [/^\s*(?:saindo|desconectando|logging out|cerrando (?:la )?sesi[oó]n)/i, "logging_out"],
];

/** Letters of a screen that has only something to say. */
const LONGEST_SCREEN = 800;

/** What a bar over the chat list says; one that says nothing known says nothing of the connection. */
const BARS: readonly (readonly [words: RegExp, notice: PageNotice])[] = [
  [/sem conex|desconectad|not connected|no internet|offline|sin conexi/i, "offline"],
  [/conectando|connecting/i, "connecting"],
  [/atualiz|update|actualiz/i, "update"],
];

const NOTHING = { notices: [], qr: null, link_code: null, progress: null };

/** Read the screen. The chat list wins over everything: dialogs and bars may lie over it. */
export function readScreen(doc: Document, registry: Registry): Screen {
  if (registry.find("ready", doc)) return { ...NOTHING, state: "ready", notices: readNotices(doc, registry) };
  for (const [anchor, state] of BY_ANCHOR) {
    if (registry.find(anchor, doc)) return { ...NOTHING, state, ...codesOf(doc, registry, state) };
  }
  const shown = registry.find("root", doc)?.element.textContent ?? "";
  // More than a screen of words are chats whose list could not be found: what customers write says nothing here.
  const words = shown.length > LONGEST_SCREEN ? "" : shown;
  for (const [pattern, state] of BY_WORDS) if (pattern.test(words)) return { ...NOTHING, state };
  const loading = registry.find("loading", doc);
  // The bootstrap screen has a progress bar too; only the loading screen has its own test id.
  if (loading?.rank !== 0 && registry.find("startup", doc)) return { ...NOTHING, state: "bootstrap" };
  if (loading)
    return { ...NOTHING, state: "syncing", progress: percent(doc.querySelector("progress[value]")) };
  return { ...NOTHING, state: "unknown" };
}

function codesOf(doc: Document, registry: Registry, state: PageState): Partial<Screen> {
  if (state === "qr") {
    const code = registry.find("qr", doc)?.element;
    return { qr: code?.closest("[data-ref]")?.getAttribute("data-ref") ?? null };
  }
  if (state === "pairing") {
    const code = doc.querySelector("[data-link-code]")?.getAttribute("data-link-code") ?? null;
    return { link_code: code?.replaceAll(",", "") ?? null };
  }
  return {};
}

function readNotices(doc: Document, registry: Registry): PageNotice[] {
  const found: PageNotice[] = [];
  const bar = registry.find("offline", doc);
  // Its own test id needs no words.
  if (bar?.rank === 0) found.push("offline");
  else if (bar) found.push(...saidBy(bar.element));
  if (registry.find("reload", doc)) found.push("reload");
  else if (registry.find("dialog", doc)) found.push("dialog");
  if (registry.find("restricted", doc)) found.push("restricted");
  else if (registry.find("cannot_write", doc)) found.push("blocked");
  return found;
}

function saidBy(bar: Element): PageNotice[] {
  const words = bar.textContent ?? "";
  const known = BARS.find(([pattern]) => pattern.test(words));
  return known ? [known[1]] : [];
}

function percent(bar: Element | null): number | null {
  const value = Number(bar?.getAttribute("value") ?? Number.NaN);
  const most = Number(bar?.getAttribute("max") ?? 1);
  return Number.isFinite(value) && most > 0 ? Math.round((100 * value) / most) : null;
}
