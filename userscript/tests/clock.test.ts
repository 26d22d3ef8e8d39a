import { describe, expect, it } from "vitest";
import { type DateSample, dateOrder, findDate, isoDate, parseDivider, parseTime } from "../src/clock";

describe("parseTime", () => {
  it.each([
    ["20:31", "20:31"],
    ["8:05", "08:05"],
    ["8:19 PM", "20:19"],
    ["8:19\u202fPM", "20:19"],
    ["8:19\u00a0p.\u00a0m.", "20:19"],
    ["12:05 a. m.", "00:05"],
    ["12:05 AM", "00:05"],
    ["12:05 pm", "12:05"],
    ["下午1:23", "13:23"],
    ["上午12:23", "00:23"],
    ["中午12:01", "12:01"],
    ["晚上10:01", "22:01"],
    ["오후 3:07", "15:07"],
    ["20.31", "20:31"],
    ["٠٨:٣٠ م", "20:30"],
    ["10:05:59", "10:05"],
  ])("%s is %s", (text, expected) => expect(parseTime(text)).toBe(expected));

  it.each(["", "ontem", "25:00", "10:61", "13:00 PM", "1:2"])("%s is none", (text) =>
    expect(parseTime(text)).toBeNull(),
  );
});

describe("dates", () => {
  const sample = (text: string, time = "20:31"): DateSample => {
    const date = findDate(text);
    if (!date) throw new Error(`no date in ${text}`);
    return { date, time };
  };
  const read = (text: string, lang: string | null, time = "20:31") => {
    const one = sample(text, time);
    return isoDate(one.date, dateOrder([one], lang));
  };

  it.each([
    ["11/07/2026", "pt-BR", "2026-07-11"],
    ["11/7/2026", "es", "2026-07-11"],
    ["6/13/2026", null, "2026-06-13"],
    ["13/6/2026", null, "2026-06-13"],
    ["13.06.26", "de", "2026-06-13"],
    ["7/11/2026", "en-US", "2026-07-11"],
    ["7/11/2026", "en-GB", "2026-11-07"],
    ["2026/7/11", "zh-CN", "2026-07-11"],
    ["2026年9月18日", "zh-CN", "2026-09-18"],
    ["2026-07-11", null, "2026-07-11"],
    ["07/07/2026", null, "2026-07-07"],
    ["7/11/2026", null, null],
    ["10/11/2026", "en", null],
    ["31/02/2026", "pt-BR", null],
  ])("%s in %s is %s", (text, lang, expected) => expect(read(text, lang)).toBe(expected));

  it("tell the country of plain English by the way of writing", () => {
    expect(read("7/11/2026", "en", "8:19 PM")).toBe("2026-07-11");
    expect(read("07/11/2026", "en", "20:19")).toBe("2026-11-07");
    expect(read("7/11/2026", "en", "8:19 pm")).toBe("2026-11-07");
    expect(read("7/11/2026", "en", "20:19")).toBeNull();
    expect(read("07/11/2026", "en", "8:19 PM")).toBeNull();
  });

  it("stay open when the page contradicts itself", () => {
    expect(dateOrder([sample("13/06/2026"), sample("06/13/2026")], "pt-BR")).toBeNull();
  });
});

describe("parseDivider", () => {
  it("knows relative days, weekdays, dates and the line of unread messages", () => {
    expect(parseDivider("HOJE", "pt-BR")).toEqual({ kind: "ago", days: 0 });
    expect(parseDivider("Ayer", "es")).toEqual({ kind: "ago", days: 1 });
    expect(parseDivider("terça-feira", "pt-BR")).toEqual({ kind: "weekday", weekday: 2 });
    expect(parseDivider("Sunday", "en")).toEqual({ kind: "weekday", weekday: 0 });
    expect(parseDivider("12/07/2026", "pt-BR")).toMatchObject({ kind: "date" });
    expect(parseDivider("1 de março de 2026", "pt-BR")).toEqual({ kind: "day", day: "2026-03-01" });
    expect(parseDivider("3 mensagens não lidas", "pt-BR")).toEqual({ kind: "unread" });
  });

  it("takes nothing else for a date", () => {
    for (const text of ["", "Maria", "vence 12/07/2026 sem falta", "maio é lindo", "2026", "11 de julho"]) {
      expect(parseDivider(text, "pt-BR")).toBeNull();
    }
  });
});
