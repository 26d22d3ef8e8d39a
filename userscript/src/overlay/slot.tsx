import type { Slot as SlotValue } from "./card-state";
import { Icon, type IconName } from "./icons";
import type { Texts } from "./texts";

export interface SlotProps {
  slot: SlotValue;
  texts: Texts;
  clipped: boolean;
  reading: boolean;
  pending: boolean;
  onPress: (index: number, event: Event) => void;
}

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
function origin(props: Pick<SlotProps, "slot" | "texts">): string {
  const { origin, source } = props.slot;
  if (!source) return kind(props);
  return origin === "canned" || origin === "learned" ? source : `${kind(props)} · ${source}`;
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
 * way before a short one is cut. The draft's bounds are fixed: its words never change them.
 */
export function rowsFor(slots: readonly SlotValue[]): string {
  return slots
    .map((slot) => (slot.origin === "draft" ? "minmax(112px, 228px)" : "minmax(92px, max-content)"))
    .join(" ");
}

/**
 * One suggestion. The whole of it is the button; its box keeps its size whatever the draft does inside it.
 *
 * `tabIndex` is -1 and the card cancels `mousedown`, so neither the keyboard nor the mouse moves the focus here: it
 * stays in the message box, where the person writes.
 */
export function Slot(props: SlotProps) {
  const { slot, texts, clipped, reading, pending } = props;
  const busy = progress(props);
  return (
    <button
      type="button"
      class="slot"
      tabIndex={-1}
      data-slot={slot.index}
      data-origin={slot.origin}
      data-phase={slot.phase}
      data-reading={reading}
      data-pending={pending}
      aria-disabled={slot.phase !== "ready"}
      aria-busy={busy !== null}
      aria-live="off"
      aria-keyshortcuts={`Alt+${slot.index + 1}`}
      onClick={(event: Event) => props.onPress(slot.index, event)}
    >
      <span class="slot-head">
        <span class="slot-origin" title={slot.source ? `${kind(props)}: ${slot.source}` : kind(props)}>
          <Icon name={ICONS[slot.origin]} size={15} />
          <span class="slot-source">{origin(props)}</span>
          {busy && <span class="slot-busy">{busy}</span>}
        </span>
        <kbd class="key">Alt {slot.index + 1}</kbd>
      </span>
      <span class="slot-text" data-clipped={clipped}>
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
  );
}
