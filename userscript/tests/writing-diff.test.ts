import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff, type Piece, words } from "../src/overlay/writing/diff";

const oldOf = (pieces: readonly Piece[]) =>
  pieces
    .filter(({ kind }) => kind !== "new")
    .map(({ text }) => text)
    .join("");
const newOf = (pieces: readonly Piece[]) =>
  pieces
    .filter(({ kind }) => kind !== "gone")
    .map(({ text }) => text)
    .join("");

/** Texts that share words, so that there is something to find. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "oi",
        "Olá",
        "o",
        "pedido",
        "4471",
        "R$ 59,90",
        "às",
        "18h",
        "\n",
        ", ",
        ". ",
        "😊",
        "👩🏽‍🦱",
        " ",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(" "));

describe("the difference between two texts", () => {
  test("can be read back as either of them", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const pieces = diff(one, other);
        expect(oldOf(pieces)).toBe(one);
        expect(newOf(pieces)).toBe(other);
      }),
      { numRuns: 2_000 },
    );
  });

  test("no two pieces of one kind follow each other, none is empty, and what is gone stands before what is new", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const pieces = diff(one, other);
        expect(pieces.every((piece) => piece.text !== "")).toBe(true);
        pieces.slice(1).forEach(({ kind }, index) => {
          expect(kind).not.toBe(pieces[index]?.kind);
          expect([pieces[index]?.kind, kind]).not.toEqual(["new", "gone"]);
        });
      }),
      { numRuns: 500 },
    );
  });

  test("a text and itself differ in nothing", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(diff(one, one)).toEqual(one ? [{ kind: "same", text: one }] : []);
      }),
    );
  });

  test("shows the words that changed, and those beside them as they are", () => {
    expect(diff("oi o seu pedido chega amanha", "Oi, o seu pedido chega amanhã")).toEqual([
      { kind: "gone", text: "oi" },
      { kind: "new", text: "Oi," },
      { kind: "same", text: " o seu pedido chega " },
      { kind: "gone", text: "amanha" },
      { kind: "new", text: "amanhã" },
    ]);
  });

  test("neighbouring changes are one: nobody reads single words with blanks between them", () => {
    const pieces = diff("o pedido vai chega amanha de tarde", "o pedido deve chegar amanha de tarde");
    expect(pieces.filter(({ kind }) => kind !== "same")).toEqual([
      { kind: "gone", text: "vai chega" },
      { kind: "new", text: "deve chegar" },
    ]);
  });

  test("two texts with little in common are shown one after the other", () => {
    const pieces = diff("Seu pedido chega amanhã.", "Your order will arrive tomorrow.");
    expect(pieces).toEqual([
      { kind: "gone", text: "Seu pedido chega amanhã." },
      { kind: "new", text: "Your order will arrive tomorrow." },
    ]);
  });

  test("a number, an emoji and a name with an accent are one word each", () => {
    expect(words("R$ 1.200,50 às 18:30 👩🏽‍🦱 João")).toContain("1.200,50");
    expect(words("às 18:30")).toContain("18:30");
    expect(words("oi 👩🏽‍🦱!")).toContain("👩🏽‍🦱");
  });

  test("60,000 characters take no time that anybody would notice, alike or not", () => {
    const long = "Bom dia, o seu pedido chega. ".repeat(2_000);
    const other = Array.from({ length: 10_000 }, (_, n) => `w${n}`).join(" ");
    const started = performance.now();
    expect(newOf(diff(long, long.replaceAll("pedido", "produto")))).toBe(
      long.replaceAll("pedido", "produto"),
    );
    expect(newOf(diff(long, other))).toBe(other);
    expect(diff(long, `${long}!`).length).toBe(2);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
