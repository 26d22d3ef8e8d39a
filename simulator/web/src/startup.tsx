/** The screens before the chats: the code to scan and the loading of the chats; and the loading of a logout. */
import { useEffect, useRef, useState } from "react";
import styles from "./app.module.css";
import { testId, useWorld } from "./context";
import { Icon } from "./icons";
import { hash } from "./identity";
import type { Screen } from "./types";

const MODULES = 33;
const CELL = 8;

/** A reference as the page has it: `2@`, then base64 parts with commas between. */
function freshReference(): string {
  const part = (bytes: number): string =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
  return `2@${part(96)},${part(32)},${part(32)},${part(32)}`;
}

/** A picture in the manner of a QR code: finders, then modules from the reference. It is not meant to be scanned. */
function draw(canvas: HTMLCanvasElement, reference: string): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#122";
  for (let row = 0; row < MODULES; row++)
    for (let column = 0; column < MODULES; column++)
      if (hash(`${reference}${row},${column}`) % 2) context.fillRect(column * CELL, row * CELL, CELL, CELL);
  for (const [x, y] of [
    [0, 0],
    [MODULES - 7, 0],
    [0, MODULES - 7],
  ] as const) {
    context.fillStyle = "#fff";
    context.fillRect((x - 1) * CELL, (y - 1) * CELL, 9 * CELL, 9 * CELL);
    context.fillStyle = "#122";
    context.fillRect(x * CELL, y * CELL, 7 * CELL, 7 * CELL);
    context.fillStyle = "#fff";
    context.fillRect((x + 1) * CELL, (y + 1) * CELL, 5 * CELL, 5 * CELL);
    context.fillStyle = "#122";
    context.fillRect((x + 2) * CELL, (y + 2) * CELL, 3 * CELL, 3 * CELL);
  }
}

/** An expired code is a screen of its own, so that tests can go there at once; the node is the same one. */
export function QrScreen({ expired, show }: { expired: boolean; show: (screen: Screen) => void }) {
  const { model, labels, modern, markup } = useWorld();
  const { qr_codes, qr_rotate_ms, qr_scan_after_ms } = model.options;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [code, setCode] = useState(() => ({ reference: freshReference(), shown: 1 }));

  useEffect(() => {
    if (canvas.current) draw(canvas.current, code.reference);
    if (expired) return;
    const timer = setTimeout(() => {
      setCode({ reference: freshReference(), shown: code.shown + 1 });
      if (code.shown >= qr_codes) show("qr_expired");
    }, qr_rotate_ms);
    return () => clearTimeout(timer);
  }, [code, expired, qr_codes, qr_rotate_ms, show]);

  useEffect(() => {
    if (qr_scan_after_ms === null) return;
    const timer = setTimeout(() => show("syncing"), qr_scan_after_ms);
    return () => clearTimeout(timer);
  }, [show, qr_scan_after_ms]);

  return (
    <div className={styles.landing}>
      <div className={styles.card}>
        <div>
          <h1>{labels.scanHint}</h1>
          <ol>
            {labels.scanSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <div {...testId(markup, "link-device-qrcode-alt-linking-hint")} className={styles.hint}>
            <button type="button" onClick={() => show("pairing_entry")}>
              {labels.linkByPhone}
            </button>
          </div>
        </div>
        <div {...testId(markup, "link-device-qr-code")} data-ref={code.reference} className={styles.qr}>
          <canvas
            ref={canvas}
            width={MODULES * CELL}
            height={MODULES * CELL}
            role="img"
            aria-label={modern ? "Scan this QR code to link a device!" : "Scan me!"}
            style={{ opacity: expired ? 0.04 : 1 }}
          />
          {expired ? (
            <button
              type="button"
              className={styles.refresh}
              {...testId(markup, "link_device_qr_expired_refresh_button")}
              onClick={() => {
                setCode({ reference: freshReference(), shown: 1 });
                show("qr");
              }}
            >
              <span data-icon={modern ? "refresh" : "refresh-large"} />
              {labels.refreshCode}
            </button>
          ) : null}
        </div>
      </div>
    </div>
  );
}

export function SyncScreen({ onDone }: { onDone: () => void }) {
  const { model, labels, markup } = useWorld();
  const [progress, setProgress] = useState(0);
  const started = useRef(performance.now());

  useEffect(() => {
    const timer = setInterval(
      () => {
        const share = (performance.now() - started.current) / Math.max(1, model.options.sync_ms);
        setProgress(Math.min(100, Math.round(share * 100)));
        if (share >= 1) onDone();
      },
      Math.max(16, model.options.sync_ms / 25),
    );
    return () => clearInterval(timer);
  }, [model, onDone]);

  return (
    <div {...testId(markup, "wa-web-loading-screen")} className={styles.loading}>
      <Icon name="chats" size={64} />
      <div>
        {labels.loadingChats} [{progress}%]
      </div>
      <progress value={progress} max={100} dir="ltr" />
      <div className={styles.lock}>
        <Icon name="lock" size={14} /> {labels.e2eShort}
      </div>
    </div>
  );
}

/** Not the loading screen of the chats: a bar without a value, and no test id that is known. */
export function LogoutScreen({ onDone }: { onDone: () => void }) {
  const { model, labels } = useWorld();
  const { logout_ms } = model.options;
  useEffect(() => {
    const timer = setTimeout(onDone, logout_ms);
    return () => clearTimeout(timer);
  }, [onDone, logout_ms]);
  return (
    <div className={styles.loading}>
      <Icon name="chats" size={64} />
      <div>{labels.loggingOut}</div>
      <progress dir="ltr" />
    </div>
  );
}
