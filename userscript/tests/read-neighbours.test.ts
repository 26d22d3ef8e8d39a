import { describe, expect, it } from "vitest";
import { divider, page, type RowSketch, row } from "./page";
import { only, rowsOf } from "./reading";

describe("direction", () => {
  it("is unknown when two certain signals disagree", () => {
    const sketch: RowSketch = {
      side: "in",
      tail: true,
      sender: "Maria",
      text: "<span>oi</span>",
      status: "read",
    };
    expect(only(sketch)).toMatchObject({ direction: "unknown", status: null });
  });

  it("lets a certain signal beat weak ones", () => {
    expect(
      only({ side: "in", tail: true, label: "you", sender: "Loja", text: "<span>oi</span>" }).direction,
    ).toBe("in");
  });

  it("follows the invisible label, in the page's own language only", () => {
    expect(only({ label: "you", body: "<div data-testid='media-sticker'></div>" }).direction).toBe("out");
    expect(only({ label: "Maria", body: "<div data-testid='media-sticker'></div>" }).direction).toBe("in");
    expect(
      only({ label: "You", body: "<div data-testid='media-sticker'></div>" }, "2026", "pt-BR").direction,
    ).toBe("in");
  });

  it("learns our name from rows of certain direction", () => {
    const rows = rowsOf(
      page({
        rows: [
          row({ id: "A1", side: "out", tail: true, sender: "Loja", text: "<span>1</span>", status: "read" }),
          divider("12/07/2026"),
          row({ id: "A2", sender: "Loja", text: "<span>2</span>" }),
          divider("13/07/2026"),
          row({ id: "A3", sender: "Maria", text: "<span>3</span>" }),
        ],
      }),
    );
    expect(rows.map(({ direction }) => direction)).toEqual(["out", "out", "in"]);
  });

  it("trusts no name that both sides have", () => {
    const rows = rowsOf(
      page({
        rows: [
          row({ id: "A1", side: "out", tail: true, sender: "Ana", text: "<span>1</span>", status: "read" }),
          row({ id: "A2", side: "in", tail: true, sender: "Ana", text: "<span>2</span>" }),
          divider("13/07/2026"),
          row({ id: "A3", sender: "Ana", text: "<span>3</span>", time: "" }),
        ],
      }),
    );
    expect(rows.map(({ direction }) => direction)).toEqual(["out", "in", "unknown"]);
  });

  it("takes a message with a time and no ticks for theirs, when nothing else speaks", () => {
    const sticker = '<div data-testid="media-sticker"></div>';
    expect(only({ body: sticker }).direction).toBe("in");
    expect(only({ body: sticker, status: "pending" }).direction).toBe("out");
    expect(only({ body: sticker, label: "you" }).direction).toBe("out");
    expect(only({ body: sticker, time: "" }).direction).toBe("unknown");
    expect(only({ body: '<span data-icon="recalled"></span>' }).direction).toBe("unknown");
    expect(only({ body: '<div data-testid="call-log-system-message">Ligação de voz</div>' }).direction).toBe(
      "unknown",
    );
  });

  it("continues a run with its author, and no run over a divider or from a sticker", () => {
    const rows = rowsOf(
      page({
        rows: [
          row({
            id: "A1",
            side: "in",
            tail: true,
            author: "Bia",
            body: '<div data-testid="image-thumb"></div>',
          }),
          row({ id: "A2", body: '<div data-testid="image-thumb"></div>' }),
          row({ id: "A3", body: '<div data-testid="media-sticker"></div>', time: "" }),
          row({
            id: "A4",
            side: "in",
            tail: true,
            author: "Bia",
            body: '<div data-testid="image-thumb"></div>',
          }),
          divider("Ontem"),
          row({ id: "A5", body: '<div data-testid="image-thumb"></div>', time: "" }),
        ],
      }),
    );
    expect(rows.map(({ direction }) => direction)).toEqual(["in", "in", "unknown", "in", "unknown"]);
    expect(rows.map(({ author }) => author)).toEqual(["Bia", "Bia", null, "Bia", null]);
  });

  it("takes weak signals that disagree for nothing", () => {
    const rows = rowsOf(
      page({
        rows: [
          row({ id: "A1", side: "out", tail: true, sender: "Loja", text: "<span>1</span>", status: "read" }),
          row({ id: "A2", label: "Maria", sender: "Loja", text: "<span>2</span>" }),
        ],
      }),
    );
    expect(rows[1]?.direction).toBe("unknown");
  });
});

