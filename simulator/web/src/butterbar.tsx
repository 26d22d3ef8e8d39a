/** The strips over the chat list: the connection, an update, a restricted account. */
import { cx, testId, useWorld } from "./context";
import { Icon } from "./icons";
import styles from "./sidebar.module.css";
import type { Bar } from "./types";

/** The picture of an older strip; the newer ones are known by their test id. */
const OLD_ICONS: Record<Bar, string | null> = {
  offline: "alert-computer",
  connecting: null,
  update: "alert-update",
};
const SYMBOLS: Record<Bar, string> = { offline: "recalled", connecting: "ic-schedule", update: "chevron" };

function StateBar({ bar }: { bar: Bar }) {
  const { labels, modern, markup } = useWorld();
  const icon = modern ? null : OLD_ICONS[bar];
  const words = (
    <div>
      <div>{labels.bars[bar]}</div>
      {labels.barHints[bar] ? <div className={styles.butterHint}>{labels.barHints[bar]}</div> : null}
    </div>
  );
  return (
    <div
      className={cx(styles.butter, bar === "update" && styles.butterUpdate)}
      {...testId(markup, bar === "offline" ? "chat-butterbar-offline" : "chat-butterbar")}
    >
      <span aria-hidden="true" {...(icon ? { "data-icon": icon } : {})}>
        <Icon name={SYMBOLS[bar]} size={22} />
      </span>
      {bar === "update" ? (
        <button type="button" onClick={() => location.reload()}>
          {words}
        </button>
      ) : (
        words
      )}
    </div>
  );
}

export function Butterbars() {
  const { model, labels, markup } = useWorld();
  return (
    <>
      {model.bar ? <StateBar bar={model.bar} /> : null}
      {model.restricted ? (
        <div className={styles.butter} {...testId(markup, "reachout-timelock-butterbar")}>
          <span aria-hidden="true">
            <Icon name="lock" size={22} />
          </span>
          <div>{labels.restricted}</div>
        </div>
      ) : null}
    </>
  );
}
