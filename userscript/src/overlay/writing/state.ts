/** What the person asked the model for, and how far it has come. Pure: no page, no clock. */
import type { InsertCode, Task, TaskCommand, Unanswered } from "../../contract.gen";

/** Longest text of the box that is worked on; the agent has the same bound. */
export const LONGEST = 2_000;

export const OVER_THE_TEXT = ["shorter", "formal", "friendlier", "correct", "translate_out"] as const;
export const ABOUT_THE_TALK = ["summary", "waiting", "translate_in"] as const;
export const INTO = ["pt", "en", "es"] as const;
export type Into = (typeof INTO)[number];

export type Phase = TaskCommand["state"];

/** One wish of the person. */
export interface Asked {
  readonly id: number;
  readonly token: number;
  readonly task: Task;
  readonly language: Into | null;
  /** Exactly what stood in the box; empty where the wish is about the conversation. */
  readonly source: string;
  readonly phase: Phase;
  readonly text: string;
  readonly reason: TaskCommand["reason"];
  readonly unanswered: readonly Unanswered[];
}

/** A result on its way into the box, and how that ended. */
export interface Use {
  readonly what: "use" | "undo";
  /** `there`: it stands in the box. `moved`: the box had changed, and was left alone. */
  readonly phase: "pending" | "there" | "moved" | "failed";
  /** What stood there before, and may be put back. */
  readonly before: string;
  /** What stands there since; as it was read. */
  readonly now: string;
}

export interface WritingState {
  readonly last: number;
  readonly asked: Asked | null;
  readonly use: Use | null;
  readonly model: "off" | "loading" | "ready" | "failed" | null;
}

export const NOTHING: WritingState = { last: 0, asked: null, use: null, model: null };

export function isOverTheText(task: Task): boolean {
  return (OVER_THE_TEXT as readonly Task[]).includes(task);
}

/** Why the tasks over the text cannot be asked for; null: they can. */
export function obstacle(box: string | null): "noBox" | "empty" | "long" | null {
  if (box === null) return "noBox";
  if (box.trim() === "") return "empty";
  return box.length > LONGEST ? "long" : null;
}

/** A new wish; it takes the place of whatever was there. */
export function asked(
  state: WritingState,
  token: number,
  task: Task,
  source: string,
  language: Into | null,
): WritingState {
  const id = state.last + 1;
  const wish = {
    id,
    token,
    task,
    language,
    source,
    phase: "writing",
    text: "",
    reason: null,
    unanswered: [],
  };
  return { ...state, last: id, asked: wish as Asked, use: null };
}

/** What the agent says of it. What is about another wish, another chat or one that ended changes nothing. */
export function told(state: WritingState, command: TaskCommand): WritingState {
  const now = state.asked;
  if (!now || now.id !== command.ask_id || now.token !== command.chat_token || now.phase !== "writing")
    return state;
  const unanswered = command.unanswered.length > 0 ? command.unanswered : now.unanswered;
  const text = command.state === "writing" || command.state === "done" ? command.text : "";
  return { ...state, asked: { ...now, phase: command.state, text, reason: command.reason, unanswered } };
}

/** The person does not want it any more: nothing is left of what came so far. */
export function stopped(state: WritingState): WritingState {
  if (state.asked?.phase !== "writing") return state;
  return { ...state, asked: { ...state.asked, phase: "stopped", text: "" } };
}

/** The result goes away; what is in the box stays. */
export function discarded(state: WritingState): WritingState {
  return { ...state, asked: null, use: null };
}

/** Another chat: nothing of the last one is shown there. */
export function chatChanged(state: WritingState, token: number | null): WritingState {
  return state.asked && state.asked.token !== token ? discarded(state) : state;
}

/** The result may go into the box: it is there, over a text, and not there already. */
export function canUse(state: WritingState): boolean {
  const { asked: now, use } = state;
  const isFree = use === null || (use.phase !== "pending" && use.phase !== "there");
  return now?.phase === "done" && isOverTheText(now.task) && isFree && now.text !== now.source;
}

export function using(state: WritingState): WritingState {
  if (!state.asked || !canUse(state)) return state;
  return {
    ...state,
    use: { what: "use", phase: "pending", before: state.asked.source, now: state.asked.text },
  };
}

/** Whether the former text can be put back. */
export function canUndo(state: WritingState): boolean {
  return state.use?.what === "use" && state.use.phase === "there";
}

export function undoing(state: WritingState): WritingState {
  if (!state.use || !canUndo(state)) return state;
  return { ...state, use: { what: "undo", phase: "pending", before: state.use.now, now: state.use.before } };
}

const ENDS: ReadonlySet<string> = new Set<InsertCode>([
  "inserted",
  "wrong_chat",
  "no_box",
  "box_not_empty",
  "dialog_open",
  "not_there",
  "not_verified",
  "copied",
]).add("not_copied" as InsertCode);

/**
 * How it ended, by the code of the notice; other notices are of something else.
 *
 * @param box what stands in the box now
 */
export function ended(state: WritingState, code: string, box: string | null): WritingState {
  const use = state.use;
  if (use?.phase !== "pending" || !(ENDS.has(code) || code === "stale" || code === "failed")) return state;
  if (code === "inserted") return { ...state, use: { ...use, phase: "there", now: box ?? use.now } };
  return { ...state, use: { ...use, phase: code === "not_there" ? "moved" : "failed" } };
}

/** No answer came: the buttons are free again. */
export function unanswered(state: WritingState): WritingState {
  return state.use?.phase === "pending" ? { ...state, use: { ...state.use, phase: "failed" } } : state;
}
