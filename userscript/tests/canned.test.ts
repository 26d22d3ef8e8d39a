import { describe, expect, test } from "vitest";
import type { ShelfReply } from "../src/contract.gen";
import { browsed, keyed, type List, listFor } from "../src/overlay/canned/list";
import { lineOf, marked, matching, prepared, wordsOf } from "../src/overlay/canned/match";
import { isListOpen } from "../src/overlay/canned/own-lists";
import { forEverybody, shortcutOf } from "../src/overlay/canned/sent";
import { beforeCursor, slashIn } from "../src/overlay/canned/slash";
import { createRegistry } from "../src/registry";

function reply(id: string, title: string, more: Partial<ShelfReply> = {}): ShelfReply {
  return { id, title, shortcut: null, text: `Sobre ${id}.`, intents: [], uses: 0, ...more };
}

const SHELF = [
  reply("troca", "Prazo de troca", { shortcut: "/prazo", text: "A troca é grátis.", uses: 2 }),
  reply("promo", "Promoção da semana", { intents: ["price"] }),
  reply("pag", "Formas de pagamento", { text: "Pix, cartão ou boleto.", uses: 9, intents: ["payment"] }),
  reply("pix", "Chave", { shortcut: "/pix" }),
];
const KNOWN = prepared(SHELF);
const shelf = { known: KNOWN, intent: null };
const ids = (query: string, intent: string | null = null) =>
  matching(KNOWN, query, intent).map(({ id }) => id);

describe("which replies fit", () => {
  test("nothing typed: this intent's first, then the most used, then the file's order", () => {
    expect(ids("")).toEqual(["pag", "troca", "promo", "pix"]);
    expect(ids("", "price")).toEqual(["promo", "pag", "troca", "pix"]);
  });

  test("shortcut before title, title before word, word before text", () => {
    const ranked = prepared([
      reply("text", "Outra coisa", { text: "tem frete", uses: 99 }),
      reply("inside", "Cofre", { uses: 50 }),
      reply("word", "Sobre o frete", { uses: 20 }),
      reply("title", "Frete grátis", { uses: 10 }),
      reply("shortcut", "Entrega", { shortcut: "/fretes" }),
      reply("exact", "Envio", { shortcut: "/fre" }),
    ]);
    const found = matching(ranked, "fre", null).map(({ id }) => id);
    expect(found).toEqual(["exact", "shortcut", "title", "word", "inside", "text"]);
  });

  test("accents and case do not matter, and every word must be there", () => {
    expect(ids("promocao")).toEqual(["promo"]);
    expect(ids("PROMOÇÃO sem")).toEqual(["promo"]);
    expect(ids("promo troca")).toEqual([]);
    expect(ids("semana promo")).toEqual(["promo"]);
    expect(ids("boleto")).toEqual(["pag"]);
  });

  test("one or two letters are not looked for inside words", () => {
    expect(ids("az")).toEqual([]);
    expect(ids("azo")).toEqual(["troca"]);
    expect(ids("zz")).toEqual([]);
  });

  test("a thousand long replies are looked through within 5 ms", () => {
    const long = "Olá! A entrega leva até cinco dias úteis e o código vai por aqui. ".repeat(20);
    const many = prepared(
      Array.from({ length: 1_000 }, (_, n) => reply(`r${n}`, `Título ${n}`, { text: `${long}${n}` })),
    );
    const queries = ["c", "co", "cod", "codigo", "codigo v", "zzz", "título 99", ""];
    for (const query of queries) matching(many, query, null);
    const times = queries.map((query) => {
      const runs = Array.from({ length: 7 }, () => {
        const start = performance.now();
        matching(many, query, "price");
        return performance.now() - start;
      });
      return Math.min(...runs);
    });
    expect(Math.max(...times)).toBeLessThan(5);
  });

  test("what was typed is marked, over accents", () => {
    const hit = (line: string, query: string) =>
      marked(line, wordsOf(query))
        .map(({ text, hit }) => (hit ? `[${text}]` : text))
        .join("");
    expect(hit("Promoção da semana", "promoca")).toBe("[Promoçã]o da semana");
    expect(hit("Prazo de troca", "tro pra")).toBe("[Pra]zo de [tro]ca");
    expect(hit("👗 É hoje", "e")).toBe("👗 [É] hoje");
    expect(hit("Cofre", "ofr")).toBe("C[ofr]e");
    expect(hit("", "x")).toBe("");
  });

  test("a text's line begins shortly before the first hit", () => {
    const text = "Olá!\nTudo bem? Espero que sim, viu. A troca vale por 7 dias.";
    expect(lineOf(text, [])).toMatch(/^Olá! Tudo bem\?/);
    expect(lineOf(text, wordsOf("troca"))).toBe("…que sim, viu. A troca vale por 7 dias.");
    expect(lineOf("x".repeat(5_000), wordsOf("troca")).length).toBeLessThanOrEqual(240);
  });
});

