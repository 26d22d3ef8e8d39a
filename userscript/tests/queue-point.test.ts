import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ChatRow, chatRows } from "../src/chats";
import type { ChatPreview } from "../src/contract.gen";
import { choose, createPointer, type Pointer } from "../src/overlay/queue/point";
import type { Ring } from "../src/overlay/queue/ring";
import { createRegistry } from "../src/registry";

const registry = createRegistry();
const ROW = 76;
const HEIGHT = 380;
/** Rows that a virtual list keeps beyond what is seen: those of before reach past the middle of the next page. */
const BEYOND = 3;

type Listed = readonly [title: string, text: string];

/** A virtual list as WhatsApp has it: only rows in sight are in the document, and they come a while after scrolling. */
class List {
  readonly pane = document.getElementById("pane-side") as HTMLElement;
  private readonly grid = this.pane.firstElementChild as HTMLElement;
  private top = 0;
  events: string[] = [];

  constructor(public chats: readonly Listed[]) {
    const has = (name: string, get: () => number) =>
      Object.defineProperty(this.pane, name, { get, configurable: true });
    has("clientHeight", () => HEIGHT);
    has("scrollHeight", () => Math.max(HEIGHT, this.chats.length * ROW));
    Object.defineProperty(this.pane, "scrollTop", { get: () => this.top, set: (to) => this.scroll(to) });
    this.pane.scrollTo = ((to: ScrollToOptions) => this.scroll(to.top ?? 0)) as typeof this.pane.scrollTo;
    this.pane.getBoundingClientRect = () => new DOMRect(0, 100, 300, HEIGHT);
    for (const type of ["mousedown", "mouseup", "click", "focusin", "keydown"]) {
      document.addEventListener(type, () => this.events.push(type));
    }
    this.render();
  }

  scroll(to: number): void {
    this.top = Math.max(0, Math.min(to, this.chats.length * ROW - HEIGHT));
    this.place();
    // A slow computer.
    setTimeout(() => {
      this.render();
      this.pane.dispatchEvent(new Event("scroll"));
    }, 60);
  }

