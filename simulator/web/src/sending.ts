/** The only way a message leaves the composer. Whoever caused it, it is written down. */
import { freshId } from "./identity";
import type { Model } from "./model";
import type { StandIn } from "./standin";
import type { Send, Status } from "./types";

/** How long after sending the server and then the customer's phone answer, in milliseconds. */
const ANSWERS: [Status, number][] = [
  ["sent", 250],
  ["delivered", 700],
];

type Sending = Pick<Send, "chat" | "text" | "trusted" | "via">;

export function sendMessage(model: Model, standin: StandIn, sending: Sending): void {
  const at = Date.now();
  const by = standin.whoSends(sending.text, sending.trusted);
  const id = freshId();
  model.commit({ op: "send", ...sending, title: model.chat(sending.chat).title, at, by });
  model.commit({
    op: "message",
    message: {
      id,
      chat: sending.chat,
      direction: "out",
      kind: "text",
      text: sending.text,
      at,
      status: "pending",
    },
  });
  settle(model, sending.chat, id);
}

function settle(model: Model, chat: string, id: string): void {
  for (const [status, after] of ANSWERS)
    setTimeout(() => model.commit({ op: "status", chat, id, status }), after);
}

/** After a reload, what was still on its way goes on. */
export function settlePending(model: Model): void {
  for (const chat of model.chats.values())
    for (const message of chat.messages) if (message.status === "pending") settle(model, chat.id, message.id);
}
