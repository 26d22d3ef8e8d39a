import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import words from "../markup-words.json";
import { structureOf } from "../src/structure";

const KNOWN = new Set([...words.tags, ...words.names, ...words.values].join(" ").split(" "));

function lines(html: string): string[] {
  document.body.innerHTML = html;
  return structureOf(document.body).lines.slice(1);
}

beforeEach(() => {
  document.body.innerHTML = "";
});

describe("the structure", () => {
  it("has tags, nesting, names of attributes, and values that are markup", () => {
    expect(
      lines(
        '<div id="main" class="x1n2" style="top:0"><span role="row" data-tab="10" title="Ana">Oi, Ana</span><br></div>',
      ),
    ).toEqual(
      ['div id="main" class style', ' span role="row" data-tab="10" title (text)', " br"].map((x) => ` ${x}`),
    );
  });

  it.each([
    ['<i data-testid="conv-msg-3EB0A1">', ' i data-testid="conv-msg-*"'],
    ['<i data-testid="list-item-12">', ' i data-testid="list-item-*"'],
    ['<i data-testid="list-item-12-Ana Maria">', ' i data-testid="list-item-*"'],
    ['<i data-testid="image-caption selectable-text">', ' i data-testid="image-caption selectable-text"'],
    ['<i data-testid="chatAnaRow">', ' i data-testid="chat*Row"'],
    ['<i data-icon="wds-ic-read">', ' i data-icon="wds-ic-read"'],
    ['<i data-tab="55">', ' i data-tab="*"'],
    ['<i data-ana="1" ana data-phone-5511="2">', " i data-* * data-phone-*"],
    ['<i data-id="false_5511900000000@c.us_3EB0">', " i data-id"],
    ['<i role="ana\nbeatriz">', ' i role="*"'],
    ["<ana-beatriz></ana-beatriz>", " *"],
    ['<img alt="Zé" src="blob:ana">', " img alt src"],
  ])("of %s is %s", (html, line) => {
    expect(lines(html)).toEqual([line]);
  });

  it("counts what is repeated, and of what differs within shows a few", () => {
    expect(lines("<p>a</p>".repeat(23))).toEqual([" p (text) x 23"]);
    const different = Array.from(
      { length: 9 },
      (_, n) => `<p>${"<i></i><b></b>".repeat(1)}${"<s>".repeat(n + 1)}</p>`,
    );
    const shown = lines(different.join(""));
    expect(shown.filter((line) => line.startsWith(" p"))).toHaveLength(7);
    expect(shown.at(-1)).toBe(" p x 3 more");
  });

  it("has an end", () => {
    const root = document.createElement("div");
    let deep = root;
    for (let n = 0; n < 300; n++) deep = deep.appendChild(document.createElement("div"));
    expect(structureOf(root).lines).toHaveLength(61);
    for (let n = 0; n < 5_000; n++) {
      const child = document.createElement(n % 2 ? "p" : "b");
      root.appendChild(document.createElement("i")).setAttribute("data-tab", String(n % 20));
      root.lastElementChild?.append(
        child,
        ...Array.from({ length: n % 7 }, () => document.createElement("u")),
      );
    }
    expect(structureOf(root).lines.length).toBeLessThanOrEqual(3_100);
  });

  it("holds no word that is not listed, whatever the page says", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("role", "id", "data-testid", "data-icon", "type", "dir"),
        (text, name) => {
          const element = document.createElement("div");
          element.setAttribute(name, text);
          element.title = text;
          element.textContent = text;
          for (const word of structureOf(element)
            .lines.join(" ")
            .replace(/([a-z])([A-Z])/g, "$1 $2")
            .toLowerCase()
            .match(/[\p{L}\p{N}]+/gu) ?? []) {
            expect(KNOWN).toContain(word);
          }
        },
      ),
    );
  });
});
