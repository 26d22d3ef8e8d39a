import { describe, expect, it } from "vitest";
import type { IntentChoice } from "../src/contract.gen";
import { groupsFor, type Key, keyed, narrowed, opened, wordFor } from "../src/overlay/intent-choices";

const WORDS = {
  price: "Preço",
  stock: "Estoque",
  boleto_pix: "Boleto ou Pix",
  complaint: "Reclamação",
  other: "Outro assunto",
};
const INTENTS: IntentChoice[] = [
  { name: "stock", title: null },
  { name: "conserto", title: "Conserto de aparelho" },
  { name: "price", title: null },
  { name: "garantia", title: "Garantia" },
];
const GROUPS = groupsFor(INTENTS, WORDS);
const key = (name: string, held: Partial<Key> = {}): Key => ({
  key: name,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  altGraph: false,
  ...held,
});
const at = (query: string, active = 0) => ({ query, active });

describe("the list", () => {
  it("has the likeliest three, the business's own, and the rest, each intent once", () => {
    expect(GROUPS.map(({ kind, choices }) => [kind, choices.map(({ name }) => name)])).toEqual([
      ["likely", ["stock", "conserto", "price"]],
      ["own", ["garantia"]],
      ["others", ["boleto_pix", "complaint", "other"]],
    ]);
  });

  it("is whole where the agent names nothing", () => {
    expect(groupsFor([], WORDS).map(({ kind, choices }) => [kind, choices.length])).toEqual([["others", 5]]);
  });

  it("has the business's words, the catalogue's, or the key", () => {
    expect(wordFor("conserto", INTENTS, WORDS)).toBe("Conserto de aparelho");
    expect(wordFor("price", INTENTS, WORDS)).toBe("Preço");
    expect(wordFor("banho_tosa", INTENTS, WORDS)).toBe("banho_tosa");
  });

  it.each([
    ["reclamacao", ["complaint"]],
    ["PIX bol", ["boleto_pix"]],
    ["aparelho ", ["conserto"]],
    ["xyz", []],
  ])("narrowed by %s has %j", (query, names) => {
    expect(narrowed(GROUPS, query).flatMap(({ choices }) => choices.map(({ name }) => name))).toEqual(names);
  });

  it("opens at the next likeliest where the shown one is wrong, at the likeliest where it was a guess", () => {
    expect(opened(GROUPS, "stock", false).active).toBe(1);
    expect(opened(GROUPS, "stock", true).active).toBe(0);
    expect(opened(GROUPS, "complaint", false).active).toBe(0);
    expect(opened([], "stock", false).active).toBe(0);
  });
});

describe("keys in the list", () => {
  it.each([
    ["ArrowDown", at("", 0), at("", 1)],
    ["ArrowDown", at("", 6), at("", 0)],
    ["ArrowUp", at("", 0), at("", 6)],
    ["PageDown", at("", 3), at("", 6)],
    ["PageUp", at("", 3), at("", 0)],
    ["End", at("", 0), at("", 6)],
    ["Home", at("", 6), at("", 0)],
    ["p", at("", 4), at("p", 0)],
    [" ", at(""), at("")],
    ["Backspace", at("pi😀", 2), at("pi", 0)],
    ["Backspace", at(""), at("")],
    ["Dead", at("pi"), at("pi")],
  ])("%s moves %j to %j", (name, from, to) => {
    expect(keyed(from, GROUPS, key(name))).toEqual({ does: "move", choosing: to });
  });

  it("Enter takes the choice in sight, and never goes on to the message box", () => {
    expect(keyed(at("", 1), GROUPS, key("Enter"))).toMatchObject({
      does: "take",
      choice: { name: "conserto" },
    });
    expect(keyed(at("pix"), GROUPS, key("Enter"))).toMatchObject({
      does: "take",
      choice: { name: "boleto_pix" },
    });
    for (const held of [{}, { ctrlKey: true }, { altKey: true }, { metaKey: true }])
      expect(keyed(at("xyz"), GROUPS, key("Enter", held)).does).toBe("move");
  });

  it("what the list has no use for is the page's", () => {
    expect(keyed(at(""), GROUPS, key("Escape"))).toEqual({ does: "close" });
    expect(keyed(at(""), GROUPS, key("Tab"))).toEqual({ does: "page", close: true });
    expect(keyed(at(""), GROUPS, key("a", { isComposing: true }))).toEqual({ does: "page", close: true });
    expect(keyed(at(""), GROUPS, key("Process"))).toEqual({ does: "page", close: true });
    expect(keyed(at(""), GROUPS, key("c", { ctrlKey: true }))).toEqual({ does: "page", close: false });
    expect(keyed(at(""), GROUPS, key("1", { altKey: true }))).toEqual({ does: "page", close: false });
    expect(keyed(at(""), GROUPS, key("F5"))).toEqual({ does: "page", close: false });
  });

  it("AltGr types, although Windows reports it as Ctrl and Alt", () => {
    const held = { altKey: true, ctrlKey: true, altGraph: true };
    expect(keyed(at(""), GROUPS, key("ª", held))).toEqual({ does: "move", choosing: at("ª") });
  });
});
