/** The parts of the card beside the suggestions, as one. */
import type { VNode } from "preact";
import type { AnyCommand } from "../bridge";
import { createCanned } from "./canned";
import { createCare } from "./care";
import { createCustomer } from "./customer";
import type { Counter, Feature, Look, MakeFeature, Tab, TabName } from "./feature";
import { createForm } from "./form";
import { createQueue } from "./queue";
import { createWriting } from "./writing";

/** Every part, in the order in which they are asked. */
export const ALL: readonly MakeFeature[] = [
  createForm,
  createCanned,
  createWriting,
  createCustomer,
  createQueue,
  createCare,
];

export interface Features {
  tabs(): readonly Tab[];
  tabOf(name: TabName): Tab | null;
  banners(look: Look): VNode[];
  /** The first that wants to stand over everything. */
  sheet(look: Look): VNode | null;
  chip(look: Look): VNode | null;
  signs(look: Look): VNode[];
  tools(look: Look): VNode[];
  tell(command: AnyCommand): void;
  chatChanged(token: number | null): void;
  key(event: KeyboardEvent, inside: boolean): boolean;
  pressedOutside(): void;
  boxChanged(): void;
  dispose(): void;
}

export function createFeatures(counter: Counter, make: readonly MakeFeature[] = ALL): Features {
  const parts: readonly Feature[] = make.map((one) => one(counter));
  const all = <T>(pick: (part: Feature) => T | null | undefined): T[] =>
    parts.map(pick).filter((one): one is T => one != null);

  return {
    tabs: () => all((part) => part.tab),
    tabOf: (name) => parts.find((part) => part.tab?.name === name)?.tab ?? null,
    banners: (look) => all((part) => part.banner?.(look)),
    sheet: (look) => all((part) => part.sheet?.(look))[0] ?? null,
    chip: (look) => all((part) => part.chip?.(look))[0] ?? null,
    signs: (look) => all((part) => part.sign?.(look)),
    tools: (look) => all((part) => part.tools?.(look)),
    tell: (command) => {
      for (const part of parts) part.command?.(command);
    },
    chatChanged: (token) => {
      for (const part of parts) part.chatChanged?.(token);
    },
    key: (event, inside) => parts.some((part) => part.key?.(event, inside) ?? false),
    pressedOutside: () => {
      for (const part of parts) part.pressedOutside?.();
    },
    boxChanged: () => {
      for (const part of parts) part.boxChanged?.();
    },
    dispose: () => {
      for (const part of parts) part.dispose?.();
    },
  };
}
