import { afterEach, describe, expect, it } from "vitest";
import { choices, localText, sayDate, sayDay, sayWhen } from "../src/overlay/customer/dates";
import { moodEnds, moodLine } from "../src/overlay/customer/mood";
import { sayPhone } from "../src/overlay/customer/phone";
import { CUSTOMER_WORDS } from "../src/overlay/customer/words";
import { textsFor } from "../src/overlay/texts";

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const at = (text: string) => new Date(text);
const offered = (now: string) => choices(at(now)).map(({ name, at: when }) => `${name} ${localText(when)}`);

describe("moments to come back at", () => {
  it("are the usual ones, soonest first", () => {
    expect(offered("2026-11-24T10:00")).toEqual([
      "today 2026-11-24T17:00",
      "tomorrow 2026-11-25T09:00",
      "days 2026-11-27T09:00",
      "monday 2026-11-30T09:00",
    ]);
  });

  it("are none that has nearly passed", () => {
    expect(offered("2026-11-24T16:45")[0]).toBe("today 2026-11-24T17:00");
    expect(offered("2026-11-24T16:46")[0]).toBe("tomorrow 2026-11-25T09:00");
    expect(offered("2026-11-24T23:59")[0]).toBe("tomorrow 2026-11-25T09:00");
    expect(offered("2026-11-25T00:00")[0]).toBe("today 2026-11-25T17:00");
  });

  it("name a moment once: on a Sunday tomorrow is Monday, on a Friday in three days", () => {
    expect(offered("2026-11-22T10:00").map((one) => one.split(" ")[0])).toEqual([
      "today",
      "tomorrow",
      "days",
    ]);
    expect(offered("2026-11-27T10:00").map((one) => one.split(" ")[0])).toEqual([
      "today",
      "tomorrow",
      "days",
    ]);
    expect(offered("2026-11-23T10:00").at(-1)).toBe("monday 2026-11-30T09:00");
  });

  it("are at nine by the clock on the wall over a change to or from summer time", () => {
    process.env.TZ = "America/New_York";
    const spring = choices(at("2026-03-07T20:00:00-05:00"));
    expect(spring[0]?.at.toISOString()).toBe("2026-03-08T13:00:00.000Z");
    const autumn = choices(at("2026-10-31T20:00:00-04:00"));
    expect(autumn[0]?.at.toISOString()).toBe("2026-11-01T14:00:00.000Z");
    process.env.TZ = "America/Sao_Paulo";
    expect(choices(at("2026-11-24T23:30:00-03:00"))[0]?.at.toISOString()).toBe("2026-11-25T12:00:00.000Z");
  });

  it("cross the ends of months and years", () => {
    expect(offered("2026-12-31T18:00")[0]).toBe("tomorrow 2027-01-01T09:00");
    expect(offered("2028-02-28T18:00")[0]).toBe("tomorrow 2028-02-29T09:00");
  });
});

describe("a moment in words", () => {
  const now = at("2026-11-24T23:50");
  it("is near by the calendar, not by the hours", () => {
    expect(sayWhen(at("2026-11-24T17:00"), now, "pt-BR")).toBe("hoje, 17:00");
    expect(sayWhen(at("2026-11-25T00:10"), now, "pt-BR")).toBe("amanhã, 0:10");
    expect(sayDay(at("2026-11-23T23:59"), now, "pt-BR")).toBe("ontem");
    expect(sayDay(at("2026-11-30T09:00"), now, "pt-BR")).toBe("segunda-feira");
    expect(sayDay(at("2026-12-01T09:00"), now, "pt-BR")).toBe("01/12");
    expect(sayDay(at("2025-12-01T09:00"), now, "pt-BR")).toBe("01/12/2025");
    expect(sayDay(at("2026-11-25T09:00"), now, "es")).toBe("mañana");
    expect(sayDay(at("2026-11-25T09:00"), now, "en")).toBe("tomorrow");
  });

  it("takes the day on which summer time begins for one day", () => {
    process.env.TZ = "America/New_York";
    expect(sayDay(at("2026-03-09T00:30:00-04:00"), at("2026-03-08T00:30:00-05:00"), "en")).toBe("tomorrow");
  });
});

describe("a number", () => {
  it.each([
    ["+5511900000012", "(11) 90000-0012"],
    ["+551130000012", "(11) 3000-0012"],
    ["+351912345678", "+351912345678"],
    ["+5511", "+5511"],
  ])("%s is read as %s", (phone, said) => {
    expect(sayPhone(phone)).toBe(said);
  });
});

describe("the mood's line", () => {
  const mood = (...scores: number[]) => scores.map((score, n) => ({ at: `2026-11-20T09:0${n}:00Z`, score }));

  it("goes from the left to the right, bad below and good above", () => {
    expect(moodLine(mood(-1, 0, 1), 108, 38)).toEqual({ path: "M4 34L54 19L104 4", x: 104, y: 4 });
  });

  it("stays in its box, and needs two messages", () => {
    expect(moodLine(mood(-9, 9), 100, 40)?.path).toBe("M4 36L96 4");
    expect([moodLine([], 100, 40), moodLine(mood(1), 100, 40)]).toEqual([null, null]);
  });

  it("is said in words by its ends", () => {
    expect(moodEnds(mood(-0.8, -0.6, 0, 0.5, 0.9))).toEqual({ first: "bad", last: "good" });
    expect(moodEnds(mood(0.1))).toEqual({ first: "calm", last: "calm" });
    expect(moodEnds([])).toBeNull();
  });
});

describe("the texts", () => {
  it("are there in each language, for the same things", () => {
    const keys = (value: unknown, path = ""): string[] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([name, inner]) => keys(inner, `${path}.${name}`))
        : [path];
    const [first, ...others] = Object.values(CUSTOMER_WORDS).map((words) => keys(words).sort());
    for (const other of others) expect(other).toEqual(first);
  });
});

it.each([
  ["pt-BR", "Resposta que Ana enviou em 12/03", "Resposta enviada em 12/03"],
  ["en", "Reply that Ana sent on 03/12", "Reply sent on 03/12"],
  ["es", "Respuesta que Ana envió el 12/3", "Respuesta enviada el 12/3"],
] as const)("says who sent a reply, and on which day, in %s", (language, withName, without) => {
  const { sentBefore } = textsFor(language);
  const day = sayDate("2026-03-12", language);
  expect([sentBefore("Ana", day), sentBefore("", day)]).toEqual([withName, without]);
});
