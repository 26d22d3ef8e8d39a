/** What a bubble holds besides text: photographs, voice notes, stickers, documents. Mounted late by the caller. */
import { useEffect, useState } from "react";
import { cx, testId, usePage } from "./context";
import { Icon } from "./icons";
import { hash } from "./identity";
import styles from "./media.module.css";
import { avatarColour, initials, photograph, stickerPicture, thumbnail } from "./pictures";
import type { Message } from "./types";
import { duration } from "./when";

/** A `blob:` address for a drawing, as the page has for every downloaded file. */
function useBlob(dataUrl: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const body = decodeURIComponent(dataUrl.slice(dataUrl.indexOf(",") + 1));
    const made = URL.createObjectURL(new Blob([body], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [dataUrl]);
  return url;
}

export function Photograph({ message }: { message: Message }) {
  const { labels, modern } = usePage();
  const full = useBlob(photograph(message.id));
  return (
    <div
      role="button"
      className={styles.photo}
      aria-label={labels.openPicture}
      {...testId(modern, "image-thumb")}
    >
      <div {...testId(modern, "media-url-provider")}>
        <img alt="" className={styles.thumb} src={thumbnail(message.id)} />
        {full ? <img alt={message.text} className={styles.full} src={full} /> : null}
      </div>
    </div>
  );
}

export function Video({ message }: { message: Message }) {
  const { modern } = usePage();
  return (
    <div className={styles.photo} {...testId(modern, "video-content")}>
      <div className={styles.full} style={{ backgroundImage: `url("${photograph(message.id)}")` }} />
      <span className={styles.playOver} data-icon="media-play" aria-hidden="true">
        <Icon name="play" fill />
      </span>
    </div>
  );
}

/** The player of a voice note. There is no `<audio>` until someone plays it. */
export function Voice({ message, from }: { message: Message; from: string }) {
  const { labels, modern } = usePage();
  const total = duration(message.seconds ?? 0);
  const bars = Array.from({ length: 38 }, (_, bar) => 4 + (hash(`${message.id}${bar}`) % 18));
  return (
    <div className={styles.voice}>
      <div className={styles.voiceFace} style={{ background: avatarColour(from) }}>
        {initials(from)}
        <span aria-label={labels.voiceMessage}>
          <span data-icon="ptt-status" className={styles.voiceMark}>
            <Icon name="mic" size={16} fill />
          </span>
        </span>
      </div>
      <button type="button" className={styles.play} aria-label={labels.playVoice}>
        <span data-icon={modern ? "audio-play" : "audio-play"} aria-hidden="true">
          <Icon name="play" size={24} fill />
        </span>
      </button>
      <div className={styles.wave}>
        <div
          role="slider"
          tabIndex={0}
          aria-valuemin={0}
          aria-valuemax={message.seconds ?? 0}
          aria-valuenow={0}
          aria-valuetext={`0:00/${total}`}
          className={styles.bars}
        >
          {bars.map((height, bar) => (
            <i key={String(bar)} style={{ height }} />
          ))}
        </div>
        <div className={styles.duration} aria-hidden="true">
          {total}
        </div>
      </div>
    </div>
  );
}

export function Sticker({ message }: { message: Message }) {
  const { labels, modern } = usePage();
  const url = useBlob(stickerPicture(message.id));
  return (
    <div
      className={styles.sticker}
      {...testId(modern, "media-sticker")}
      role="button"
      aria-label={labels.sticker}
    >
      {url ? <img alt="" src={url} draggable={false} /> : null}
    </div>
  );
}

export function DocumentCard({ message }: { message: Message }) {
  const { labels, modern } = usePage();
  const name = message.name ?? "arquivo.pdf";
  const extension = name.split(".").at(-1)?.toUpperCase() ?? "";
  return (
    <div
      className={styles.document}
      role="button"
      title={labels.viewFile(name)}
      {...testId(modern, "document-thumb")}
    >
      <span data-icon={`document-${extension}-icon`} aria-hidden="true">
        <Icon name="document" size={32} />
      </span>
      <div>
        <span dir="auto" className={styles.documentName}>
          {name}
        </span>
        <div className={styles.small}>
          <span title={extension}>{extension}</span> • <span title="48 kB">48 kB</span>
        </div>
      </div>
    </div>
  );
}

export function ContactCard({ message }: { message: Message }) {
  const { modern, labels } = usePage();
  return (
    <div {...testId(modern, "vcard-msg")}>
      <div className={styles.document} role="button">
        <Icon name="contact" size={32} />
        <span dir="auto">{message.name ?? ""}</span>
      </div>
      <div className={styles.cardAction} role="button">
        {labels.writeTo}
      </div>
    </div>
  );
}

export function LocationCard({ message }: { message: Message }) {
  const { modern } = usePage();
  const at = `${-(20 + (hash(message.id) % 900) / 100)},${-(40 + (hash(message.id) % 700) / 100)}`;
  return (
    <a
      className={cx(styles.document, styles.map)}
      {...testId(modern, "location-msg")}
      href={`https://maps.google.com/maps?q=${encodeURIComponent(at)}&z=17`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <Icon name="location" size={36} />
    </a>
  );
}
