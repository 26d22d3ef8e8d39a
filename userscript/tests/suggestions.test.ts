import { describe, expect, it } from "vitest";
import * as card from "../src/overlay/card-state";
import { barsFor } from "../src/overlay/suggestions/parts";
import * as own from "../src/overlay/suggestions/state";
import { draftOf, offerOf, suggestion } from "./offers";

const offer = offerOf([suggestion(0, "Resposta 0"), suggestion(1, "Resposta 1")], { draft_slot: 2 });

const open = { ...card.chatChanged(card.EMPTY, 1), cramped: false };
const shown = card.offered(open, offer);
const draft = (text: string, state: "streaming" | "done" = "done") => draftOf(text, { state });

describe("a pick over a text of the person", () => {
  const asked = card.pressed(shown, 0, false);

  it("asks, and goes to the cursor when it is pressed again", () => {
    expect(asked.action).toBe("ask");
    expect(asked.state).toMatchObject({
      asking: { index: 0, edited: false },
      notice: own.ASKS,
      pending: null,
    });
    expect(card.pressed(asked.state, 0, false)).toMatchObject({ action: "insert", state: { pending: 0 } });
  });

  it("asks anew for another one, and needs no question once the box is empty", () => {
    expect(card.pressed(asked.state, 1, false).action).toBe("ask");
    expect(card.pressed(asked.state, 0, true).action).toBe("insert");
  });

  it.each([
    ["another chat", (state: card.CardState) => card.chatChanged(state, 2)],
    ["another card", (state: card.CardState) => card.offered(state, { ...offer, offer_id: "o2" })],
    ["no card", card.cleared],
    ["its time", card.unsaid],
    ["another notice", (state: card.CardState) => card.noticed(state, "wrong_chat")],
    ["something else", own.unasked],
  ])("is withdrawn by %s", (_, change) => {
    const after = change(asked.state);
    expect(after.asking).toBe(null);
    expect(after.notice).not.toBe(own.ASKS);
  });
});

describe("a text that is changed first", () => {
  const slot = own.editable(shown) as card.Slot;
  const editing = own.typed(own.edited(shown, slot), "Meu texto");

  it("is the model's when it is ready, else the first one", () => {
    expect(slot.index).toBe(0);
    expect(own.editable(card.drafted(shown, draft("Oi", "streaming")))?.index).toBe(0);
    expect(own.editable(card.drafted(shown, draft("Oi")))?.index).toBe(2);
    expect(own.editable(shown, 1)?.index).toBe(1);
    expect(own.editable(open)).toBe(null);
  });

  it("lets nothing else be picked, and asks over a text of the person", () => {
    expect(card.pressed(editing, 1).action).toBe("none");
    expect(own.submitted(editing, true)).toMatchObject({ action: "insert", state: { pending: 0 } });
    const asked = own.submitted(editing, false);
    expect(asked).toMatchObject({ action: "ask", state: { asking: { edited: true } } });
    expect(own.submitted(asked.state, false).action).toBe("insert");
    expect(own.submitted(own.typed(asked.state, "x"), false).action).toBe("ask");
    expect(own.submitted(own.typed(editing, " \n"), true).action).toBe("none");
  });

  it("outlives its card but not its chat, and is kept until it has arrived", () => {
    expect(card.cleared(editing).editing?.text).toBe("Meu texto");
    expect(card.offered(editing, { ...offer, offer_id: "o2" }).editing?.offerId).toBe("o1");
    expect(card.chatChanged(editing, 2).editing).toBe(null);
    const sent = own.submitted(editing, true).state;
    expect(card.noticed(sent, "not_verified").editing?.text).toBe("Meu texto");
    expect(card.noticed(sent, "fill_in").editing).toBe(null);
    expect(card.noticed(editing, "inserted").editing).not.toBe(null);
  });

  it("is not seen while something else is shown", () => {
    expect(own.shownEditing({ ...editing, covered: true })).toBe(null);
    expect(own.submitted({ ...editing, minimised: true }, true).action).toBe("none");
  });
});

describe("a suggestion that is no good", () => {
  it("opens its reasons, which hide its text: a pick shows it again first", () => {
    const open = own.judging(shown, 1);
    expect(open.judging).toBe(1);
    expect(own.judging(open, 1).judging).toBe(null);
    expect(card.pressed(open, 1)).toMatchObject({ action: "read", state: { judging: null, pending: null } });
    expect(own.judging(shown, 2).judging).toBe(null);
  });

  it("keeps its place, empty, and no draft comes back into it", () => {
    const gone = own.refused(own.judging(shown, 1), 1);
    expect(gone.offer?.slots.map((slot) => slot.phase)).toEqual(["ready", "refused", "waiting"]);
    expect(card.pressed(gone, 1).action).toBe("none");
    const judged = own.refused(card.drafted(shown, draft("Oi")), 2);
    expect(card.drafted(judged, draft("Oi de novo"))).toBe(judged);
  });
});

it("says how sure the agent is only where it is", () => {
  expect([null, 0, 0.1, 0.2, 0.5, 0.8].map(barsFor)).toEqual([0, 0, 0, 1, 2, 3]);
});

it("shows what is hidden by another one that is read before it picks it", () => {
  const reading = { ...shown, clipped: new Set([0]), reading: 0 };
  const next = card.pressed(reading, 1);
  expect(next).toMatchObject({ action: "read", state: { reading: null } });
  expect(card.pressed(next.state, 1).action).toBe("insert");
});
