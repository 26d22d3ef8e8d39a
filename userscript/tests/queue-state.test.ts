import { describe, expect, it } from "vitest";
import type { QueueCommand, QueueLine } from "../src/contract.gen";
import * as queue from "../src/overlay/queue/state";
import { QUEUE } from "../src/overlay/queue/words";

const NOW = Date.parse("2026-11-20T18:00:00Z");
const MINUTE = 60_000;

function line(title: string, minutes: number | null = 1, parts: Partial<QueueLine> = {}): QueueLine {
  const since = minutes === null ? null : new Date(NOW - minutes * MINUTE).toISOString();
  return {
    title,
    twin: 0,
    unread: 1,
    text: "oi",
    waits_since: since,
    at_least: false,
    waited_s: minutes === null ? null : minutes * 60,
    sentiment: null,
    intent: null,
    is_group: null,
    ...parts,
  };
}

function command(lines: QueueLine[], parts: Partial<QueueCommand> = {}): QueueCommand {
  return { kind: "queue", lines, more: 0, told_ms: NOW, is_open: true, target_s: 600, ...parts };
}

const tell = (state: queue.QueueState, ...lines: QueueLine[]) => queue.told(state, command(lines));
const titles = (state: queue.QueueState) => state.shown.map((one) => one.line.title);

describe("the order", () => {
  it("is the agent's", () => {
    const state = tell(queue.NOBODY_KNOWN, line("Bia"), line("Ana"));
    expect(titles(tell(state, line("Ana"), line("Bia")))).toEqual(["Ana", "Bia"]);
  });

  it("stays while the person's hand is on the list, and who waits no more keeps the place", () => {
    let state = queue.held(tell(queue.NOBODY_KNOWN, line("Ana"), line("Bia"), line("Caio")), NOW);
    state = tell(state, line("Duda"), line("Caio", 1, { unread: 4 }), line("Ana"));
    expect(titles(state)).toEqual(["Ana", "Bia", "Caio", "Duda"]);
    expect(state.shown.map((one) => one.gone)).toEqual([false, true, false, false]);
    expect(state.shown[2]?.line.unread).toBe(4);
    expect(titles(queue.released(state))).toEqual(["Duda", "Caio", "Ana"]);
  });

  it("is free again some time after the hand's last movement", () => {
    let state = queue.held(tell(queue.NOBODY_KNOWN, line("Ana"), line("Bia")), NOW);
    state = tell(state, line("Bia"), line("Ana"));
    expect(queue.ticked(state, NOW + queue.HOLD_MS - 1)).toBe(state);
    expect(titles(queue.ticked(state, NOW + queue.HOLD_MS))).toEqual(["Bia", "Ana"]);
  });

  it("keeps two chats of one title apart", () => {
    const state = queue.held(tell(queue.NOBODY_KNOWN, line("Ana"), line("Ana", 2, { twin: 1 })), NOW);
    expect(tell(state, line("Ana", 2, { twin: 1 })).shown.map((one) => one.gone)).toEqual([true, false]);
  });
});

describe("the wait", () => {
  it("goes on by itself while it is open, and stands while it is closed", () => {
    const open = command([line("Ana", 4)]);
    const [ana] = open.lines as [QueueLine];
    expect(queue.waitedS(ana, open, NOW + 90_000)).toBe(330);
    expect(queue.waitedS(ana, { ...open, is_open: false }, NOW + 90_000)).toBe(240);
    expect(queue.waitedS(ana, open, NOW - 90_000)).toBe(240);
    expect(queue.elapsedS(ana, NOW + 90_000)).toBe(330);
    expect(queue.elapsedS(line("Ana", null), NOW)).toBeNull();
  });

  it.each([
    [4, "calm"],
    [5, "warn"],
    [9.9, "warn"],
    [10, "over"],
    [null, "calm"],
  ] as const)("of %s minutes is %s", (minutes, tone) => {
    expect(queue.toneOf(line("Ana", minutes), command([]), NOW)).toBe(tone);
  });

  it("is said in words that change once a minute at most", () => {
    const { wait } = QUEUE["pt-BR"];
    const said = [0, 59, 60, 7 * 60 + 59, 3600, 3900, 11 * 3600 + 60, 24 * 3600, 49 * 3600];
    expect(said.map((seconds) => wait(seconds, false))).toEqual([
      "agora",
      "agora",
      "há 1 min",
      "há 7 min",
      "há 1 h",
      "há 1 h 05",
      "há 11 h",
      "há 1 dia",
      "há 2 dias",
    ]);
    expect([30, 420].map((seconds) => wait(seconds, true))).toEqual(["agora", "há mais de 7 min"]);
    expect([QUEUE.en.wait(420, false), QUEUE.es.wait(420, true)]).toEqual(["7 min", "hace más de 7 min"]);
  });
});

describe("the badge", () => {
  const badge = (lines: QueueLine[], parts: Partial<QueueCommand> = {}) =>
    queue.badgeOf(queue.told(queue.NOBODY_KNOWN, command(lines, parts)), NOW);

  it("counts all, and is not there when nobody waits", () => {
    expect(queue.badgeOf(queue.NOBODY_KNOWN, NOW)).toBeNull();
    expect(badge([])).toBeNull();
    expect(badge([line("Ana"), line("Bia")], { more: 3 })).toEqual({ text: "5", tone: "calm" });
    expect(badge([line("Ana")], { more: 99 })?.text).toBe("99+");
  });

  it("warns of who is upset or has waited long, and loudest of who has waited too long", () => {
    expect(badge([line("Ana", 1, { sentiment: "negative" })])?.tone).toBe("warn");
    expect(badge([line("Ana", 6)])?.tone).toBe("warn");
    expect(badge([line("Ana", 6), line("Bia", 11)])?.tone).toBe("bad");
  });
});