describe("the slash", () => {
  test.each([
    ["/", "/"],
    ["/tro", "/tro"],
    ["Oi! /tro", "/tro"],
    ["Oi!\u00a0/tro", "/tro"],
    ["Oi! /prazo de tro", "/prazo de tro"],
    ["12/10", null],
    ["e/ou", null],
    ["https://a", null],
    ["/home/x", null],
    ["10 / 20", null],
    ["/ ", null],
    ["//", null],
    ["", null],
    ["😊/x", null],
    [`/${"x".repeat(41)}`, null],
  ])("in %j: %j", (before, typed) => {
    expect(slashIn(before)).toBe(typed);
  });

  function box(html: string) {
    document.body.innerHTML = `<div contenteditable="true">${html}</div>`;
    return document.body.firstElementChild as HTMLElement;
  }

  function at(node: Node, offset: number): Selection {
    return { isCollapsed: true, anchorNode: node, anchorOffset: offset } as unknown as Selection;
  }

  test("is read in the line of the cursor, over pieces and emoji pictures", () => {
    const one = box('<p><span>antes</span></p><p><span>Oi </span><img alt="😊"><span> /tro fim</span></p>');
    const last = one.querySelectorAll("span")[2]?.firstChild as Text;
    expect(beforeCursor(one, at(last, 5))).toBe("Oi 😊 /tro");
    expect(beforeCursor(one, at(last, 0))).toBe("Oi 😊");
    const first = one.querySelector("span")?.firstChild as Text;
    expect(beforeCursor(one, at(first, 5))).toBe("antes");
    expect(beforeCursor(one, at(one.querySelectorAll("p")[1] as Element, 2))).toBe("Oi 😊");
    expect(beforeCursor(one, at(one.querySelectorAll("p")[1] as Element, 0))).toBe("");
    expect(beforeCursor(one, at(document.body, 0))).toBeNull();
    expect(beforeCursor(one, null)).toBeNull();
  });

  test("is found behind a line break, and at the end of a very long text", () => {
    const broken = box("<p><span>um</span><br><span>/do</span></p>");
    expect(beforeCursor(broken, at(broken.querySelectorAll("span")[1]?.firstChild as Text, 3))).toBe("/do");
    const long = box(`<p><span>${"a ".repeat(30_000)}/tro</span></p>`);
    const text = long.querySelector("span")?.firstChild as Text;
    expect(slashIn(beforeCursor(long, at(text, text.length)) ?? "")).toBe("/tro");
  });
});

