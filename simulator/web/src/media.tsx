/** Pictures and films in a bubble: photographs, albums, videos, GIFs, stickers. Mounted late by the caller. */
import { testId, usePage } from "./context";
import { Icon } from "./icons";
import { FEWEST_TILES } from "./identity";
import styles from "./media.module.css";
import { photograph, stickerPicture, thumbnail, useBlob } from "./pictures";
import type { Message } from "./types";
import { duration } from "./when";

export function Photograph({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  const full = useBlob(photograph(message.id));
  return (
    <div
      role="button"
      className={styles.photo}
      aria-label={labels.openPicture}
      {...testId(markup, "image-thumb")}
    >
      <div {...testId(markup, "media-url-provider")}>
        <img alt="" className={styles.thumb} src={thumbnail(message.id)} />
        {full ? <img alt={message.text} className={styles.full} src={full} /> : null}
      </div>
    </div>
  );
}

/** Several pictures in one row; those beyond the fourth are only counted. */
export function Album({ message }: { message: Message }) {
  const { markup } = usePage();
  const tiles = message.tiles ?? FEWEST_TILES;
  return (
    <div className={styles.album} {...testId(markup, "media-album")}>
      {Array.from({ length: Math.min(tiles, 4) }, (_, tile) => (
        <div
          key={String(tile)}
          style={{
            gridArea: `${1 + (tile >> 1)} / ${1 + (tile & 1)} / ${2 + (tile >> 1)} / ${2 + (tile & 1)}`,
          }}
        >
          <Photograph message={{ ...message, id: `${message.id}${tile}`, text: "" }} />
          {tile === 3 && tiles > 4 ? <span className={styles.moreTiles}>+{tiles - 4}</span> : null}
        </div>
      ))}
    </div>
  );
}

export function Video({ message }: { message: Message }) {
  const { markup } = usePage();
  return (
    <div className={styles.photo} {...testId(markup, "video-content")}>
      <div className={styles.full} style={{ backgroundImage: `url("${photograph(message.id)}")` }} />
      <span
        className={styles.playOver}
        data-icon="media-play"
        aria-hidden="true"
        {...testId(markup, "media-play")}
      >
        <Icon name="play" fill />
      </span>
      {message.seconds === undefined ? null : (
        <div className={styles.length}>
          <span data-icon="msg-video" aria-hidden="true" />
          {duration(message.seconds)}
        </div>
      )}
    </div>
  );
}

export function Gif({ message }: { message: Message }) {
  const { markup } = usePage();
  return (
    <div className={styles.photo} {...testId(markup, "video-content")}>
      <div className={styles.full} style={{ backgroundImage: `url("${photograph(message.id)}")` }} />
      <div role="button" className={styles.playOver} {...testId(markup, "media-state-gif-icon")}>
        <span data-icon="media-gif" {...testId(markup, "media-gif")}>
          GIF
        </span>
      </div>
    </div>
  );
}

export function Sticker({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  const url = useBlob(stickerPicture(message.id));
  return (
    <div
      className={styles.sticker}
      {...testId(markup, "media-sticker")}
      role="button"
      aria-label={labels.sticker}
    >
      {url ? <img alt="" src={url} draggable={false} /> : null}
    </div>
  );
}
