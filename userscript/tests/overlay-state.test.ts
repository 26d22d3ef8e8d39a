import { describe, expect, it } from "vitest";
import type { DraftCommand, OfferCommand, RecordCommand, Suggestion } from "../src/contract.gen";
import * as card from "../src/overlay/card-state";
import { draftOf, offerOf, suggestion } from "./offers";

const CHAT = 7;

const SUGGESTIONS = [
  suggestion(0, "R$ 40", { source: "Preço", score: 0.9 }),
  suggestion(1, "Temos P e M", { source: "Tamanhos" }),
];

const offer = (parts: Partial<OfferCommand> = {}) =>
  offerOf(SUGGESTIONS, { chat_token: CHAT, draft_slot: 2, ...parts });

const draft = (parts: Partial<DraftCommand> = {}) => draftOf("Oi", parts);

const open: card.CardState = { ...card.EMPTY, cramped: false, chat: CHAT };
const offered = card.offered(open, offer());

describe("an offer", () => {
  it("keeps a slot free for the draft, in the order of the shortcuts", () => {
    expect(offered.offer?.slots.map(({ index, origin, phase }) => [index, origin, phase])).toEqual([
      [0, "canned", "ready"],
      [1, "canned", "ready"],
      [2, "draft", "waiting"],
    ]);
  });

  it("for a chat that is not open changes nothing", () => {
    expect(card.offered(open, offer({ chat_token: CHAT + 1 }))).toBe(open);
    expect(card.offered(card.EMPTY, offer())).toBe(card.EMPTY);
  });

  it("replaces a card that was dismissed, and what was said about the last one", () => {
    const before = card.dismissed(card.noticed(offered, "wrong_chat"));
    const after = card.offered(before, offer({ offer_id: "o2" }));
    expect(card.shownOffer(after)?.id).toBe("o2");
    expect(after.notice).toBeNull();
  });

  it("leaves out what has no place or no words", () => {
    const rest = {
      source: "",
      score: null,
      kind: "canned" as const,
      missing: [],
      cares: [],
      sent_by: "",
      sent_on: null,
    };
    const odd = [
      { slot: 3, text: "fora", ...rest },
      { slot: -1, text: "fora", ...rest },
      { slot: 1, text: "  ", ...rest },
    ];
    expect(card.offered(open, offer({ suggestions: odd, draft_slot: null })).offer?.slots).toEqual([]);
  });

  it("goes at once when another chat is opened", () => {
    const after = card.chatChanged(card.noticed(offered, "inserted"), CHAT + 1);
    expect(after.offer).toBeNull();
    expect(after.notice).toBeNull();
    expect(card.chatChanged(offered, CHAT)).toBe(offered);
  });
});

describe("a draft", () => {
  it("grows in its own slot only", () => {
    const grown = card.drafted(offered, draft({ text: "Oi, tudo" }));
    expect(grown.offer?.slots[2]).toMatchObject({ phase: "streaming", text: "Oi, tudo", source: "Qwen3" });
    expect(grown.offer?.slots.slice(0, 2)).toEqual(offered.offer?.slots.slice(0, 2));
    expect(card.drafted(offered, draft({ slot: 0 }))).toBe(offered);
    expect(card.drafted(offered, draft({ offer_id: "older" }))).toBe(offered);
  });

  it("may be picked when it is done, not before", () => {
    expect(card.pressed(offered, 2).action).toBe("none");
    expect(card.pressed(card.drafted(offered, draft()), 2).action).toBe("none");
    expect(card.pressed(card.drafted(offered, draft({ state: "done" })), 2).action).toBe("insert");
  });

  it("gives its room to the next reply that was found", () => {
    const [next] = offer().suggestions;
    if (!next) throw new Error("no suggestion");
    const instead: Suggestion = {
      ...next,
      slot: 2,
      text: "R$ 45",
      source: "Preço com frete",
      kind: "learned",
    };
    const after = card.drafted(offered, draft({ state: "none", text: "", instead }));
    expect(after.offer?.slots[2]).toMatchObject({
      phase: "ready",
      origin: "learned",
      text: "R$ 45",
      kept: true,
    });
    expect(card.pressed(after, 2).action).toBe("insert");
    expect(card.drafted(after, draft({ text: "late" }))).toBe(after);
  });

  it("keeps its place when there will be none", () => {
    for (const ended of [draft({ state: "none", text: "Oi" }), draft({ state: "done", text: " " })]) {
      const after = card.drafted(offered, ended);
      expect(after.offer?.slots[2]).toMatchObject({ phase: "none", text: "" });
      expect(card.pressed(after, 2).action).toBe("none");
    }
  });
});

