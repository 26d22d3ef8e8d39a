/** A part of the card beside the suggestions: what it may know, and where it may show something. */
import type { VNode } from "preact";
import type { AnyCommand, Send } from "../bridge";
import type { Life, OpenChat, Preferences } from "../contract.gen";
import type { Registry } from "../registry";
import type { IconName } from "./icons";
import type { Theme } from "./palette";
import type { DockMode, Side } from "./place";
import type { Keys } from "./shortcuts";
import type { Language, Texts } from "./texts";

/** The tabs of the card, in their order; the suggestions are the first one. */
export const TABS = ["replies", "writing", "customer", "queue"] as const;
export type TabName = (typeof TABS)[number];

/** What every part may know and do. */
export interface Counter {
  readonly doc: Document;
  readonly view: Window & typeof globalThis;
  readonly registry: Registry;
  readonly send: Send;
  /** The conversation that is open now; null: none. Its token is what a frame names. */
  openChat(): OpenChat | null;
  texts(): Texts;
  language(): Language;
  /** How the person likes the card, and their keys. */
  preferences(): Preferences;
  keys(): Keys;
  /** The person likes something otherwise (trusted input only; ask before). */
  prefer(change: Partial<Preferences>): void;
  /** Whether messages are captured; null before the first verdict. */
  life(): Life | null;
  /** Suggestions are there for the person to use. */
  isBusy(): boolean;
  /** Open the folded card (trusted input only; ask before). */
  unfold(): void;
  /** Put the focus into the card: the person asked for it by a key. */
  enter(): void;
  /** What this part shows has changed. */
  redraw(): void;
  /** The tab that is shown. */
  tab(): TabName;
  /** The person went to another tab (trusted input only; ask before). */
  show(tab: TabName): void;
  /** Say in the card's line how a wish of the person ended, as a `notice` command does. */
  notice(code: string): void;
  /** Give the focus back to where the person was writing: after a field of the card was used. */
  leave(): void;
}

/** How the card is drawn now. */
export interface Look {
  readonly texts: Texts;
  readonly language: Language;
  readonly mode: DockMode;
  readonly side: Side;
  /** The window has little height. */
  readonly low: boolean;
  readonly dark: boolean;
  readonly theme: Theme;
}

export interface Tab {
  readonly name: TabName;
  readonly icon: IconName;
  label(texts: Texts): string;
  /** A number or a sign beside the name; null: nothing. */
  badge?(): { text: string; tone: "calm" | "warn" | "bad" } | null;
  /** What stands in the tab; the first tab has none: the suggestions stand there. */
  panel?(look: Look): VNode;
}

export interface Feature {
  readonly tab?: Tab;
  /** A line over the content of whatever tab. Its room may come and go: only for what the person must see. */
  banner?(look: Look): VNode | null;
  /** Stands over everything below the head while the person uses it. */
  sheet?(look: Look): VNode | null;
  /** Beside the name in the head: the state of the capture. Stands there when the card is folded, too. */
  chip?(look: Look): VNode | null;
  /** On the folded card: what the person must see all the same. Pressed, it opens the card. */
  sign?(look: Look): VNode | null;
  /** Beside the name in the head: a button or two. */
  tools?(look: Look): VNode | null;
  /** A command of the agent. */
  command?(command: AnyCommand): void;
  /** Another chat is open now (null: none): what was for the last one goes at once. */
  chatChanged?(token: number | null): void;
  /**
   * A trusted key, before the page has it. `inside`: a field of the card has the focus.
   *
   * @returns whether it was used: then nobody else gets it
   */
  key?(event: KeyboardEvent, inside: boolean): boolean;
  /** The mouse was pressed outside the card: trusted, and the page's own. */
  pressedOutside?(): void;
  /** Something was typed into the page's message box, or it changed otherwise. */
  boxChanged?(): void;
  dispose?(): void;
}

export type MakeFeature = (counter: Counter) => Feature;
