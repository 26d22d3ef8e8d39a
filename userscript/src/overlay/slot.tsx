import type { Slot as SlotValue } from "./card-state";
import { SlotCares } from "./care/panel";
import { sayDate } from "./customer/dates";
import { Icon, type IconName } from "./icons";
import { type Keys, shownKey } from "./shortcuts";
import { type JudgingProps, Reasons, SlotTools, Sure } from "./suggestions/parts";
import type { Texts } from "./texts";

export interface SlotProps extends Omit<JudgingProps, "open"> {
  slot: SlotValue;
  texts: Texts;
  keys: Keys;
  clipped: boolean;
  reading: boolean;
  pending: boolean;
  /** The person was told why to look twice. */
  warned: boolean;
  /** The person has a text in the box and was asked whether this one is to go in at the cursor. */
  asking: boolean;
  /** Its reasons for being no good are open. */
  judging: boolean;
  onPress: (index: number, event: Event) => void;
}

const PICKS = ["pick1", "pick2", "pick3"] as const;

const ICONS: Record<SlotValue["origin"], IconName> = {
  canned: "library",
  learned: "history",
  passage: "book",
  draft: "draft",
};

/** What kind of reply it is, in a word. */
function kind({ slot, texts }: Pick<SlotProps, "slot" | "texts">): string {
  const words = {
    canned: texts.readyReply,
    learned: texts.learnedReply,
    passage: texts.passage,
    draft: texts.draft,
  };
  return words[slot.origin];
}

/** Where it comes from, as shown. A canned reply's title and a learned reply's history say by themselves what they are. */
function origin(props: Pick<SlotProps, "slot" | "texts" | "language">): string {
  const { origin, source, sent } = props.slot;
  if (sent) return props.texts.sentBefore(sent.by, sayDate(sent.on, props.language));
  if (!source) return kind(props);
  return origin === "canned" || origin === "learned" ? source : `${kind(props)} · ${source}`;
}

/** What the pointer is told: the whole of a source that was cut, and what was asked when a learned reply was sent. */
function hint(props: Pick<SlotProps, "slot" | "texts" | "language">): string {
  const said = props.slot.sent ? origin(props) : kind(props);
  return props.slot.source ? `${said}: ${props.slot.source}` : said;
}

/** The text with the variables that the person still has to fill marked in it. */
function Words({ slot, texts }: Pick<SlotProps, "slot" | "texts">) {
  const blanks = new Set(slot.missing.map((name) => `{${name}}`));
  if (blanks.size === 0) return <>{slot.text}</>;
  return (
    <>
      {slot.text.split(/(\{[^{}]*\})/).map((part, index) =>
        blanks.has(part) ? (
          <mark class="blank" key={index} title={texts.fillIn}>
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </>
  );
}

function progress({ slot, texts }: Pick<SlotProps, "slot" | "texts">): string | null {
  if (slot.phase === "waiting") return texts.draftWaiting;
  return slot.phase === "streaming" ? texts.draftWriting : null;
}

/**
 * Heights of the slots, as grid rows. Room is dealt out evenly until a reply has all that it needs, so a long one gives
 * way before a short one is cut. The bounds of the draft's room are fixed: no words ever change them.
 */
export function rowsFor(slots: readonly SlotValue[]): string {
  return slots.map((slot) => (slot.kept ? "minmax(112px, 228px)" : "minmax(92px, max-content)")).join(" ");
}

/**
 * One suggestion. Nearly the whole of it is one button; its box keeps its size whatever happens inside it.
 *
 * `tabIndex` is -1 and the card cancels `mousedown`, so neither the keyboard nor the mouse moves the focus here: it
 * stays in the message box, where the person writes.
 */
export function Slot(props: SlotProps) {
  const { slot, texts, clipped, reading, pending, asking, judging, language } = props;
  const busy = progress(props);
  const key = props.keys[PICKS[slot.index] ?? "pick1"];
  const parts = { ...props, open: judging };
  const hidden = judging || slot.phase === "refused";
  return (
    <div
      class="slot"
      data-slot={slot.index}
      data-origin={slot.origin}
      data-kept={slot.kept}
      data-phase={slot.phase}
      data-reading={reading}
      data-pending={pending}
      data-asking={asking}
      data-judging={judging}
    >
      <button
        type="button"
        class="slot-press"
        tabIndex={-1}
        aria-disabled={slot.phase !== "ready"}
        aria-busy={busy !== null}
        aria-live="off"
        aria-keyshortcuts={key}
        {...(slot.phase === "refused" && { "aria-label": origin(props) })}
        onClick={(event: Event) => props.onPress(slot.index, event)}
      >
        <span class="slot-head">
          <span class="slot-origin" title={hint(props)}>
            <Icon name={ICONS[slot.origin]} size={15} />
            <span class="slot-source">{origin(props)}</span>
            {busy && <span class="slot-busy">{busy}</span>}
          </span>
          <Sure slot={slot} language={language} />
          <kbd class="key">{shownKey(key)}</kbd>
        </span>
        <SlotCares cares={slot.cares} language={language} asking={props.warned} />
        <span class="slot-text words" data-clipped={clipped} aria-hidden={hidden}>
          {slot.phase === "none" ? <span class="slot-none">{texts.draftNone}</span> : <Words {...props} />}
          {slot.phase === "streaming" && <span class="caret" />}
          {slot.phase === "waiting" && (
            <span class="bones" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          )}
        </span>
        {clipped && !reading && (
          <span class="slot-more">
            <Icon name="read" size={14} />
            {texts.readWhole}
          </span>
        )}
      </button>
      <SlotTools {...parts} />
      <Reasons {...parts} />
    </div>
  );
}
