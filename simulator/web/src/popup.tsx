/** What lies modally over the page. */
import type { ReactNode } from "react";
import styles from "./app.module.css";
import { testId, useWorld } from "./context";

function Modal(props: { name: string; id: string; children: ReactNode }) {
  const { markup } = useWorld();
  return (
    <div className={styles.veil} data-animate-modal-popup="true">
      <div
        role="dialog"
        aria-modal="true"
        aria-label={props.name}
        className={styles.dialog}
        {...testId(markup, props.id)}
      >
        {props.children}
      </div>
    </div>
  );
}

function Control(props: { which: "ok" | "cancel" | "refresh"; name: string; onPress?: () => void }) {
  const { markup } = useWorld();
  return (
    <button
      type="button"
      className={props.which === "cancel" ? styles.quiet : undefined}
      onClick={props.onPress}
      {...testId(markup, `popup-controls-${props.which}`)}
    >
      {props.name}
    </button>
  );
}

/** A dialog that can be closed, such as the news of a version. */
export function News() {
  const { labels, standin } = useWorld();
  return (
    <Modal name={labels.dialogTitle} id="popup-contents">
      <h1>{labels.dialogTitle}</h1>
      <p>{labels.dialogText}</p>
      <button type="button" aria-label={labels.close} onClick={() => standin.setDialog(false)}>
        {labels.close}
      </button>
    </Modal>
  );
}

/** Another window took the account over: nothing of the chats is left here. What "Close" does is not known. */
export function ConflictPopup({ onUse }: { onUse: () => void }) {
  const { labels } = useWorld();
  return (
    <div className={styles.landing}>
      <Modal name={labels.conflictText} id="confirm-popup">
        <p>{labels.conflictText}</p>
        <Control which="ok" name={labels.useHere} onPress={onUse} />
        <Control which="cancel" name={labels.close} />
      </Modal>
    </div>
  );
}

/** This version is too old to go on with. */
export function ReloadPopup() {
  const { labels } = useWorld();
  return (
    <Modal name={labels.reloadTitle} id="confirm-popup">
      <h1>{labels.reloadTitle}</h1>
      <p>{labels.reloadText}</p>
      <Control which="refresh" name={labels.reload} onPress={() => location.reload()} />
    </Modal>
  );
}
