/** Starts the stand-in with the options that `serve.py` left in the document's own scripts. */
import "./page.css";
import { useCallback, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { WorldContext } from "./context";
import { Model } from "./model";
import { settlePending } from "./sending";
import { StandIn } from "./standin";
import type { Options, Screen, Theme } from "./types";

declare global {
  interface Window {
    __standinOptions: Options;
    __standin: StandIn;
  }
}

/** What the browser's profile remembers of a login. */
const LOGGED_IN = "standin-logged-in";

const options = window.__standinOptions;
const model = new Model(options);
const shown = { screen: "bootstrap" as Screen, set: (_: Screen): void => {} };
const standin = new StandIn(
  model,
  (screen) => shown.set(screen),
  () => shown.screen,
);
window.__standin = standin;

function storedTheme(): Theme {
  if (options.theme) localStorage.setItem("theme", JSON.stringify(options.theme));
  return localStorage.getItem("theme") === '"dark"' ? "dark" : "light";
}

function Root() {
  const [screen, setScreen] = useState<Screen>("bootstrap");
  const show = useCallback((next: Screen) => {
    shown.screen = next;
    if (next === "ready") localStorage.setItem(LOGGED_IN, "1");
    else model.open(null, false);
    if (next === "logging_out") localStorage.removeItem(LOGGED_IN);
    setScreen(next);
  }, []);
  shown.set = show;

  useEffect(() => {
    const { start } = options;
    if (start === "bootstrap") return;
    const first = start === "login" ? (localStorage.getItem(LOGGED_IN) ? "syncing" : "qr") : start;
    const timer = setTimeout(() => show(first), options.bootstrap_ms);
    return () => clearTimeout(timer);
  }, [show]);

  // The first screen is part of the HTML itself; it goes when React has something to show.
  useEffect(() => {
    if (screen !== "bootstrap") document.getElementById("wa_web_initial_startup")?.remove();
  }, [screen]);

  return (
    <WorldContext value={{ model, standin }}>
      <App screen={screen} show={show} />
    </WorldContext>
  );
}

model.theme = storedTheme();
document.body.classList.toggle("dark", model.theme === "dark");
settlePending(model);
const mount = document.getElementById("app");
if (mount) createRoot(mount).render(<Root />);
