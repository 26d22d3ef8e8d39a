/** Read receipts: sent when a chat is open, its bottom in sight and the document has the focus. */
import { useEffect } from "react";
import type { Model } from "./model";

/** The page looks again this often, as focus and scrolling give no single moment. */
const LOOK_MS = 100;

export function useReadReceipts(model: Model, chatId: string, bottomShown: () => boolean): void {
  useEffect(() => {
    const timer = setInterval(() => {
      const chat = model.chats.get(chatId);
      if (!chat || chat.unread === 0 || !bottomShown() || !document.hasFocus()) return;
      const incoming = chat.messages.filter((message) => message.direction === "in");
      model.commit({
        op: "receipt",
        chat: chat.id,
        title: chat.title,
        ids: incoming.slice(-chat.unread).map((message) => message.id),
        at: Date.now(),
        by_trusted_open: model.openedByTrusted,
      });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [model, chatId, bottomShown]);
}
