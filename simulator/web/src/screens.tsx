/** The screens that take the chats away: a ban, a lock, a browser that is too old. */
import { useEffect, useState } from "react";
import styles from "./app.module.css";
import { testId, useWorld } from "./context";
import { Icon } from "./icons";

const BAN_SECONDS = 86_400;

function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** No test id of this screen is known: only the text and a time that runs down tell it. */
export function BanScreen() {
  const { labels } = useWorld();
  const [left, setLeft] = useState(BAN_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={styles.landing}>
      <div className={styles.box}>
        <Icon name="recalled" size={56} />
        <h1>{labels.banTitle}</h1>
        <p>{labels.banText}</p>
        <div className={styles.countdown}>{clock(left)}</div>
      </div>
    </div>
  );
}

/** Any password opens it. */
export function LockScreen({ onUnlock }: { onUnlock: () => void }) {
  const { labels, markup } = useWorld();
  const [password, setPassword] = useState("");
  return (
    <div className={styles.landing} {...testId(markup, "lock-screen-landing-window")}>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          if (password) onUnlock();
        }}
      >
        <Icon name="lock" size={56} />
        <h1>{labels.lockTitle}</h1>
        <p>{labels.lockHint}</p>
        <input
          type="password"
          autoComplete="off"
          aria-label={labels.lockPassword}
          placeholder={labels.lockPassword}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <button type="submit">{labels.unlock}</button>
      </form>
    </div>
  );
}

/** The real page may leave for browsers.html instead. */
export function UnsupportedScreen() {
  const { labels } = useWorld();
  return (
    <div className={styles.landing}>
      <div className={styles.box}>
        <Icon name="chats" size={56} />
        <h1>{labels.unsupportedTitle}</h1>
        <p>{labels.unsupportedText}</p>
      </div>
    </div>
  );
}
