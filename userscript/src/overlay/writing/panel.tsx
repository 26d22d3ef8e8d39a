/** The writing tab: what can be asked for, and what came of it. */
import type { Task, Unanswered } from "../../contract.gen";
import type { Look } from "../feature";
import { Icon } from "../icons";
import { diff } from "./diff";
import {
  ABOUT_THE_TALK,
  type Asked,
  canUndo,
  canUse,
  INTO,
  type Into,
  isOverTheText,
  obstacle,
  type WritingState,
} from "./state";
import type { WritingWords } from "./words";

export interface PanelProps {
  look: Look;
  words: WritingWords;
  state: WritingState;
  /** A chat is open. */
  isOpen: boolean;
  /** What stands in the message box; null: there is none. */
  box: string | null;
  onAsk: (task: Task, language: Into | null, event: Event) => void;
  onStop: (event: Event) => void;
  onUse: (event: Event) => void;
  onUndo: (event: Event) => void;
  onDiscard: (event: Event) => void;
}

const PLAIN_TASKS = ["correct", "shorter", "formal", "friendlier"] as const;

interface AskProps {
  label: string;
  /** In more words. */
  title?: string;
  pressed: boolean;
  disabled: boolean;
  name: string;
  onPress: (event: Event) => void;
}

function Ask({ label, title, pressed, disabled, name, onPress }: AskProps) {
  return (
    <button
      type="button"
      class="button"
      tabIndex={-1}
      data-ask={name}
      {...(title === undefined ? {} : { title, "aria-label": title })}
      aria-pressed={pressed}
      aria-disabled={disabled}
      onClick={(event: Event) => {
        if (!disabled) onPress(event);
      }}
    >
      {label}
    </button>
  );
}

function Asks({ words, state, box, isOpen, look, onAsk }: PanelProps) {
  const why = obstacle(box);
  const hasModel = state.model === null || state.model === "ready";
  const isNow = (task: Task, language: Into | null = null) =>
    state.asked?.task === task && (language === null || state.asked.language === language);
  const own: Into = look.language === "pt-BR" ? "pt" : look.language;
  return (
    <div class="writing-asks">
      <section class="writing-group" aria-label={words.yourText}>
        <div class="heading">{words.yourText}</div>
        <div class="row wrap">
          {PLAIN_TASKS.map((task) => (
            <Ask
              key={task}
              name={task}
              label={words.task[task]}
              pressed={isNow(task)}
              disabled={why !== null || !hasModel}
              onPress={(event) => onAsk(task, null, event)}
            />
          ))}
        </div>
        <div class="row wrap">
          <span class="writing-into">{words.into}</span>
          {INTO.map((language) => (
            <Ask
              key={language}
              name={`translate_out-${language}`}
              label={words.intoLanguage[language]}
              pressed={isNow("translate_out", language)}
              disabled={why !== null || !hasModel}
              onPress={(event) => onAsk("translate_out", language, event)}
            />
          ))}
        </div>
        <div class="writing-hint" data-why={why ?? "ready"}>
          {words.hint[why ?? "ready"]}
        </div>
      </section>
      <section class="writing-group" aria-label={words.talk}>
        <div class="heading">{words.talk}</div>
        <div class="row wrap">
          {ABOUT_THE_TALK.map((task) => (
            <Ask
              key={task}
              name={task}
              label={words.task[task]}
              title={words.wholly[task]}
              pressed={isNow(task)}
              disabled={!isOpen || (!hasModel && task !== "waiting")}
              onPress={(event) => onAsk(task, own, event)}
            />
          ))}
        </div>
      </section>
      {!hasModel && (
        <div class="banner writing-model" role="note">
          <Icon name="alert" size={16} />
          <span>
            {words.model[state.model as "off" | "loading" | "failed"]} {words.without}
          </span>
        </div>
      )}
    </div>
  );
}

/** What changed, by colour and by line, and in words for who hears it. */
function Difference({ before, after, words }: { before: string; after: string; words: WritingWords }) {
  const pieces = diff(before, after);
  const isApart = pieces.length === 2 && pieces.every(({ kind }) => kind !== "same");
  return (
    <p class="writing-text words" data-apart={isApart}>
      {pieces.map(({ kind, text }, index) => {
        if (kind === "same") return text;
        const Tag = kind === "gone" ? "del" : "ins";
        return (
          <Tag key={index}>
            <span class="spoken">{kind === "gone" ? words.gone : words.fresh} </span>
            {text}
            <span class="spoken"> {words.end}</span>
          </Tag>
        );
      })}
    </p>
  );
}

function when(one: Unanswered, look: Look, words: WritingWords): string {
  if (!one.at) return words.timeUnknown;
  const at = new Date(one.at);
  const isToday = at.toDateString() === new Date().toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  return at.toLocaleString(look.language, isToday ? time : { day: "2-digit", month: "2-digit", ...time });
}

