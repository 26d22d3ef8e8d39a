import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { boxLines, cleanReply, essence, isBoxOf, isEmpty, isOnlyOurs, sameName } from "../src/box";
import { insertReply } from "../src/composer";
import type { InsertCommand, OpenChat } from "../src/contract.gen";

const CHAT: OpenChat = { token: 3, title: "Zé 🌮 Luz", is_group: false, phone: null };
const TEXT = "Oi, Zé!\n\nSai às 18h 😊\n- até já";
let open: OpenChat | null;

/** What the editor does with a paste; the real one is met in the browser tests. */
type Editor = (box: HTMLElement, text: string) => void;

const wellBehaved: Editor = (box, text) => {
  const lines = text.split("\n").map((line) => {
    const paragraph = document.createElement("p");
    if (line) paragraph.append(line.replace(/^- /, "• "));
    else paragraph.append(document.createElement("br"));
    return paragraph;
  });
  box.replaceChildren(...lines);
};

function page(editor: Editor = wellBehaved, label = "Digite uma mensagem para Zé 🌮 Luz"): HTMLElement {
  document.body.innerHTML = `<div id="app"><div id="main">
    <header><span data-testid="conversation-info-header-chat-title">Zé <img alt="🌮"> Luz\u200e</span></header>
    <footer><div contenteditable="true" tabindex="0" data-lexical-editor="true"
      data-testid="conversation-compose-box-input" aria-placeholder="Digite uma mensagem"><p><br></p></div>
      <div>Digite uma mensagem</div><button aria-label="Enviar"></button></footer></div></div>`;
  const box = document.querySelector("[contenteditable]") as HTMLElement;
  box.setAttribute("aria-label", label);
  box.addEventListener("paste", (event) => {
    const text = (event as ClipboardEvent).clipboardData?.getData("text/plain") ?? "";
    setTimeout(() => editor(box, text), 40);
  });
  box.addEventListener("cut", () => box.replaceChildren());
  return box;
}

function command(parts: Partial<InsertCommand> = {}): InsertCommand {
  const plain = { way: "paste", where: "empty", over: "", select: null } as const;
  return { kind: "insert", chat_token: 3, chat_title: "Zé 🌮 Luz", text: TEXT, ...plain, ...parts };
}

const insert = (parts: Partial<InsertCommand> = {}) => insertReply(command(parts), () => open);

/** Ways in which a page can be made to send: none may ever be used. */
const sends = vi.fn();

beforeEach(() => {
  open = CHAT;
  for (const type of ["keydown", "keypress", "keyup", "click", "mousedown", "submit"]) {
    document.addEventListener(type, sends, { capture: true });
  }
});

afterEach(() => {
  expect(sends).not.toHaveBeenCalled();
});

describe("an insertion", () => {
  it("puts every line in and reads it back", async () => {
    const box = page();
    const result = await insert();
    expect(result).toMatchObject({ code: "inserted", box_text: "Oi, Zé!\n\nSai às 18h 😊\n• até já" });
    expect(document.activeElement).toBe(box);
  });

  it("takes builds whose label names nobody, when the header is right", async () => {
    page(wellBehaved, "Digite uma mensagem");
    expect((await insert()).code).toBe("inserted");
  });

  it("cleans the text and leaves nothing empty at its end", async () => {
    page();
    expect(await insert({ text: "um\r\ndois\u0000\u202e\n\n " })).toMatchObject({
      code: "inserted",
      box_text: "um\ndois",
    });
  });

  it("of two at once fills the box once", async () => {
    page();
    const [first, second] = await Promise.all([insert(), insert({ text: "outro" })]);
    expect([first?.code, second?.code]).toEqual(["inserted", "box_not_empty"]);
    expect(second?.box_text).toBe(first?.box_text);
  });
});

