/** The screens of the page and what lies over them. */
import { useCallback, useEffect } from "react";
import styles from "./app.module.css";
import { testId, useWorld } from "./context";
import { Conversation, Intro } from "./conversation";
import { CodeScreen, NumberScreen } from "./pairing";
import { ConflictPopup, News, ReloadPopup } from "./popup";
import { BanScreen, LockScreen, UnsupportedScreen } from "./screens";
import { Rail, Side } from "./sidebar";
import { LogoutScreen, QrScreen, SyncScreen } from "./startup";
import type { Screen } from "./types";

function MainScreen() {
  const { model, markup } = useWorld();
  const chat = model.openChat === null ? null : (model.chats.get(model.openChat) ?? null);
  const unread = model.unreadChats();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) WhatsApp` : "WhatsApp";
  }, [unread]);
  return (
    <div {...testId(markup, "wa-web-main-screen")} className={styles.screen}>
      <Rail />
      <div {...testId(markup, "drawer-left")} />
      <div {...testId(markup, "drawer-middle")} />
      <div {...testId(markup, "drawer-fullscreen")} />
      <Side />
      {chat ? <Conversation key={model.openings} chat={chat} /> : <Intro />}
      <div {...testId(markup, "drawer-right")} />
      {model.dialog ? <News /> : null}
      {model.forcedReload ? <ReloadPopup /> : null}
    </div>
  );
}

interface ScreenProps {
  screen: Screen;
  show: (screen: Screen) => void;
}

function Shown({ screen, show }: ScreenProps) {
  const toReady = useCallback(() => show("ready"), [show]);
  const toCode = useCallback(() => show("qr"), [show]);
  switch (screen) {
    case "bootstrap":
      return null;
    case "qr":
    case "qr_expired":
      return <QrScreen expired={screen === "qr_expired"} show={show} />;
    case "pairing_entry":
      return <NumberScreen onNumber={() => show("pairing")} />;
    case "pairing":
      return <CodeScreen />;
    case "syncing":
      return <SyncScreen onDone={toReady} />;
    case "ready":
      return <MainScreen />;
    case "conflict":
      return <ConflictPopup onUse={toReady} />;
    case "temp_ban":
      return <BanScreen />;
    case "screen_lock":
      return <LockScreen onUnlock={toReady} />;
    case "logging_out":
      return <LogoutScreen onDone={toCode} />;
    case "unsupported":
      return <UnsupportedScreen />;
  }
}

export function App(props: ScreenProps) {
  const { model } = useWorld();
  const theme = model.theme;
  useEffect(() => {
    document.body.classList.toggle("dark", theme === "dark");
  }, [theme]);
  // Another generation or language is another page: no node of the old markup lives on, not even a memoised row.
  const { generation, language, clock } = model.options;
  return <Shown key={`${generation} ${language} ${clock}`} {...props} />;
}
