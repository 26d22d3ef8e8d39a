/** Linking by phone number: the number, then a code of eight letters to type on the phone. */
import { useState } from "react";
import styles from "./app.module.css";
import { testId, useWorld } from "./context";

const LETTERS = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
const LENGTH = 8;

function freshCode(): string[] {
  return [...crypto.getRandomValues(new Uint8Array(LENGTH))].map(
    (value) => LETTERS[value % LETTERS.length] ?? "",
  );
}

export function NumberScreen({ onNumber }: { onNumber: () => void }) {
  const { labels, markup } = useWorld();
  return (
    <div className={styles.landing} {...testId(markup, "link-device-phone-number-entry-screen")}>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          onNumber();
        }}
      >
        <h1>{labels.phoneTitle}</h1>
        <p>{labels.phoneHint}</p>
        <input type="text" inputMode="tel" aria-label={labels.phoneTitle} defaultValue="+55 " />
        <button type="submit" {...testId(markup, "link-device-phone-number-entry-next-button")}>
          {labels.phoneNext}
        </button>
      </form>
    </div>
  );
}

export function CodeScreen() {
  const { labels, markup } = useWorld();
  const [code] = useState(freshCode);
  return (
    <div className={styles.landing} {...testId(markup, "link-device-phone-number-code-view")}>
      <div className={styles.box}>
        <h1>{labels.codeTitle}</h1>
        <p>{labels.codeHint}</p>
        <div data-link-code={code.join(",")} className={styles.code}>
          {code.map((letter, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the letters never move.
            <span key={place}>{letter}</span>
          ))}
        </div>
      </div>
    </div>
  );
}
