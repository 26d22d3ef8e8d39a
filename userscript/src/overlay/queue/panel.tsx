/** The list of who waits. */
import type { QueueCommand } from "../../contract.gen";
import type { Look } from "../feature";
import { Face, Icon, type IconName } from "../icons";
import { wordFor } from "../intent-choices";
import type { Texts } from "../texts";
import type { Pointed } from "./point";
import { elapsedS, type QueueState, type ShownLine, type Tone, toneOf, waitedS } from "./state";
import type { QueueWords } from "./words";

/** What came of pointing at a chat. */
export interface Said {
  readonly code: Exclude<Pointed, "dropped"> | "looking";
  readonly key: string;
  readonly title: string;
}

export interface PanelProps {
  readonly state: QueueState;
  readonly said: Said | null;
  readonly words: QueueWords;
  readonly look: Look;
  readonly now: number;
  readonly onPress: (one: ShownLine, event: Event) => void;
  readonly onHand: (event: Event) => void;
  readonly onHandGone: (event: Event) => void;
  readonly listRef: (list: HTMLElement | null) => void;
}

/** Colour is never the only sign. */
const ICONS: Readonly<Record<Tone, IconName>> = { calm: "clock", warn: "hourglass", over: "alert" };

export function QueuePanel(props: PanelProps) {
  const { state, words, now, onHand, onHandGone, listRef } = props;
  const command = state.told;
  if (!command || state.shown.length === 0) {
    const { title, hint } = command ? words.empty : words.starting;
    return (
      <div class="empty">
        <span class="empty-icon">
          <Icon name={command ? "check" : "queue"} size={26} />
        </span>
        <div class="empty-title">{title}</div>
        <div class="empty-hint">{hint}</div>
      </div>
    );
  }
  return (
    <>
      <div class="queue-top">
        <Summary command={command} words={words} />
        <Saying said={props.said} words={words} />
      </div>
      <ul
        class="queue-lines"
        ref={listRef}
        aria-label={words.list}
        onPointerEnter={onHand}
        onPointerMove={onHand}
        onPointerLeave={onHandGone}
      >
        {state.shown.map((one) => (
          <li key={one.key}>
            <Line {...props} one={one} command={command} now={now} />
          </li>
        ))}
      </ul>
      {command.more > 0 && <div class="queue-more">{words.more(command.more)}</div>}
    </>
  );
}

function Summary({ command, words }: { command: QueueCommand; words: QueueWords }) {
  const minutes = (command.target_s / 60).toLocaleString(undefined, { maximumFractionDigits: 1 });
  return (
    <div class="queue-head">
      <span class="queue-count cut">{words.count(command.lines.length + command.more)}</span>
      <span class="queue-target cut">{command.is_open ? words.target(minutes) : words.closed}</span>
    </div>
  );
}

/** Its room is always there: nothing moves when it says something. */
function Saying({ said, words }: { said: Said | null; words: QueueWords }) {
  const sentences = {
    looking: words.looking,
    found: words.found,
    missing: words.missing,
    search: words.searching,
  };
  const [before = "", after = ""] = (said ? sentences[said.code] : words.hint).split("{name}");
  return (
    <div class="queue-say" role="status" data-code={said?.code ?? "hint"}>
      <span class="cut" title={said ? `${before}${said.title}${after}` : words.hint}>
        {before}
        {said && <bdi>{said.title}</bdi>}
        {after}
      </span>
    </div>
  );
}

interface LineProps extends PanelProps {
  readonly one: ShownLine;
  readonly command: QueueCommand;
}

function Line({ one, command, said, words, look, now, onPress }: LineProps) {
  const { line, gone } = one;
  const { texts } = look;
  const tone = toneOf(line, command, now);
  const sentiment = line.sentiment && texts.sentiment[line.sentiment];
  const text = line.text?.replace(/\s+/g, " ").trim() || null;
  return (
    <button
      type="button"
      class="queue-line"
      tabIndex={-1}
      data-tone={tone}
      data-gone={gone}
      aria-current={said?.key === one.key}
      title={tooltip(one, command, words, look, now)}
      onClick={(event: Event) => onPress(one, event)}
    >
      <span class="queue-face" data-sentiment={line.sentiment ?? "none"}>
        {line.sentiment ? <Face sentiment={line.sentiment} /> : <Icon name="person" size={16} />}
      </span>
      <bdi class="queue-name cut">{line.title}</bdi>
      <span class="queue-wait" data-tone={gone ? "calm" : tone}>
        <Icon name={gone ? "check" : ICONS[tone]} size={14} />
        <span>{gone ? words.gone : waitWords(one, words, now)}</span>
        {!gone && <span class="spoken">{words.tone[tone]}</span>}
      </span>
      <span class="queue-said">
        {sentiment && <span class="spoken">{sentiment}</span>}
        {line.is_group && <span class="queue-intent cut">{words.group}</span>}
        {line.intent && <span class="queue-intent cut">{intentWord(line.intent, texts)}</span>}
        <bdi class="queue-words cut">{text ?? words.noWords}</bdi>
        {line.unread !== 0 && (
          <span class="queue-unread">
            <span aria-hidden="true">{unreadSign(line.unread)}</span>
            <span class="spoken">{line.unread === null ? words.marked : words.unread(line.unread)}</span>
          </span>
        )}
      </span>
    </button>
  );
}

/** How long, in words that change once a minute. */
export function waitWords({ line }: ShownLine, words: QueueWords, now: number): string {
  const elapsed = elapsedS(line, now);
  return elapsed === null ? words.unknownWait : words.wait(elapsed, line.at_least);
}

function intentWord(intent: string, texts: Texts): string {
  return wordFor(intent, [], texts.intent).replaceAll("_", " ");
}

function unreadSign(unread: number | null): string {
  return unread === null ? "•" : unread > 99 ? "99+" : String(unread);
}

/** All of it: what is cut, since when, and how much of that was opening time. */
function tooltip(
  { line }: ShownLine,
  command: QueueCommand,
  words: QueueWords,
  { language }: Look,
  now: number,
): string {
  const waited = waitedS(line, command, now);
  const minutes = waited === null ? null : words.counted(String(Math.floor(waited / 60)));
  const since = line.waits_since === null ? null : words.since(moment(line.waits_since, language, now));
  return [line.title, since, minutes, words.show].filter((part) => part !== null).join("\n");
}

function moment(iso: string, language: string, now: number): string {
  const at = new Date(iso);
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  const isToday = at.toDateString() === new Date(now).toDateString();
  return at.toLocaleString(language, isToday ? time : { day: "2-digit", month: "2-digit", ...time });
}