describe("keys in the list", () => {
  const open = listFor(shelf, "/", null);
  const key = (name: string, more: object = {}) => ({
    key: name,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    isComposing: false,
    repeat: false,
    ...more,
  });
  const active = (list: List, name: string) => {
    const answer = keyed(list, key(name));
    return answer.does === "move" ? answer.list.active : answer.does;
  };

  test("arrows go round, pages stop at the ends", () => {
    expect(active(open, "ArrowDown")).toBe(1);
    expect(active(open, "ArrowUp")).toBe(3);
    expect(active({ ...open, active: 3 }, "ArrowDown")).toBe(0);
    expect(active(open, "PageDown")).toBe(3);
    expect(active({ ...open, active: 2 }, "PageUp")).toBe(0);
  });

  test("Enter and Tab pick, Esc closes, all others are the page's", () => {
    expect(keyed({ ...open, active: 1 }, key("Enter"))).toMatchObject({
      does: "pick",
      reply: { id: "troca" },
    });
    expect(keyed(open, key("Tab"))).toMatchObject({ does: "pick", reply: { id: "pag" } });
    expect(active(open, "Escape")).toBe("close");
    for (const name of ["a", "/", " ", "Backspace", "ArrowLeft", "ArrowRight", "Home", "End", "Dead", "F5"]) {
      expect(active(open, name)).toBe("page");
    }
    expect(keyed(open, key("Tab", { shiftKey: true })).does).toBe("page");
    expect(keyed(open, key("ArrowDown", { altKey: true })).does).toBe("page");
  });

  test("an Enter that is held, or held with another key, never reaches the page and picks nothing", () => {
    for (const held of [
      { repeat: true },
      { ctrlKey: true },
      { shiftKey: true },
      { altKey: true },
      { metaKey: true },
    ]) {
      expect(keyed(open, key("Enter", held)).does).toBe("none");
    }
  });

  test("where nothing matches, and while an accent is being composed, every key is the page's", () => {
    const none = listFor(shelf, "/zzz", null);
    expect(none.found).toEqual([]);
    for (const name of ["Enter", "Escape", "ArrowDown", "Tab"]) expect(active(none, name)).toBe("page");
    expect(keyed(open, key("Enter", { isComposing: true })).does).toBe("page");
    expect(keyed(open, key("Process")).does).toBe("page");
  });

  test("the same words keep the choice, others begin with the best one", () => {
    const moved = { ...open, active: 2 };
    expect(listFor(shelf, "/", moved)).toBe(moved);
    expect(listFor(shelf, "/p", moved).active).toBe(0);
    expect(listFor(shelf, "/p", { ...moved, pointed: true }).pointed).toBe(true);
    expect(browsed(shelf, "pix").found.map(({ id }) => id)).toEqual(["pix", "pag"]);
  });
});

describe("WhatsApp's own lists", () => {
  const look = (html: string) => {
    document.body.innerHTML = html;
    for (const one of document.body.querySelectorAll("*")) {
      one.getClientRects = () => [{}] as unknown as DOMRectList;
    }
    return isListOpen(document, createRegistry());
  };

  test("take the keys; a drawer, a quoted message and an empty list do not", () => {
    expect(
      look('<div id="wa-popovers-bucket"><div role="listbox"><div role="option">/oi</div></div></div>'),
    ).toBe(true);
    expect(look('<div id="emoji-suggestion"><b>🙂</b></div>')).toBe(true);
    expect(look('<div id="emoji-suggestion"></div>')).toBe(false);
    expect(look('<div data-testid="drawer-right"><header>Dados</header></div>')).toBe(false);
    expect(look('<div id="main"><footer><div data-testid="quoted-message">Oi</div></footer></div>')).toBe(
      false,
    );
  });

  test("one that is not shown takes none", () => {
    document.body.innerHTML = '<div role="listbox">x</div>';
    for (const one of document.body.querySelectorAll("*")) {
      one.getClientRects = () => [] as unknown as DOMRectList;
    }
    expect(isListOpen(document, createRegistry())).toBe(false);
  });
});

describe("a sent message becomes a reply", () => {
  const ana = { title: "Ana Beatriz", is_group: false };

  test("for everybody: the customer's name and the greeting of the hour are variables", () => {
    expect(forEverybody("Boa tarde, Ana! A troca é grátis.", ana)).toBe(
      "{saudacao}, {nome}! A troca é grátis.",
    );
    expect(forEverybody("Oi, ANA BEATRIZ, boa tarde!", ana)).toBe("Oi, {nome}, boa tarde!");
    expect(forEverybody("A banana é da Anabela", ana)).toBe("A banana é da Anabela");
    expect(forEverybody("Oi, {nome}!", { title: "Nome", is_group: false })).toBe("Oi, {nome}!");
  });

  test("nothing of a group, a number or a symbol is taken for a name", () => {
    expect(forEverybody("Turma da rua", { title: "Turma", is_group: true })).toBe("Turma da rua");
    expect(forEverybody("Ligue +55 11 90000-0001", { title: "+55 11 90000-0001", is_group: false })).toBe(
      "Ligue +55 11 90000-0001",
    );
    expect(forEverybody("a $ b", { title: "$", is_group: false })).toBe("a $ b");
  });

  test("a shortcut as the file has it", () => {
    expect(shortcutOf("Troca Grátis!")).toBe("/troca-gratis");
    expect(shortcutOf("/troca")).toBe("/troca");
    expect(shortcutOf(" /// ")).toBeNull();
    expect(shortcutOf("")).toBeNull();
    expect(shortcutOf(`/${"a".repeat(50)}`)).toHaveLength(31);
  });
});
