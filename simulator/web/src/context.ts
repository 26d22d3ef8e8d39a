/** What every component needs: the world, the labels of its language, the DOM generation. */
import { createContext, useContext, useSyncExternalStore } from "react";
import { labelsOf } from "./labels";
import type { Model } from "./model";
import type { StandIn } from "./standin";

export interface World {
  model: Model;
  standin: StandIn;
}

export const WorldContext = createContext<World | null>(null);

/** The world without a subscription: for parts that are drawn again only when their own message changes. */
export function usePage() {
  const world = useContext(WorldContext);
  if (!world) throw new Error("no world");
  const { language, generation } = world.model.options;
  return { ...world, labels: labelsOf(language), language, modern: generation === "2026" };
}

/** The world, drawn again at each of its changes. */
export function useWorld() {
  const page = usePage();
  useSyncExternalStore(page.model.subscribe, page.model.snapshotVersion);
  return page;
}

/** Test ids exist in the 2026 generation only. */
export function testId(modern: boolean, id: string): { "data-testid"?: string } {
  return modern ? { "data-testid": id } : {};
}

/** Join class names of the style sheets. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
