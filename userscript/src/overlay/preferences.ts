/** How the person likes the card. The agent keeps it: what lay in the page's own storage the page could read. */
import type { Send } from "../bridge";
import type { Preferences } from "../contract.gen";

export const USUAL: Preferences = {
  place: "right",
  theme: "page",
  scale: 100,
  language: "page",
  minimised: false,
  slash: true,
  tour_seen: true,
  shortcuts: {},
};

export interface Liking {
  now(): Preferences;
  /** Whether the agent has said how this person likes it. */
  isTold(): boolean;
  /** The agent says how this person likes it. */
  tell(preferences: Preferences): void;
  /** The person likes something otherwise (trusted input only; ask before): it is so at once, and is remembered. */
  prefer(change: Partial<Preferences>): void;
}

/** `changed` draws the card anew. */
export function createLiking(send: Send, changed: () => void): Liking {
  let now = USUAL;
  let told = false;
  return {
    now: () => now,
    isTold: () => told,
    tell(preferences) {
      now = preferences;
      told = true;
      changed();
    },
    prefer(change) {
      now = { ...now, ...change };
      send({ kind: "preferences", preferences: now });
      changed();
    },
  };
}
