import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Differ, HOLD_MS, type WindowRow } from "../src/changes";
import type { Row, RowChange } from "../src/contract.gen";

const seen = () => 7;

function message(id: string, parts: Partial<Row> = {}): WindowRow {
  const row: Row = {
    id,
    kind: "text",
    direction: "in",
    author: "Maria",
    text: `text of ${id}`,
    time: "20:31",
    date: "2026-07-11",
    status: null,
    quoted: null,
    edited: false,
    forwarded: false,
    truncated: false,
    reactions: [],
    file_name: null,
    ...parts,
  };
  return { id, row };
}

const gone = (id: string): WindowRow => ({ id, row: null });
const named = (ids: readonly string[]) => ids.map((id) => message(id));
const brief = (changes: readonly RowChange[]) => changes.map(({ change, row }) => `${change} ${row.id}`);

/** A differ whose baseline is the given rows. */
function opened(rows: readonly WindowRow[]): Differ {
  const differ = new Differ();
  differ.diff(rows, 0, seen);
  differ.settle(rows.map(({ id }) => id));
  return differ;
}

describe("Differ", () => {
  it("tells reactions, and their going only when they stay away", () => {
    const differ = opened(named(["A"]));
    const loved = message("A", { reactions: ["❤️"] });
    expect(brief(differ.diff([loved], 10, seen))).toEqual(["reaction A"]);
    expect(differ.diff(named(["A"]), 20, seen)).toEqual([]);
    expect(differ.nextDeadline(20)).toBe(HOLD_MS);
    expect(differ.diff([loved], 30, seen)).toEqual([]);
    expect(differ.nextDeadline(30)).toBeNull();
    expect(differ.diff(named(["A"]), 40, seen)).toEqual([]);
    const [change] = differ.diff(named(["A"]), 40 + HOLD_MS, seen);
    expect(change).toMatchObject({ change: "reaction", row: { reactions: [] } });
  });

  it("tells a deletion as one", () => {
    const differ = opened(named(["A"]));
    const changes = differ.diff([message("A", { kind: "deleted", text: null })], 10, seen);
    expect(brief(changes)).toEqual(["deleted A"]);
  });

  it("sends what was there as baseline, at once, and what comes below it as new", () => {
    const differ = new Differ();
    expect(brief(differ.diff(named(["b", "c"]), 0, seen))).toEqual(["baseline b", "baseline c"]);
    expect(brief(differ.diff(named(["a", "b", "c"]), 100, seen))).toEqual(["baseline a"]);
    differ.settle(["a", "b", "c"]);
    expect(brief(differ.diff(named(["a", "b", "c", "d", "e"]), 900, seen))).toEqual(["new d", "new e"]);
    expect(differ.diff(named(["a", "b", "c", "d", "e"]), 950, seen)).toEqual([]);
  });

  it("calls rows above the tail history, whether loaded or scrolled to", () => {
    const differ = opened(named(["d", "e"]));
    expect(brief(differ.diff(named(["b", "c", "d", "e"]), 1, seen))).toEqual(["history b", "history c"]);
  });

  it("finds no new row when rows were trimmed at the end and come back", () => {
    const ids = Array.from({ length: 60 }, (_, i) => `m${i + 40}`);
    const differ = opened(named(ids));
    const older = Array.from({ length: 40 }, (_, i) => `m${i}`);
    const up = differ.diff(named([...older, ...ids.slice(0, 40)]), 1, seen);
    expect(up.every(({ change }) => change === "history")).toBe(true);
    expect(differ.diff(named(ids), 2, seen)).toEqual([]);
    expect(brief(differ.diff(named([...ids, "n"]), 3, seen))).toEqual(["new n"]);
  });

  it("still finds new rows after the tail was deleted", () => {
    const differ = opened(named(["a", "b", "c"]));
    expect(differ.diff(named(["a", "b"]), 1, seen)).toEqual([]);
    expect(brief(differ.diff(named(["a", "b", "d"]), 2, seen))).toEqual(["new d"]);
  });

  it("finds a customer's row that is put above our own pending one", () => {
    const differ = opened(named(["a"]));
    const ours = message("o", { direction: "out", status: "pending" });
    expect(brief(differ.diff([message("a"), ours], 1, seen))).toEqual(["new o"]);
    expect(brief(differ.diff([message("a"), message("n"), ours], 2, seen))).toEqual(["new n"]);
  });

  it("takes the first row of an empty chat as new once the chat has settled", () => {
    const differ = opened([]);
    expect(brief(differ.diff(named(["a"]), 1, seen))).toEqual(["new a"]);
  });

  it("tells edits, deletions, arrivals and status apart", () => {
    const differ = opened([
      message("a"),
      message("b", { direction: "out", status: "sent" }),
      message("w", { kind: "waiting", text: null }),
    ]);
    const next = [
      message("a", { text: "better", edited: true }),
      message("b", { direction: "out", status: "read" }),
      message("w", { text: "at last" }),
    ];
    expect(brief(differ.diff(next, 9_000, seen))).toEqual(["edited a", "status b", "edited w"]);
    const deleted = differ.diff(
      [message("a", { kind: "deleted", text: null }), ...next.slice(1)],
      9_001,
      seen,
    );
    expect(deleted).toEqual([
      {
        change: "deleted",
        row: { ...(message("a").row as Row), kind: "deleted", text: null, edited: true },
        seen_ms: 7,
      },
    ]);
  });

  it("never forgets what it knew when a row shows less", () => {
    const differ = opened([message("a", { direction: "out", status: "read" })]);
    const less = message("a", {
      direction: "unknown",
      author: null,
      text: null,
      time: null,
      date: null,
      status: null,
    });
    expect(differ.diff([less], 1, seen)).toEqual([]);
    expect(differ.diff([gone("a")], 2, seen)).toEqual([]);
    expect(differ.diff([message("a", { kind: "unknown", text: null })], 3, seen)).toEqual([]);
    expect(differ.diff([message("a", { direction: "out", status: "read" })], 4, seen)).toEqual([]);
  });

  it("holds an unrecognised row back, then sends it as it is, and again when it is clear", () => {
    const differ = opened(named(["a"]));
    const dark = message("v", { kind: "unknown", text: null });
    expect(differ.diff([message("a"), dark], 100, seen)).toEqual([]);
    expect(differ.nextDeadline(600)).toBe(HOLD_MS - 500);
    expect(brief(differ.diff([message("a"), dark], 100 + HOLD_MS, seen))).toEqual(["new v"]);
    expect(differ.nextDeadline(5_000)).toBeNull();
    const clear = message("v", { kind: "voice", text: null });
    expect(brief(differ.diff([message("a"), clear], 5_000, seen))).toEqual(["settled v"]);
  });

  it("sends a row once when it becomes clear in time", () => {
    const differ = opened(named(["a"]));
    differ.diff([message("a"), message("v", { kind: "unknown", text: null })], 100, seen);
    const changes = differ.diff([message("a"), message("v", { kind: "voice", text: null })], 300, seen);
    expect(brief(changes)).toEqual(["new v"]);
  });

  it("takes late children for no edit", () => {
    const differ = opened(named(["a"]));
    differ.diff([message("a"), message("p", { text: "olha" })], 100, seen);
    expect(
      brief(differ.diff([message("a"), message("p", { kind: "image", text: "olha" })], 400, seen)),
    ).toEqual(["settled p"]);
    const directed = opened([message("d", { direction: "unknown" })]);
    expect(brief(directed.diff([message("d")], 1, seen))).toEqual(["settled d"]);
    const longer = opened([message("l", { text: "beg", truncated: true })]);
    expect(brief(longer.diff([message("l", { text: "begun" })], 1, seen))).toEqual(["settled l"]);
  });

  it("reads a row that was virtualised when the chat was opened as history", () => {
    const differ = opened([gone("a"), message("b"), gone("c")]);
    expect(brief(differ.diff([message("a"), message("b"), message("c")], 1, seen))).toEqual([
      "history a",
      "history c",
    ]);
  });

  it("finds exactly the appended rows new, however the page scrolls, trims and re-mounts", () => {
    const step = fc.record({
      arrive: fc.integer({ min: 0, max: 4 }),
      up: fc.integer({ min: 0, max: 30 }),
      hidden: fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 10 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.array(step, { maxLength: 25 }), (start, steps) => {
        const chat = Array.from({ length: start }, (_, i) => `m${i}`);
        const view = (end: number) => chat.slice(Math.max(0, end - 100), end);
        const differ = opened(named(view(chat.length)));
        const arrived: string[] = [];
        const sent: string[] = [];
        const firsts = new Set(view(chat.length));
        let now = 1;
        const look = (end: number, hidden: readonly number[]) => {
          const rows = view(end).map((id, i) =>
            hidden.includes(i) && arrived.includes(id) === false ? gone(id) : message(id),
          );
          for (const { change, row } of differ.diff(rows, now, seen)) {
            expect(firsts.has(row.id)).toBe(false);
            firsts.add(row.id);
            if (change === "new") sent.push(row.id);
            else expect(change).toBe("history");
          }
          now += 100;
        };
        for (const { arrive, up, hidden } of steps) {
          // The page is at the bottom when messages come; then it is scrolled up, and down again.
          for (let i = 0; i < arrive; i += 1) {
            const id = `n${arrived.length}`;
            arrived.push(id);
            chat.push(id);
          }
          look(chat.length, hidden);
          look(Math.max(1, chat.length - up), hidden);
          look(chat.length, []);
        }
        expect(sent).toEqual(arrived);
      }),
      { numRuns: 150 },
    );
  });
});
