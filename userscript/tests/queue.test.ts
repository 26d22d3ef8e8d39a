import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { QueueCommand, QueueLine } from "../src/contract.gen";
import type { Counter, Feature, Look } from "../src/overlay/feature";
import { createQueue } from "../src/overlay/queue";
import type { Aim, Pointed, Pointer } from "../src/overlay/queue/point";
import { PT_BR } from "../src/overlay/texts.pt-br";

let now: number;
let queue: Feature;
let root: HTMLElement;
let aims: Aim[];
let answer: (result: Pointed) => void;
let left: number;
let draws: number;

const look = { texts: PT_BR, language: "pt-BR" } as Look;

function line(title: string, minutes: number, parts: Partial<QueueLine> = {}): QueueLine {
  return {
    title,
    twin: 0,
    unread: 1,
    text: `${title} disse`,
    waits_since: new Date(now - minutes * 60_000).toISOString(),
    at_least: false,
    waited_s: minutes * 60,
    sentiment: null,
    intent: null,
    is_group: null,
    ...parts,
  };
}

function tell(lines: QueueLine[], parts: Partial<QueueCommand> = {}): void {
  queue.command?.({ kind: "queue", lines, more: 0, told_ms: now, is_open: true, target_s: 600, ...parts });
}

beforeEach(() => {
  vi.useFakeTimers();
  now = Date.parse("2026-11-20T18:00:00Z");
  vi.spyOn(performance, "now").mockImplementation(() => now - performance.timeOrigin);
  document.body.innerHTML = "<div></div>";
  root = document.body.firstElementChild as HTMLElement;
  [aims, left, draws] = [[], 0, 0];
  const pointer: Pointer = {
    pointAt: (aim) => {
      aims.push(aim);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    leave: () => {
      left += 1;
    },
    dispose: () => undefined,
  };
  const counter = {
    doc: document,
    view: window,
    language: () => "pt-BR",
    tab: () => "queue",
    redraw: () => {
      draws += 1;
      draw();
    },
  } as unknown as Counter;
  queue = createQueue(counter, () => pointer);
});

afterEach(() => {
  queue.dispose?.();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function draw(): void {
  if (queue?.tab?.panel) render(queue.tab.panel(look), root);
}

function pass(seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    now += 1000;
    vi.advanceTimersByTime(1000);
  }
}

const all = (css: string) => [...root.querySelectorAll<HTMLElement>(css)];
const names = () => all(".queue-name").map((one) => one.textContent);
const waits = () => all(".queue-wait").map((one) => [one.dataset.tone, one.textContent]);
const said = () => root.querySelector(".queue-say")?.textContent;

function trusted(type: string, on: Element, real = true): void {
  const event = new Event(type, { bubbles: true });
  Object.defineProperty(event, "isTrusted", { value: real });
  on.dispatchEvent(event);
}

describe("the panel", () => {
  it("says that the list is being read, and then that nobody waits", () => {
    draw();
    expect(root.textContent).toContain("Lendo a lista");
    tell([]);
    expect(root.textContent).toContain("Ninguém esperando");
    expect(queue.tab?.badge?.()).toBeNull();
  });

  it("shows each with wait, mood, intent, words and what is unread", () => {
    tell([line("Ana", 7, { sentiment: "negative", intent: "complaint", unread: 3, text: "Que\n absurdo" })]);
    const [ana] = all(".queue-line");
    expect(ana?.textContent).toBe("Anahá 7 minperto da metaNegativoReclamaçãoQue absurdo33 não lidas");
    expect(ana?.title).toContain("7 min em horário de atendimento");
    expect(ana?.tabIndex).toBe(-1);
  });

  it("counts on by itself between two commands, and draws only where a word changes", () => {
    tell([line("Ana", 4.5), line("Bia", 0.1)]);
    expect(waits()).toEqual([
      ["calm", "há 4 mindentro da meta"],
      ["calm", "agoradentro da meta"],
    ]);
    const before = draws;
    pass(20);
    expect(draws).toBe(before);
    pass(20);
    expect(waits()[0]).toEqual(["warn", "há 5 minperto da meta"]);
    pass(5 * 60);
    expect(waits()[0]).toEqual(["over", "há 10 minpassou da meta"]);
    expect(queue.tab?.badge?.()).toEqual({ text: "2", tone: "bad" });
    expect(draws - before).toBeLessThan(16);
  });

  it("goes on by the clock after closing time, in the same colour", () => {
    tell([line("Ana", 4)], { is_open: false });
    pass(3600);
    expect(waits()).toEqual([["calm", "há 1 h 04dentro da meta"]]);
    expect(root.textContent).toContain("Fora do horário");
  });

  it("moves nothing under the person's hand", () => {
    tell([line("Ana", 2), line("Bia", 1)]);
    const list = root.querySelector(".queue-lines") as Element;
    trusted("pointermove", list);
    tell([line("Caio", 3), line("Bia", 1)]);
    expect(names()).toEqual(["Ana", "Bia", "Caio"]);
    expect(waits()[0]?.[1]).toBe("Já não espera");
    trusted("pointerleave", list);
    expect(names()).toEqual(["Caio", "Bia"]);
  });

  it("shows what customers write as words alone", () => {
    tell([line("<b>Ana</b>", 1, { text: "<img src=x onerror=1>" })]);
    expect(root.querySelector("img, b")).toBeNull();
    expect(all("bdi").map((one) => one.textContent)).toEqual(["<b>Ana</b>", "<img src=x onerror=1>"]);
  });
});

describe("a click", () => {
  it("points, and says how it ended", async () => {
    tell([line("Ana", 1, { twin: 1 })]);
    trusted("click", all(".queue-line")[0] as Element);
    expect(aims).toEqual([{ title: "Ana", twin: 1, text: "Ana disse" }]);
    expect(said()).toBe("Procurando Ana na lista…");
    answer("missing");
    await vi.advanceTimersByTimeAsync(0);
    expect(said()).toBe("Role a lista até Ana.");
    pass(11);
    expect(said()).toBe("Clique para ver onde está na lista. Você abre.");
  });

  it("of a script does nothing", () => {
    tell([line("Ana", 1)]);
    trusted("click", all(".queue-line")[0] as Element, false);
    expect(aims).toEqual([]);
  });

  it("is forgotten where the person's own hand goes first, and the ring leaves when a chat is opened", async () => {
    tell([line("Ana", 1)]);
    trusted("click", all(".queue-line")[0] as Element);
    answer("dropped");
    await vi.advanceTimersByTimeAsync(0);
    expect(said()).toContain("Clique para ver");
    queue.chatChanged?.(2);
    expect(left).toBe(1);
  });
});
