import { describe, expect, it } from "vitest";
import { difference } from "../src/editor";
import { sameWords, select, selectedIn, writtenIn } from "../src/written";

function box(html: string): HTMLElement {
  document.body.innerHTML = `<div contenteditable="true">${html}</div>`;
  return document.body.firstElementChild as HTMLElement;
}

describe("what stands in the box", () => {
  it.each([
    ["<p><br></p>", ""],
    ["<p><span>um</span></p><p><br></p><p><span>dois</span></p>", "um\n\ndois"],
    ["<p>um<br>dois</p>", "um\ndois"],
    ['<p>a <img alt="😀"> b</p><ul><li>c</li></ul>', "a 😀 b\nc"],
    ["solto", "solto"],
  ])("%s", (html, text) => {
    expect(writtenIn(box(html))).toBe(text);
  });

  it.each([
    "<p><br></p>",
    "<p><span>um</span><span> e meio</span></p><p><br></p><p><span>dois</span></p>",
    "<p>um<br><br>dois</p>",
    '<p>a <img alt="😀"></p><p><img alt="👗">b</p><ul><li>c</li></ul>',
  ])("every place of it is found again: %s", (html) => {
    const one = box(html);
    const text = writtenIn(one);
    for (let start = 0; start <= text.length; start++) {
      for (let end = start; end <= text.length; end++) {
        // Within an emoji picture there is no place: the one before or behind it stands for it.
        const wanted = { start: snap(text, start), end: snap(text, end) };
        select(one, wanted);
        expect(selectedIn(one)).toEqual(wanted);
      }
    }
  });

  it("is none of what is selected elsewhere", () => {
    const one = box("<p>um</p>");
    document.body.insertAdjacentHTML("beforeend", "<i>dois</i>");
    document.getSelection()?.selectAllChildren(document.querySelector("i") as Element);
    expect(selectedIn(one)).toBe(null);
    document.getSelection()?.selectAllChildren(one);
    expect(selectedIn(one)).toEqual({ start: 0, end: 2 });
  });

  it("is the same with no-break spaces", () => {
    expect(sameWords("a\u00a0b", "a b")).toBe(true);
    expect(sameWords("a  b", "a b")).toBe(false);
  });
});

const snap = (text: string, place: number) => (/[\udc00-\udfff]/.test(text[place] ?? "") ? place - 1 : place);

describe("putting back changes only what differs", () => {
  it.each([
    ["Oi, Sai hoje Ana", "Oi, Ana", 4, 13, ""],
    ["Oi, Troca", "Oi, /tro", 4, 9, "/tro"],
    ["Oi", "Oi, Ana", 2, 2, ", Ana"],
    ["a👗b", "a👍b", 1, 3, "👍"],
    ["", "tudo", 0, 0, "tudo"],
  ])("%j to %j", (now, before, start, end, missing) => {
    const found = difference(now, before);
    expect(now.slice(0, found.span.start) + found.missing + now.slice(found.span.end)).toBe(before);
    expect(found).toEqual({ span: { start, end }, missing });
  });
});