describe("a press", () => {
  it("names the offer, and counts once until it is answered", () => {
    const first = card.pressed(offered, 0);
    expect(first).toMatchObject({ action: "insert", offerId: "o1" });
    expect(card.pressed(first.state, 0).action).toBe("none");
    expect(card.pressed(first.state, 1).action).toBe("none");
    expect(card.pressed(card.noticed(first.state, "box_not_empty"), 1).action).toBe("insert");
  });

  it("shows a text that does not fit before it inserts it", () => {
    const clipped = card.measured(offered, new Set([1]));
    const first = card.pressed(clipped, 1);
    expect(first).toMatchObject({ action: "read", state: { reading: 1 } });
    expect(card.pressed(first.state, 1).action).toBe("insert");
    expect(card.pressed(clipped, 0).action).toBe("insert");
  });

  it("does nothing where no text can be seen", () => {
    for (const blind of [
      card.minimised(offered, true),
      { ...offered, cramped: true },
      card.dismissed(offered),
      card.cleared(offered),
    ]) {
      expect(card.pressed(blind, 0).action).toBe("none");
    }
    expect(card.pressed(offered, 5).action).toBe("none");
  });
});

describe("the list of intents", () => {
  const list = card.choosing(offered, { query: "", active: 0 });

  it("opens over a card only, and goes with it", () => {
    expect(card.shownChoosing(list)).toEqual({ query: "", active: 0 });
    expect(card.choosing(card.dismissed(offered), { query: "", active: 0 }).choosing).toBeNull();
    const ends = [
      card.offered(list, offer({ offer_id: "o2" })),
      card.chatChanged(list, CHAT + 1),
      card.cleared(list),
      card.dismissed(list),
      card.minimised(list, true),
      card.pressed(list, 0).state,
      card.corrected(list, "stock"),
    ];
    for (const ended of ends) expect(ended.choosing).toBeNull();
    expect(card.shownChoosing({ ...list, cramped: true })).toBeNull();
  });

  it("leaves the corrected intent on the card, and no doubt", () => {
    const guessed = card.offered(open, offer({ unsure: true, intent: "other" }));
    expect(card.corrected(guessed, "stock").offer).toMatchObject({
      intent: "stock",
      unsure: false,
      corrected: true,
    });
    expect(card.corrected(open, "stock")).toBe(open);
  });
});

it("measuring the same again draws nothing again", () => {
  const clipped = card.measured(offered, new Set([1]));
  expect(card.measured(clipped, new Set([1]))).toBe(clipped);
  expect(card.measured(clipped, new Set([0]))).not.toBe(clipped);
});

describe("what another system knows of the customer", () => {
  const known = { label: "Plano", value: "Ouro" };
  const record = (token: number, fields = [known]) =>
    ({ kind: "record", chat_token: token, source: "crm.example", fields }) as const;

  it("is shown in its own chat only", () => {
    expect(card.recorded(open, record(CHAT)).record).toEqual({ source: "crm.example", fields: [known] });
    expect(card.recorded(open, record(CHAT + 1))).toBe(open);
    expect(card.recorded(card.EMPTY, record(CHAT))).toBe(card.EMPTY);
  });

  it("goes with its chat, and with nothing else", () => {
    const shown = card.recorded(offered, record(CHAT));
    for (const still of [
      card.cleared(shown),
      card.dismissed(shown),
      card.offered(shown, offer({ offer_id: "o2" })),
    ]) {
      expect(still.record).toEqual(shown.record);
    }
    expect(card.chatChanged(shown, CHAT).record).toEqual(shown.record);
    expect(card.chatChanged(shown, CHAT + 1).record).toBeNull();
    expect(card.chatChanged(shown, null).record).toBeNull();
  });

  it("goes when the customer is erased", () => {
    const gone: RecordCommand = { ...record(CHAT, []), source: "" };
    expect(card.recorded(card.recorded(offered, record(CHAT)), gone).record).toBeNull();
    const other = card.recorded(offered, record(CHAT));
    expect(card.recorded(other, { ...gone, chat_token: CHAT + 1 })).toBe(other);
  });

  it("keeps the room while it is asked for, and what is there while it is asked for again", () => {
    expect(card.recorded(open, record(CHAT, [])).record).toEqual({ source: "crm.example", fields: [] });
    const shown = card.recorded(open, record(CHAT));
    expect(card.recorded(shown, record(CHAT, []))).toBe(shown);
  });
});
