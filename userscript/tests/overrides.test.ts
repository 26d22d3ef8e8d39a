import { describe, expect, it } from "vitest";
import { titleOf } from "../src/open-chat";
import { tryOverrides } from "../src/overrides";
import { createRegistry } from "../src/registry";
import { page, parse, row } from "./page";

const rows = ["A1", "A2"].map((id) =>
  row({ id, side: "in", tail: true, sender: "Maria", text: "<span>oi</span>" }),
);

function tried(overrides: Record<string, string[]>, change: (doc: Document) => void = () => undefined) {
  const doc = parse(page({ rows }));
  change(doc);
  const registry = createRegistry();
  return { doc, registry, ...tryOverrides(doc, registry, overrides, "pt-BR") };
}

/** The page has moved its title to somewhere else. */
function renamed(doc: Document): void {
  const title = doc.querySelector("#main header span[dir]") as Element;
  for (const part of [title, ...doc.querySelectorAll("#main header [data-tab]")])
    for (const { name } of [...part.attributes]) part.removeAttribute(name);
  title.setAttribute("data-new", "title");
}

describe("tryOverrides", () => {
  it("repairs an anchor that the page has taken away", () => {
    const { doc, registry, used, refused } = tried({ chat_title: ["#main [data-new=title]"] }, renamed);
    expect([used, refused]).toEqual([["chat_title"], {}]);
    expect(titleOf(doc, registry)).toBe("Maria");
  });

  it.each([
    ["an anchor that does not exist", { no_such: ["b"] }, "there is no anchor of that name"],
    ["what is no selector", { text: [":::"] }, "not a selector: :::"],
    ["an empty list", { text: [] }, "no selectors"],
    ["one that finds nothing where a built-in one does", { text: ["b.nothing"] }, "matches nothing"],
    ["one that reads fewer rows", { message: ['#main [data-id="A1"]'] }, "reads less than the built-in"],
    ["one that takes the chats away", { conversation: ["header"] }, "reads less than the built-in"],
  ])("refuses %s, and says why", (_, overrides, why) => {
    const { registry, used, refused } = tried(overrides as Record<string, string[]>);
    expect(used).toEqual([]);
    expect(Object.values(refused)[0]).toContain(why);
    expect(registry.overrides).toEqual({});
  });

  it("keeps the good ones beside the bad ones, and takes all back", () => {
    const both = { message: ["#nothing"], poll_never_seen: ["b"], chat_title: ["#main [data-new=title]"] };
    const { doc, registry, used, refused } = tried(both, renamed);
    expect(used).toEqual(["chat_title"]);
    expect(Object.keys(refused)).toEqual(["message", "poll_never_seen"]);
    tryOverrides(doc, registry, {}, "pt-BR");
    expect(titleOf(doc, registry)).toBeNull();
  });

  it("keeps one for another screen: nothing of it is here, and it does no harm", () => {
    expect(tried({ qr: ["#my-code"] }).used).toEqual(["qr"]);
  });
});
