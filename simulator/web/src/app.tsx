/** The screens of the page and what lies over them. */
import { useEffect } from "react";
import styles from "./app.module.css";
import { testId, useWorld } from "./context";
import { Conversation, Intro } from "./conversation";
import { Rail, Side } from "./sidebar";
import { QrScreen, SyncScreen } from "./startup";
import type { Screen } from "./types";

function Dialog() {
  const { labels, standin, modern } = useWorld();
  return (
    <div className={styles.veil} data-animate-modal-popup="true">
      <div
        role="dialog"
        aria-modal="true"
        aria-label={labels.dialogTitle}
        className={styles.dialog}
        {...testId(modern, "popup-contents")}
      >
        <h1>{labels.dialogTitle}</h1>
        <p>{labels.dialogText}</p>
        <button type="button" aria-label={labels.close} onClick={() => standin.setDialog(false)}>
          {labels.close}
        </button>
      </div>
    </div>
  );
}

function MainScreen() {
  const { model, modern } = useWorld();
  const chat = model.openChat === null ? null : (model.chats.get(model.openChat) ?? null);
  const unread = model.unreadChats();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) WhatsApp` : "WhatsApp";
  }, [unread]);
  return (
    <div {...testId(modern, "wa-web-main-screen")} className={styles.screen}>
      <Rail />
      <div {...testId(modern, "drawer-left")} />
      <div {...testId(modern, "drawer-middle")} />
      <div {...testId(modern, "drawer-fullscreen")} />
      <Side />
      {chat ? <Conversation key={model.openings} chat={chat} /> : <Intro />}
      <div {...testId(modern, "drawer-right")} />
      {model.dialog ? <Dialog /> : null}
    </div>
  );
}

export function App({ screen, show }: { screen: Screen; show: (screen: Screen) => void }) {
  const { model } = useWorld();
  const theme = model.theme;
  useEffect(() => {
    document.body.classList.toggle("dark", theme === "dark");
  }, [theme]);
  switch (screen) {
    case "bootstrap":
      return null;
    case "qr":
      return <QrScreen onScanned={() => show("syncing")} />;
    case "syncing":
      return <SyncScreen onDone={() => show("ready")} />;
    case "ready":
      return <MainScreen />;
  }
}