describe("dates", () => {
  const media = (id: string) =>
    row({ id, side: "in", tail: true, body: '<div data-testid="image-thumb"></div>' });
  const text = (id: string, when: string) =>
    row({ id, side: "in", tail: true, sender: "M", when, text: "<span>x</span>" });

  it("come from the divider, and from dated rows beside", () => {
    const rows = rowsOf(
      page({
        rows: [
          divider("12/07/2026"),
          media("A1"),
          divider("13/07/2026"),
          media("A2"),
          text("A3", "[10:00, 13/07/2026]"),
        ],
      }),
    );
    expect(rows.map(({ date }) => date)).toEqual(["2026-07-12", "2026-07-13", "2026-07-13"]);
  });

  it("stay right after midnight, while the page still calls yesterday today", () => {
    const voice = (id: string, time: string) =>
      row({ id, time, body: "<button aria-label='Reproduzir mensagem de voz'></button>" });
    const at = (list: string[], now: Date) => rowsOf(page({ rows: list }), now).map(({ date }) => date);
    const night = new Date(2026, 6, 15, 0, 5);
    const late = [divider("Hoje"), voice("A1", "00:01"), voice("A2", "23:58")];
    expect(at(late, night)).toEqual(["2026-07-14", "2026-07-14"]);
    expect(at([...late, voice("A3", "00:04")], night)).toEqual(["2026-07-14", "2026-07-14", "2026-07-15"]);
    expect(at([...late, divider("Hoje"), voice("A3", "00:04")], night).at(-1)).toBe("2026-07-15");
    expect(at([divider("Hoje"), voice("A1", "00:01"), divider("Hoje"), voice("A3", "00:04")], night)).toEqual(
      ["2026-07-14", "2026-07-15"],
    );
    const dated = [text("A1", "[23:50, 14/07/2026]"), voice("A2", "23:58"), voice("A3", "00:04")];
    expect(at(dated, night)).toEqual(["2026-07-14", "2026-07-14", "2026-07-15"]);
    // Read a week later nothing tells how many midnights lay between them.
    expect(at(dated, new Date(2026, 6, 21, 9, 0)).at(-1)).toBeNull();
  });

  it("of relative dividers need the page's clock, or a dated row under one of them", () => {
    const list = [divider("Ontem"), media("A1"), divider("Hoje"), media("A2")];
    expect(rowsOf(page({ rows: list })).map(({ date }) => date)).toEqual([null, null]);
    const now = new Date(2026, 6, 15, 9, 0);
    expect(rowsOf(page({ rows: list }), now).map(({ date }) => date)).toEqual(["2026-07-14", "2026-07-15"]);
    const dated = rowsOf(page({ rows: [...list, text("A3", "[10:00, 02/08/2026]")] }));
    expect(dated.map(({ date }) => date)).toEqual(["2026-08-01", "2026-08-02", "2026-08-02"]);
  });

  it("read weekdays and written-out days", () => {
    const now = new Date(2026, 6, 15, 9, 0);
    expect(rowsOf(page({ rows: [divider("segunda-feira"), media("A1")] }), now)[0]?.date).toBe("2026-07-13");
    expect(rowsOf(page({ rows: [divider("11 de julho de 2026"), media("A1")] }))[0]?.date).toBe("2026-07-11");
    expect(rowsOf(page({ tongue: "en", rows: [divider("July 11, 2026"), media("A1")] }))[0]?.date).toBe(
      "2026-07-11",
    );
  });

  it("pass no line that is not understood", () => {
    const rows = rowsOf(page({ rows: [text("A1", "[10:00, 13/07/2026]"), divider("Перша"), media("A2")] }));
    expect(rows.map(({ date }) => date)).toEqual(["2026-07-13", null]);
  });

  it("pass the line of unread messages", () => {
    const rows = rowsOf(
      page({ rows: [text("A1", "[10:00, 13/07/2026]"), divider("2 mensagens não lidas"), media("A2")] }),
    );
    expect(rows.map(({ date }) => date)).toEqual(["2026-07-13", "2026-07-13"]);
  });

  it("stay open where day and month could be exchanged", () => {
    const ambiguous = row({
      side: "in",
      tail: true,
      sender: "M",
      when: "[10:00, 10/11/2026]",
      text: "<span>x</span>",
    });
    expect(rowsOf(page({ tongue: "en", rows: [ambiguous] }))[0]?.date).toBeNull();
    const other = row({
      id: "B",
      side: "in",
      tail: true,
      sender: "M",
      when: "[10:01, 13/11/2026]",
      text: "<span>x</span>",
    });
    expect(rowsOf(page({ tongue: "en", rows: [ambiguous, other] })).map(({ date }) => date)).toEqual([
      "2026-11-10",
      "2026-11-13",
    ]);
  });
});