describe("is refused", () => {
  it.each<[string, Partial<InsertCommand>, OpenChat | null]>([
    ["another opening of the chat", { chat_token: 2 }, CHAT],
    ["another chat's reply", { chat_title: "Zé Luz" }, CHAT],
    ["a page that says one title and means another", {}, { ...CHAT, title: "Ana" }],
  ])("with wrong_chat: %s", async (_, parts, chat) => {
    const box = page();
    open = chat;
    expect((await insert(parts)).code).toBe("wrong_chat");
    expect(isEmpty(box)).toBe(true);
  });

  it("when the label of the box names somebody else", async () => {
    page(wellBehaved, "Digite uma mensagem para José Luz");
    expect((await insert()).code).toBe("wrong_chat");
  });

  it("when the header names somebody else", async () => {
    page();
    (document.querySelector("header span") as HTMLElement).textContent = "Ana";
    expect((await insert()).code).toBe("wrong_chat");
  });

  it("when no chat is open, or nobody may write in it", async () => {
    page();
    open = null;
    expect((await insert()).code).toBe("no_box");
    open = CHAT;
    document.querySelector("footer")?.setAttribute("data-testid", "block-message");
    expect((await insert()).code).toBe("no_box");
    document.body.innerHTML = '<div id="app"></div>';
    expect((await insert()).code).toBe("no_box");
  });

  it("when a dialog covers the page", async () => {
    const box = page();
    document.body.insertAdjacentHTML("beforeend", '<div role="dialog" aria-modal="true"></div>');
    expect((await insert()).code).toBe("dialog_open");
    expect(isEmpty(box)).toBe(true);
  });

  it("when the person has a draft, which stays as it is", async () => {
    const box = page();
    box.innerHTML = "<p>já vou</p><p>responder</p>";
    expect(await insert()).toMatchObject({ code: "box_not_empty", box_text: "já vou\nresponder" });
    expect(box.innerHTML).toBe("<p>já vou</p><p>responder</p>");
  });

  it("when the person begins to write while the box gets the focus", async () => {
    const box = page();
    box.addEventListener("focus", () => box.replaceChildren("o"));
    expect((await insert()).code).toBe("box_not_empty");
    expect(box.textContent).toBe("o");
  });

  it("when there is nothing to insert", async () => {
    page();
    expect((await insert({ text: " \n\u0000" })).code).toBe("not_verified");
  });
});

describe("is copied instead", () => {
  const copied: string[] = [];
  const denied = async () => Promise.reject(new DOMException("denied", "NotAllowedError"));

  function clipboard(write: (text: string) => Promise<void>): void {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: write }, configurable: true });
  }

  beforeEach(() => {
    copied.length = 0;
    clipboard(async (text) => void copied.push(text));
  });

  /** The box is there, but by none of its signs. */
  const nobox = () => {
    const box = document.createElement("div");
    box.setAttribute("contenteditable", "true");
    document.querySelector("[contenteditable]")?.replaceWith(box);
  };
  const locked = () => document.querySelector("[contenteditable]")?.setAttribute("contenteditable", "false");
  const noheader = () => document.querySelector("header")?.remove();

  it.each<[string, () => void, string]>([
    ["no box is found", nobox, "Digite uma mensagem para Zé 🌮 Luz"],
    ["the box takes no text", locked, "Digite uma mensagem para Zé 🌮 Luz"],
    ["the header is not found", noheader, "Digite uma mensagem para Zé 🌮 Luz"],
    ["the label of the box says nothing known", () => undefined, "Escreva aqui a sua resposta"],
  ])("when %s", async (_, change, label) => {
    const box = page(wellBehaved, label);
    change();
    expect(await insert()).toEqual({ code: "copied", box_text: null, copy_failed: false });
    expect(copied).toEqual([TEXT]);
    expect(isEmpty(box)).toBe(true);
  });

  it("when the agent says that the box did not take it, with what is left of it taken out", async () => {
    const box = page();
    box.replaceChildren("Oi, Zé!");
    expect(await insert({ way: "copy" })).toEqual({ code: "copied", box_text: "", copy_failed: false });
    expect(copied).toEqual([TEXT]);
  });

  it("and leaves the box alone when the person has written something", async () => {
    const box = page();
    box.replaceChildren("já vou");
    expect(await insert({ way: "copy" })).toMatchObject({ code: "copied", box_text: "já vou" });
  });

  it.each<[string, Partial<InsertCommand>, OpenChat | null]>([
    ["another opening of the chat", { chat_token: 2 }, CHAT],
    ["another chat", { chat_title: "Zé Luz" }, CHAT],
    ["no chat", {}, null],
  ])("but never for %s", async (_, parts, chat) => {
    for (const way of ["paste", "copy"] as const) {
      page();
      if (way === "paste") nobox();
      open = chat;
      expect((await insert({ ...parts, way })).code).toBe(chat ? "wrong_chat" : "no_box");
    }
    expect(copied).toEqual([]);
  });

  it("but never where the box belongs to somebody else, a dialog is open or nobody may write", async () => {
    page(wellBehaved, "Type a message to Ana");
    expect((await insert({ way: "copy" })).code).toBe("wrong_chat");
    page();
    document.body.insertAdjacentHTML("beforeend", '<div role="dialog" aria-modal="true"></div>');
    expect((await insert({ way: "copy" })).code).toBe("dialog_open");
    page();
    document.querySelector("footer")?.setAttribute("data-testid", "block-message");
    expect((await insert({ way: "copy" })).code).toBe("no_box");
    expect(copied).toEqual([]);
  });

  it("but not where nothing but the search takes text", async () => {
    page();
    document.querySelector("[contenteditable]")?.remove();
    document.body.insertAdjacentHTML(
      "afterbegin",
      '<div id="side"><p contenteditable data-tab="3"></p></div>',
    );
    document.querySelector("#side p")?.setAttribute("contenteditable", "true");
    expect(await insert()).toEqual({ code: "no_box", box_text: null, copy_failed: false });
    expect(copied).toEqual([]);
  });

  it("not when only the place is looked at", async () => {
    page();
    nobox();
    expect(await insert({ text: "" })).toEqual({ code: "no_box", box_text: null, copy_failed: false });
    expect(copied).toEqual([]);
  });

  it("and says so when that failed too", async () => {
    page();
    clipboard(denied);
    expect(await insert({ way: "copy" })).toEqual({ code: "not_verified", box_text: "", copy_failed: true });
    nobox();
    expect(await insert()).toEqual({ code: "no_box", box_text: null, copy_failed: true });
    expect(document.querySelector("textarea")).toBe(null);
  });
});

