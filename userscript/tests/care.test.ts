import { describe, expect, it } from "vitest";
import type { Care, CareCommand } from "../src/contract.gen";
import * as card from "../src/overlay/card-state";
import { hasCpfDigits, hasLuhnDigit, numbersIn } from "../src/overlay/care/numbers";
import * as care from "../src/overlay/care/state";
import { CARE, seenOf } from "../src/overlay/care/words";
import * as own from "../src/overlay/suggestions/state";
import { draftOf, offerOf, suggestion } from "./offers";

const CHAT = 7;
const CODE: Care = { code: "code_asked", wa_id: "a1", shown: "me passa o código" };
const PIX: Care = { code: "pix_changed", wa_id: "a2", shown: "PIX: [PIX]" };

const command = (cares: Care[], chat_token = CHAT): CareCommand => ({ kind: "care", chat_token, cares });
const open: care.CareState = { ...care.NOTHING, chat: CHAT };

describe("numbers of people in what is typed", () => {
  it.each([
    ["meu cpf 529.982.247-25", ["cpf"]],
    ["52998224725", ["cpf"]],
    ["529 982 247 25", ["cpf"]],
    ["529.982.247\u201125", ["cpf"]],
    ["5\u200b29.982.247-25", ["cpf"]],
    ["５２９.９８２.２４７-２５", ["cpf"]],
    ["4111 1111 1111 1111", ["card"]],
    ["4111111111111111.", ["card"]],
    ["4111-1111-1111-1111", ["card"]],
    ["3782 822463 10005", ["card"]],
    ["cpf 529.982.247-25, cartão 5555 5555 5555 4444", ["cpf", "card"]],
  ] as const)("finds %s", (text, found) => {
    expect(numbersIn(text)).toEqual(found);
  });

  it.each([
    "",
    "529.982.247-26",
    "111.111.111-11",
    "pedido 52998224725",
    "zap 52998224725",
    "+52998224725",
    "4111 1111 1111 1112",
    "9111 1111 1111 1111",
    "11 90000-0012",
    "R$ 1.529.982.247,25",
    "x-4111111111111111111111",
    "2026-11-22 12:30",
    "123456789012345678901234",
  ])("leaves %s", (text) => {
    expect(numbersIn(text)).toEqual([]);
  });

  it("computes the check digits", () => {
    expect(hasCpfDigits("52998224725")).toBe(true);
    expect(hasCpfDigits("5299822472")).toBe(false);
    expect(hasLuhnDigit("4111111111111111")).toBe(true);
    expect(hasLuhnDigit("4111111111111121")).toBe(false);
  });

  it("takes any length at once", () => {
    for (const piece of ["1", "1 ", "1.", "52998224725 ", "4111 1111 "]) {
      const start = performance.now();
      numbersIn(piece.repeat(60_000 / piece.length));
      expect(performance.now() - start).toBeLessThan(1_000);
    }
  });
});

describe("cautions", () => {
  it("are of the open chat only, and go with it", () => {
    const told = care.told(open, command([CODE, PIX]));
    expect(care.shownCares(told)).toEqual([CODE, PIX]);
    expect(care.told(open, command([CODE], 8))).toBe(open);
    const left = care.chatChanged(told, 8);
    expect([left.told, left.open, left.typed]).toEqual([[], false, []]);
    expect(care.chatChanged(told, CHAT)).toBe(told);
  });

  it("that were noted stay away, also when the chat is opened again", () => {
    const noted = care.noted(care.told(open, command([CODE, PIX])), [CODE]);
    expect(care.shownCares(noted)).toEqual([PIX]);
    const again = care.told(care.chatChanged(care.chatChanged(noted, 8), 9), command([CODE, PIX], 9));
    expect(care.shownCares(again)).toEqual([PIX]);
  });

  it("come back when the message says something else", () => {
    const noted = care.noted(care.told(open, command([CODE])), [CODE]);
    const edited = { ...CODE, shown: "me manda a senha" };
    expect(care.shownCares(care.told(noted, command([edited])))).toEqual([edited]);
  });

  it("close their list when the last one is gone", () => {
    const opened = care.opened(care.told(open, command([CODE])), true);
    expect(opened.open).toBe(true);
    expect(care.noted(opened, [CODE]).open).toBe(false);
    expect(care.told(opened, command([])).open).toBe(false);
    expect(care.opened(open, true).open).toBe(false);
  });

  it("of what is typed change nothing while they are the same", () => {
    const typed = care.typed(open, ["cpf"]);
    expect(typed.typed).toEqual(["cpf"]);
    expect(care.typed(typed, ["cpf"])).toBe(typed);
  });

  it("have words in every language, and those of replies none of their own", () => {
    for (const words of Object.values(CARE)) {
      expect(seenOf(words, "pix_changed")?.advice).toMatch(/\S/);
      expect(seenOf(words, "personal_number")).toBeNull();
    }
  });
});

describe("a suggestion with a caution", () => {
  const warned = suggestion(0, "R$ 40", { score: 0.9, kind: "learned", cares: ["unknown_number"] });
  const offer = offerOf([warned, suggestion(1, "Temos")], { chat_token: CHAT, draft_slot: 2 });
  const shown = card.offered({ ...card.EMPTY, cramped: false, chat: CHAT }, offer);

  it("is inserted by the second press", () => {
    const first = card.pressed(shown, 0);
    expect([first.action, first.state.warned, first.state.pending]).toEqual(["warn", 0, null]);
    expect(card.pressed(first.state, 0).action).toBe("insert");
  });

  it("asks again after another one was pressed, and in another card", () => {
    const first = card.pressed(shown, 0).state;
    expect(card.pressed(first, 1).action).toBe("insert");
    expect(card.pressed({ ...card.pressed(first, 1).state, pending: null }, 0).action).toBe("warn");
    expect(card.offered(first, { ...offer, offer_id: "o2" }).warned).toBeNull();
  });

  it("says it with the question for the cursor, and with the whole text, in one press", () => {
    const asked = card.pressed(shown, 0, false);
    expect([asked.action, asked.state.warned]).toEqual(["ask", 0]);
    expect(card.pressed(asked.state, 0, false).action).toBe("insert");
    const read = card.pressed({ ...shown, clipped: new Set([0]) }, 0);
    expect([read.action, read.state.warned]).toEqual(["read", 0]);
    expect(card.pressed(read.state, 0).action).toBe("insert");
  });

  it("may be the model's", () => {
    const draft = draftOf("CPF", { state: "done" });
    const done = card.drafted(shown, { ...draft, cares: ["personal_number"] });
    expect(card.pressed(done, 2).action).toBe("warn");
    expect(card.pressed(card.drafted(shown, draft), 2).action).toBe("insert");
  });

  it("that is changed first still says why, and asks once while what is odd stands in it", () => {
    const [slot] = shown.offer?.slots ?? [];
    if (!slot) throw new Error("no slot");
    const editing = own.edited(shown, slot);
    const first = own.submitted(editing, true);
    expect([first.action, first.state.pending]).toEqual(["warn", null]);
    expect(own.submitted(first.state, true).action).toBe("insert");
    expect(own.submitted(own.typed(editing, "Custa 40, senhor"), true).action).toBe("warn");
    expect(own.submitted(own.typed(editing, "Digo já o preço"), true).action).toBe("insert");
    const told = card.pressed(shown, 0).state;
    expect(own.submitted(own.edited(told, slot), true).action).toBe("insert");
    const asked = own.submitted(editing, false);
    expect(asked.action).toBe("ask");
    expect(own.submitted(asked.state, false).action).toBe("insert");
  });
});
