import { describe, expect, test } from "vitest";
import type { TaskCommand } from "../src/contract.gen";
import * as writing from "../src/overlay/writing/state";

const asking = writing.asked(writing.NOTHING, 7, "formal", "oi blz", null);

function answer(fields: Partial<TaskCommand> = {}): TaskCommand {
  return {
    kind: "task",
    ask_id: 1,
    chat_token: 7,
    state: "writing",
    text: "",
    reason: null,
    unanswered: [],
    ...fields,
  };
}

const done = writing.told(asking, answer({ state: "done", text: "Olá, tudo bem?" }));
const pending = writing.using(done);

describe("what can be asked for", () => {
  test.each([
    [null, "noBox"],
    ["", "empty"],
    [" \n ", "empty"],
    ["oi", null],
    ["a".repeat(writing.LONGEST), null],
    ["a".repeat(writing.LONGEST + 1), "long"],
  ])("over %j: %j", (box, why) => expect(writing.obstacle(box)).toBe(why));
});

describe("a wish", () => {
  test("counts up and takes the place of the one before", () => {
    const next = writing.asked(done, 7, "summary", "", "pt");
    expect(next.asked).toMatchObject({ id: 2, task: "summary", phase: "writing", text: "", language: "pt" });
    expect(next.use).toBeNull();
  });

  test("grows, and is done", () => {
    const grown = writing.told(asking, answer({ text: "Olá," }));
    expect(grown.asked).toMatchObject({ phase: "writing", text: "Olá," });
    expect(done.asked).toMatchObject({ phase: "done", text: "Olá, tudo bem?" });
  });

  test.each([
    ["another wish", answer({ ask_id: 2, text: "x" })],
    ["another chat", answer({ chat_token: 8, text: "x" })],
  ])("hears nothing of %s", (_, command) => expect(writing.told(asking, command)).toBe(asking));

  test("that was stopped hears nothing more, and shows nothing of what came", () => {
    const stopped = writing.stopped(writing.told(asking, answer({ text: "Olá," })));
    expect(stopped.asked).toMatchObject({ phase: "stopped", text: "" });
    expect(writing.told(stopped, answer({ state: "done", text: "Olá, tudo bem?" }))).toBe(stopped);
    expect(writing.stopped(stopped)).toBe(stopped);
  });

  test("that failed shows nothing of what came, and says why", () => {
    const grown = writing.told(asking, answer({ text: "Olá," }));
    const failed = writing.told(grown, answer({ state: "failed", text: "Olá,", reason: "unfit" }));
    expect(failed.asked).toMatchObject({ phase: "failed", text: "", reason: "unfit" });
    expect(writing.canUse(failed)).toBe(false);
  });

  test("keeps what is unanswered while the model's words come", () => {
    const open = [{ kind: "text" as const, text: "quanto custa?", at: null }];
    const first = writing.told(asking, answer({ unanswered: open }));
    expect(writing.told(first, answer({ text: "- o preço" })).asked?.unanswered).toEqual(open);
  });

  test("goes with its chat", () => {
    expect(writing.chatChanged(done, 7)).toBe(done);
    expect(writing.chatChanged(pending, 8)).toMatchObject({ asked: null, use: null, last: 1 });
    expect(writing.chatChanged(pending, null).asked).toBeNull();
  });
});

describe("the way into the box", () => {
  test("leads over exactly what the wish was made of", () => {
    expect(writing.canUse(done)).toBe(true);
    expect(pending.use).toEqual({ what: "use", phase: "pending", before: "oi blz", now: "Olá, tudo bem?" });
    expect(writing.using(pending)).toBe(pending);
    expect(writing.canUndo(pending)).toBe(false);
  });

  test("and back, over what stands there", () => {
    const there = writing.ended(pending, "inserted", "Olá, tudo bem? ");
    expect(there.use?.phase).toBe("there");
    expect(writing.canUse(there)).toBe(false);
    const back = writing.undoing(there);
    expect(back.use).toEqual({ what: "undo", phase: "pending", before: "Olá, tudo bem? ", now: "oi blz" });
    expect(writing.ended(back, "inserted", "oi blz").use).toMatchObject({ what: "undo", phase: "there" });
  });

  test("ends where the person has written on; the result may be tried again", () => {
    const moved = writing.ended(pending, "not_there", "oi blz sim");
    expect(moved.use?.phase).toBe("moved");
    expect(writing.canUse(moved)).toBe(true);
    expect(writing.ended(pending, "dialog_open", null).use?.phase).toBe("failed");
    expect(writing.unanswered(pending).use?.phase).toBe("failed");
  });

  test("does not hear notices of other things, or without a wish", () => {
    expect(writing.ended(pending, "corrected", null)).toBe(pending);
    expect(writing.ended(done, "inserted", null)).toBe(done);
  });

  test.each(["summary", "waiting", "translate_in"] as const)("is closed to %s", (task) => {
    const asked = writing.asked(writing.NOTHING, 7, task, "", "pt");
    const told = writing.told(asked, answer({ state: "done", text: "O cliente quer trocar." }));
    expect(writing.canUse(told)).toBe(false);
    expect(writing.using(told)).toBe(told);
  });

  test("is closed to a text that is the same", () => {
    const same = writing.told(asking, answer({ state: "done", text: "oi blz" }));
    expect(writing.canUse(same)).toBe(false);
  });
});