describe("when it goes wrong", () => {
  it.each<[string, Editor]>([
    ["nothing arrives", () => undefined],
    ["the lines run together", (box, text) => box.replaceChildren(text.replaceAll("\n", ""))],
    ["only the beginning arrives", (box, text) => wellBehaved(box, text.slice(0, 9))],
    ["it arrives twice", (box, text) => wellBehaved(box, `${text}${text}`)],
  ])("leaves an empty box: %s", async (_, editor) => {
    const box = page(editor);
    expect(await insert()).toMatchObject({ code: "not_verified", box_text: "" });
    expect(isEmpty(box)).toBe(true);
  });

  it("never takes away what the person wrote meanwhile", async () => {
    const box = page((at) => at.replaceChildren("escrevi isto"));
    expect(await insert()).toMatchObject({ code: "not_verified", box_text: "escrevi isto" });
    expect(box.textContent).toBe("escrevi isto");
  });

  it("says so when the chat was switched meanwhile, and takes the text out of the other chat's box", async () => {
    const box = page((at, text) => {
      wellBehaved(at, text);
      open = { ...CHAT, token: 4, title: "Ana" };
    });
    expect((await insert()).code).toBe("wrong_chat");
    expect(isEmpty(box)).toBe(true);
  });
});

describe("the box", () => {
  it("is read by paragraphs, with emoji pictures, without its placeholder", () => {
    const box = document.createElement("div");
    box.innerHTML = '<p>a <img alt="😀"></p><p><br></p><p>b<br>c</p><ul><li>d</li></ul>';
    expect(boxLines(box)).toEqual(["a 😀", "", "b", "c", "d"]);
    box.innerHTML = "<p>\u200b<br></p>";
    expect(isEmpty(box)).toBe(true);
    box.innerHTML = "<p> </p>";
    expect(isEmpty(box)).toBe(false);
  });

  it("compares letters and digits line by line", () => {
    expect(essence(["- São\u00a05 ", "", "👍"])).toBe(essence(["• São 5", "😀"]));
    expect(essence(["a", "b"])).not.toBe(essence(["ab"]));
    expect(essence([""])).not.toBe(essence(["👍"]));
    expect(isOnlyOurs(essence(["ab"]), essence(["a", "b", "c"]))).toBe(true);
    expect(isOnlyOurs(essence(["abx"]), essence(["a", "b", "c"]))).toBe(false);
  });

  it.each([
    ["Type a message to group Zé 🌮 Luz", "Zé 🌮 Luz", true],
    ["Type a message to Zé Luz", "Zé 🌮 Luz", true],
    ["Digite uma mensagem para \u202a+55\u00a011 98765‑4321\u202c", "+55 11 98765-4321", true],
    ["Digite uma mensagem para Mariana", "Ana", false],
    ["Digite uma mensagem para 🌮", "🌮", true],
    ["Digite uma mensagem para 🌵", "🌮", false],
    ["", "Ana", true],
  ])("labelled %j belongs to %j: %s", (label, title, expected) => {
    const box = document.createElement("div");
    box.setAttribute("aria-label", label);
    expect(isBoxOf(box, title)).toBe(expected);
  });

  it("knows one name in two spellings", () => {
    expect(sameName("\u202aJosé\u202c  Luz", "Jose\u0301 Luz")).toBe(true);
    expect(sameName("Jose Luz", "José Luz")).toBe(false);
  });

  it("cleans replies but keeps joined emoji", () => {
    expect(cleanReply("a\tb\u2028c\u0007👩‍👩‍👧 \n\n")).toBe("a b\nc👩‍👩‍👧");
  });
});
