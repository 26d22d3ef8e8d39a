import { beforeEach, describe, expect, it } from "vitest";
import type { FrameBody } from "../src/bridge";
import type { OpenChat } from "../src/contract.gen";
import { isTypingNotice } from "../src/labels";
import { createRegistry } from "../src/registry";
import { isTyping, Typing } from "../src/typing";
import { type Generation, page, parse } from "./page";

const ANA: OpenChat = { token: 1, title: "Ana", is_group: false, phone: null };
const BIA: OpenChat = { token: 2, title: "Bia", is_group: false, phone: null };
const registry = createRegistry();
const shows = (subtitle: string, generation: Generation = "2026") =>
  parse(page({ generation, ...(subtitle ? { subtitle } : {}) }));

it.each([
  ["digitando…", true],
  ["\u200edigitando...", true],
  ["gravando áudio…", true],
  ["Carla está digitando…", true],
  ["typing…", true],
  ["recording audio…", true],
  ["Carla is typing…", true],
  ["escribiendo…", true],
  ["online", false],
  ["visto por último hoje às 10:32", false],
  ["Ana, Bia, Você", false],
  ["Clube da Digitando, Você", false],
  ["", false],
])("'%s' says that somebody types: %s", (words, says) => {
  expect(isTypingNotice(words)).toBe(says);
});

it.each(["2026", "2025"] as const)("is read from the header of %s", (generation) => {
  expect(isTyping(shows("digitando…", generation), registry)).toBe(true);
  expect(isTyping(shows("online", generation), registry)).toBe(false);
  expect(isTyping(shows("", generation), registry)).toBe(false);
});

describe("frames", () => {
  let frames: FrameBody[];
  let now: number;
  let typing: Typing;
  const look = (subtitle: string, chat: OpenChat | null = ANA) => typing.look(shows(subtitle), chat);

  beforeEach(() => {
    frames = [];
    now = 1_000;
    typing = new Typing(
      registry,
      (frame) => frames.push(frame),
      () => now,
    );
  });

  it("come once for each start", () => {
    look("online");
    look("digitando…");
    look("digitando…");
    expect(frames).toEqual([{ kind: "typing", chat_token: 1 }]);
  });

  it("come at most every five seconds", () => {
    look("digitando…");
    for (now of [2_000, 5_900]) {
      look("online");
      look("digitando…");
    }
    expect(frames).toHaveLength(1);
    look("online");
    now = 6_000;
    look("gravando áudio…");
    expect(frames).toHaveLength(2);
  });

  it("come for the next chat without waiting, and never without one", () => {
    look("digitando…");
    look("digitando…", BIA);
    look("digitando…", null);
    expect(frames.map((frame) => frame.kind === "typing" && frame.chat_token)).toEqual([1, 2]);
  });
});