function OpenMessages({ asked, look, words }: { asked: Asked; look: Look; words: WritingWords }) {
  const { unanswered } = asked;
  if (unanswered.length === 0) return <p class="writing-said">{words.noneUnanswered}</p>;
  return (
    <>
      <div class="heading">{words.unanswered(unanswered.length)}</div>
      <ul class="writing-open">
        {unanswered.map((one, index) => (
          <li key={index}>
            <span class="writing-when">{when(one, look, words)}</span>
            {one.text ? <bdi class="words">{one.text}</bdi> : <em>{words.noWords}</em>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What became of it, in a sentence; null: the text itself says it. */
function outcome(asked: Asked, words: WritingWords): string | null {
  const isText = isOverTheText(asked.task);
  switch (asked.phase) {
    case "stopped":
      return words.stopped;
    case "off":
      return words.noModel;
    case "failed":
      if (asked.reason === "nothing") return isText ? words.nothing : words.nothingTalk;
      if (asked.reason === "long") return words.long;
      return isText ? words.failed : words.failedTalk;
    case "done":
      return isText && asked.text === asked.source.trim() ? words.same : null;
    default:
      return null;
  }
}

/** How the way into the box ended. */
function useLine(state: WritingState, words: WritingWords): { text: string; tone: "good" | "warn" } | null {
  const use = state.use;
  if (!use || use.phase === "pending") return null;
  if (use.phase === "there") return { text: use.what === "undo" ? words.back : words.inBox, tone: "good" };
  return { text: use.phase === "moved" ? words.moved : words.notUsed, tone: "warn" };
}

function Result(props: PanelProps & { asked: Asked }) {
  const { asked, state, words, look } = props;
  const isWriting = asked.phase === "writing";
  const isText = isOverTheText(asked.task);
  const said = outcome(asked, words);
  const used = useLine(state, words);
  const busy = isWriting ? (asked.text ? words.writing : words.reading) : "";
  const showsDifference = asked.phase === "done" && isText && said === null;
  return (
    <section
      class="writing-result"
      data-phase={asked.phase}
      data-task={asked.task}
      aria-label={words.result[asked.task]}
      aria-busy={isWriting}
    >
      <div class="writing-head">
        <span class="writing-name cut" title={words.result[asked.task]}>
          {words.result[asked.task]}
        </span>
        <span class="writing-busy" role="status">
          {busy}
        </span>
        {isWriting && (
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-writing="stop"
            aria-keyshortcuts="Escape"
            onClick={props.onStop}
          >
            <Icon name="close" size={14} />
            {words.stop}
          </button>
        )}
      </div>
      <div class="writing-body" tabIndex={-1} data-reach>
        {asked.task === "waiting" && <OpenMessages asked={asked} look={look} words={words} />}
        {asked.task === "waiting" && asked.text !== "" && <div class="heading">{words.byModel}</div>}
        {showsDifference ? (
          <Difference before={asked.source} after={asked.text} words={words} />
        ) : (
          asked.text !== "" && (
            <p class="writing-text words">
              {asked.text}
              {isWriting && <span class="caret" />}
            </p>
          )
        )}
        {said && (
          <p class="writing-said" role="status" data-tone={asked.phase === "failed" ? "warn" : "calm"}>
            {said}
          </p>
        )}
      </div>
      {used && (
        <p class="writing-said" role="status" data-tone={used.tone}>
          {used.text}
        </p>
      )}
      {!isWriting && (
        <div class="writing-foot">
          {canUse(state) && (
            <button
              type="button"
              class="button"
              data-main="true"
              tabIndex={-1}
              data-writing="use"
              onClick={props.onUse}
            >
              {words.use}
            </button>
          )}
          {canUndo(state) && (
            <button type="button" class="button" tabIndex={-1} data-writing="undo" onClick={props.onUndo}>
              {words.undo}
            </button>
          )}
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-writing="discard"
            aria-disabled={state.use?.phase === "pending"}
            onClick={props.onDiscard}
          >
            {canUse(state) ? words.discard : words.close}
          </button>
        </div>
      )}
      {asked.phase === "done" && !isText && <p class="writing-quiet">{words.readIt}</p>}
    </section>
  );
}

export function Panel(props: PanelProps) {
  const { words, state, isOpen } = props;
  if (!isOpen) {
    return (
      <div class="empty">
        <span class="empty-icon">
          <Icon name="draft" size={26} />
        </span>
        <div class="empty-title">{words.noChat.title}</div>
        <div class="empty-hint">{words.noChat.hint}</div>
      </div>
    );
  }
  return (
    <div class="writing">
      <Asks {...props} />
      {state.asked && <Result {...props} asked={state.asked} />}
    </div>
  );
}
