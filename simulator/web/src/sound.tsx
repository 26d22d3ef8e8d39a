/** Recordings: a voice note, with the face of who spoke, and a file of sound. Mounted late by the caller. */
import { testId, usePage } from "./context";
import { Icon } from "./icons";
import { hash } from "./identity";
import styles from "./media.module.css";
import { avatarColour, initials } from "./pictures";
import type { Message } from "./types";
import { duration } from "./when";

/** The player. Both kinds are labelled as a voice message. There is no `<audio>` until someone plays it. */
function Player({ message }: { message: Message }) {
  const { labels, markup } = usePage();
  const total = duration(message.seconds ?? 0);
  const bars = Array.from({ length: 38 }, (_, bar) => 4 + (hash(`${message.id}${bar}`) % 18));
  return (
    <>
      <button type="button" className={styles.play} aria-label={labels.playVoice}>
        <span data-icon="audio-play" aria-hidden="true" {...testId(markup, "audio-play")}>
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
    </>
  );
}

export function Voice({ message, from }: { message: Message; from: string }) {
  const { labels, markup } = usePage();
  return (
    <div className={styles.voice}>
      <div className={styles.voiceFace} style={{ background: avatarColour(from) }}>
        {initials(from)}
        <span aria-label={labels.voiceMessage}>
          <span data-icon="ptt-status" className={styles.voiceMark} {...testId(markup, "ptt-status")}>
            <Icon name="mic" size={16} fill />
          </span>
        </span>
      </div>
      <Player message={message} />
    </div>
  );
}

export function Sound({ message }: { message: Message }) {
  const { markup } = usePage();
  return (
    <div className={styles.voice}>
      <div className={styles.voiceFace} style={{ background: "var(--green)" }}>
        <span data-icon="audio-file" {...testId(markup, "audio-file")}>
          <Icon name="audio" size={22} />
        </span>
      </div>
      <Player message={message} />
    </div>
  );
}
