/** What every component needs: the world, the labels of its language, the markup of its part of the page. */
import { createContext, useContext, useSyncExternalStore } from "react";
import { labelsOf } from "./labels";
import { type Markup, markupOf } from "./markup";
import type { Model } from "./model";
import type { StandIn } from "./standin";

export interface World {
  model: Model;
  standin: StandIn;
}

export const WorldContext = createContext<World | null>(null);

/** The markup of the part of the page around a component; null is the page's frame. */
export const MarkupContext = createContext<Markup | null>(null);

/** The world without a subscription: for parts that are drawn again only when their own message changes. */
export function usePage() {
  const world = useContext(WorldContext);
  const around = useContext(MarkupContext);
  if (!world) throw new Error("no world");
  const { language, clock, generation } = world.model.options;
  const markup = around ?? markupOf(generation, "shell");
  const manner = { language, clock };
  return { ...world, labels: labelsOf(language), manner, markup, modern: markup.modern };
}

/** The world, drawn again at each of its changes. */
export function useWorld() {
  const page = usePage();
  useSyncExternalStore(page.model.subscribe, page.model.snapshotVersion);
  return page;
}

/** A test id, where the markup has it. */
export function testId(markup: Markup, id: string): { "data-testid"?: string } {
  return markup.hasTestId(id) ? { "data-testid": id } : {};
}

/** Join class names of the style sheets. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
