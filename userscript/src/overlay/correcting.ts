/** The list of intents in use: opened by its chip or Alt+4, moved in by mouse or keys, ended by a choice. */
import type { Send } from "../bridge";
import * as card from "./card-state";
import { type Choice, groupsFor, keyed, opened } from "./intent-choices";
import type { Texts } from "./texts";

export interface Correcting {
  /** Open or close the list; false when there is no card to correct. */
  toggle(event: Event): boolean;
  choose(choice: Choice, event: Event): void;
  /** A key while the list is open; false when the list has no use for it. */
  type(event: KeyboardEvent): boolean;
  point(active: number, event: PointerEvent): void;
  close(event: Event): void;
}

export interface CorrectingEnvironment {
  state(): card.CardState;
  become(next: card.CardState): void;
  texts(): Texts;
  send: Send;
}

/** Events that a script made change nothing. */
export function createCorrecting({ state, become, texts, send }: CorrectingEnvironment): Correcting {
  function choose(choice: Choice, event: Event): void {
    const offer = card.shownOffer(state());
    if (!event.isTrusted || !offer) return;
    become(card.corrected(state(), choice.name));
    send({ kind: "corrected", offer_id: offer.id, intent: choice.name });
  }

  return {
    choose,
    toggle(event) {
      const offer = card.shownOffer(state());
      if (!event.isTrusted || !offer) return false;
      const list = groupsFor(offer.intents, texts().intent);
      become(card.choosing(state(), state().choosing ? null : opened(list, offer.intent, offer.unsure)));
      return true;
    },
    type(event) {
      const offer = card.shownOffer(state());
      const open = card.shownChoosing(state());
      if (!event.isTrusted || !offer || !open) return false;
      const { key, altKey, ctrlKey, metaKey, isComposing } = event;
      const altGraph = event.getModifierState("AltGraph");
      const list = groupsFor(offer.intents, texts().intent);
      const answer = keyed(open, list, { key, altKey, ctrlKey, metaKey, isComposing, altGraph });
      if (answer.does === "take") choose(answer.choice, event);
      else if (answer.does === "move") become(card.choosing(state(), answer.choosing));
      else if (answer.does === "close" || answer.close) become(card.choosing(state(), null));
      return answer.does !== "page";
    },
    point(active, event) {
      const open = card.shownChoosing(state());
      // Rows that scroll by under a mouse that stands still are not pointed at.
      const moved = event.movementX !== 0 || event.movementY !== 0;
      if (!event.isTrusted || !moved || !open || open.active === active) return;
      become(card.choosing(state(), { ...open, active }));
    },
    close(event) {
      if (event.isTrusted) become(card.choosing(state(), null));
    },
  };
}