  /** The rows move with the list, before others come. */
  private place(): void {
    for (const row of this.grid.children) {
      const top = Number(/translateY\((\d+)/.exec(row.getAttribute("style") ?? "")?.[1]);
      row.getBoundingClientRect = () => new DOMRect(0, 100 + top - this.top, 300, ROW);
    }
  }

  render(): void {
    const first = Math.max(0, Math.floor(this.top / ROW) - BEYOND);
    const shown = this.chats.slice(first, first + HEIGHT / ROW + 2 * BEYOND);
    this.grid.replaceChildren(...shown.map((chat, offset) => this.row(chat, (first + offset) * ROW)));
  }

  private row([title, text]: Listed, top: number): Element {
    const row = document.createElement("div");
    row.setAttribute("role", "row");
    row.setAttribute("data-testid", "list-item-0");
    row.setAttribute("style", `height: 76px; transform: translateY(${top}px)`);
    row.innerHTML = `<div data-testid="cell-frame-title"><span title="\u202a${title}\u202c">${title}</span></div>
      <div data-testid="cell-frame-secondary"><span data-testid="last-msg-status" title="${text}"><span dir="ltr">${text}</span></span></div>`;
    row.getBoundingClientRect = () => new DOMRect(0, 100 + top - this.top, 300, ROW);
    return row;
  }
}

const MANY: Listed[] = Array.from({ length: 45 }, (_, n) => [`Cliente ${n}`, `oi ${n}`] as const);
let list: List;
let ring: Ring & { box: DOMRect | null };
let pointer: Pointer;

function lists(chats: readonly Listed[]): void {
  list = new List(chats);
}

beforeEach(() => {
  document.body.innerHTML = `<div id="side"><input role="textbox" data-tab="3"></div>
    <div id="pane-side" style="overflow-y: auto"><div role="grid"></div></div>`;
  ring = {
    box: null,
    surround: (box) => {
      ring.box = box;
    },
    hide: () => {
      ring.box = null;
    },
    dispose: () => undefined,
  };
  pointer = createPointer(document, registry, ring);
});

afterEach(() => pointer.dispose());

const aim = (title: string, text: string, twin = 0) => ({ title, text, twin });
const rowOf = (title: string) =>
  chatRows(document, registry, null, null).find(({ chat }) => chat.title === title)?.row;

describe("pointing", () => {
  it("surrounds a row in sight and scrolls nothing", async () => {
    lists(MANY);
    expect(await pointer.pointAt(aim("Cliente 2", "oi 2"))).toBe("found");
    expect(list.pane.scrollTop).toBe(0);
    expect(ring.box?.top).toBe(rowOf("Cliente 2")?.getBoundingClientRect().top);
    expect(list.events).toEqual([]);
  });

  it.each([7, 30, 44])("scrolls to row %s, which is not in the document", async (n) => {
    lists(MANY);
    expect(await pointer.pointAt(aim(`Cliente ${n}`, `oi ${n}`))).toBe("found");
    const box = rowOf(`Cliente ${n}`)?.getBoundingClientRect();
    expect(ring.box?.top).toBe(box?.top);
    expect(box && box.top >= 100 && box.bottom <= 100 + HEIGHT).toBe(true);
    expect(list.events).toEqual([]);
  });

  it.each([38, 39, 41, 42])(
    "waits for the last rows of %s, for which those of before stand in",
    async (count) => {
      lists(MANY.slice(0, count));
      expect(await pointer.pointAt(aim(`Cliente ${count - 1}`, `oi ${count - 1}`))).toBe("found");
      expect(ring.box?.top).toBe(rowOf(`Cliente ${count - 1}`)?.getBoundingClientRect().top);
    },
  );

  it("looks from the top when the person has scrolled down", async () => {
    lists(MANY);
    list.scroll(2500);
    await vi.waitFor(() => expect(rowOf("Cliente 33")).toBeTruthy());
    expect(await pointer.pointAt(aim("Cliente 1", "oi 1"))).toBe("found");
    expect(ring.box?.top).toBe(rowOf("Cliente 1")?.getBoundingClientRect().top);
  });

  it("leaves the list where it was when the chat is not in it", async () => {
    lists(MANY);
    list.scroll(1000);
    expect(await pointer.pointAt(aim("Ninguém", "oi"))).toBe("missing");
    expect(list.pane.scrollTop).toBe(1000);
    expect(ring.box).toBeNull();
  });

  it("says that a search hides the list", async () => {
    lists(MANY);
    (document.querySelector("#side input") as HTMLInputElement).value = "ana";
    expect(await pointer.pointAt(aim("Cliente 30", "oi 30"))).toBe("search");
    expect(list.pane.scrollTop).toBe(0);
  });

  it("tells twins apart by their words, wherever they stand", async () => {
    const twins = MANY.map((chat, n) => (n === 4 || n === 40 ? (["Maria", `sou a ${n}`] as const) : chat));
    lists(twins);
    expect(await pointer.pointAt(aim("Maria", "sou a 40", 1))).toBe("found");
    expect(rowOf("Maria")?.textContent).toContain("sou a 40");
    expect(await pointer.pointAt(aim("Maria", "sou a 4", 0))).toBe("found");
    expect(rowOf("Maria")?.textContent).toContain("sou a 4");
    expect(ring.box?.top).toBe(rowOf("Maria")?.getBoundingClientRect().top);
  });

  it("finds a chat that says something else by now", async () => {
    lists(MANY);
    expect(await pointer.pointAt(aim("Cliente 40", "o que disse antes"))).toBe("found");
    expect(ring.box?.top).toBe(rowOf("Cliente 40")?.getBoundingClientRect().top);
  });

  it("gives way to the person's own hand, and to a newer wish", async () => {
    lists(MANY);
    const first = pointer.pointAt(aim("Cliente 44", "oi 44"));
    list.pane.dispatchEvent(new Event("wheel"));
    expect(await first).toBe("dropped");
    const second = pointer.pointAt(aim("Cliente 43", "oi 43"));
    expect(await pointer.pointAt(aim("Cliente 40", "oi 40"))).toBe("found");
    expect(await second).toBe("dropped");
    expect(ring.box?.top).toBe(rowOf("Cliente 40")?.getBoundingClientRect().top);
  });

  it("follows the row as the list moves, and leaves when the person presses it", async () => {
    lists(MANY);
    await pointer.pointAt(aim("Cliente 2", "oi 2"));
    list.chats = [["Nova", "chegou"], ...MANY];
    list.render();
    await vi.waitFor(() => expect(ring.box?.top).toBe(100 + 3 * ROW));
    list.pane.dispatchEvent(new Event("pointerdown"));
    expect(ring.box).toBeNull();
  });
});

describe("which of several rows", () => {
  const preview: ChatPreview = {
    title: "Maria",
    unread: 1,
    last_text: null,
    last_author: null,
    last_direction: "in",
    last_time: null,
    last_clock: null,
    last_date: null,
    last_media: false,
    is_open: false,
  };
  const rows = (...texts: string[]): ChatRow[] =>
    texts.map((text, top) => ({ row: document.body, top, chat: { ...preview, last_text: text } }));
  const said = (row: ChatRow | null) => row && [row.top, row.chat.last_text];

  it("is the one with the words, else the one at the place", () => {
    expect(said(choose(rows("a", "b"), aim("Maria", "b"), true))).toEqual([1, "b"]);
    expect(said(choose(rows("a", "a"), aim("Maria", "a", 1), true))).toEqual([1, "a"]);
    expect(said(choose(rows("a", "b"), aim("Maria", "x", 1), true))).toEqual([1, "b"]);
    expect(said(choose(rows("a"), aim("Maria", "x", 3), true))).toEqual([0, "a"]);
    expect(choose([], aim("Maria", "x"), true)).toBeNull();
  });

  it("is not decided while others may come", () => {
    expect(choose(rows("a"), aim("Maria", "b"), false)).toBeNull();
    expect(choose(rows("b"), aim("Maria", "b", 1), false)).toBeNull();
    expect(said(choose(rows("a", "b"), aim("Maria", "b", 1), false))).toEqual([1, "b"]);
  });
});
