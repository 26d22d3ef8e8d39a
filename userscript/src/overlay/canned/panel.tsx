/** The list of canned replies as it is drawn: what fits, and the whole text of the one that Enter takes. */
import type { ShelfReply } from "../../contract.gen";
import { Field } from "../fields";
import { Icon } from "../icons";
import type { List } from "./list";
import { lineOf, marked, wordsOf } from "./match";
import type { CannedWords } from "./words";

/** More are not looked through: whoever types on finds theirs. */
export const SHOWN = 50;
/** Variables that the agent may not know. */
const ASKED = new Set(["{pedido}"]);

export interface ListHandlers {
  onPick: (reply: ShelfReply, event: Event) => void;
  onPoint: (index: number, event: PointerEvent) => void;
  onQuery: (query: string) => void;
  onClose: (event: Event) => void;
  onOff: (event: Event) => void;
  onKeep: (event: Event) => void;
  onMount: (element: HTMLElement | null) => void;
}

export interface ListProps extends ListHandlers {
  list: List;
  /** There is not a single canned reply. */
  empty: boolean;
  intent: string | null;
  words: CannedWords;
  /** The slash opens this list. */
  slash: boolean;
}

function Marked({ line, words }: { line: string; words: readonly string[] }) {
  return (
    <bdi>
      {marked(line, words).map(({ text, hit }, index) =>
        hit ? (
          <b class="canned-hit" key={index}>
            {text}
          </b>
        ) : (
          text
        ),
      )}
    </bdi>
  );
}

/** The text with its variables: they are filled when it is inserted, or by the person. */
function Preview({ reply, words }: { reply: ShelfReply; words: CannedWords }) {
  return (
    <>
      {reply.text.split(/(\{\w+\})/).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <mark
            key={index}
            class={ASKED.has(part) ? "blank" : "canned-filled"}
            title={ASKED.has(part) ? words.blank : words.variable}
          >
            {part}
          </mark>
        ),
      )}
    </>
  );
}

function One(props: ListProps & { reply: ShelfReply; index: number }) {
  const { reply, index, list, intent, words } = props;
  const typed = wordsOf(list.query);
  const near = intent !== null && reply.intents.includes(intent);
  return (
    <button
      type="button"
      class="canned-one"
      role="option"
      tabIndex={-1}
      data-reply={reply.id}
      data-active={index === list.active}
      aria-selected={index === list.active}
      onPointerMove={(event: PointerEvent) => props.onPoint(index, event)}
      onClick={(event: Event) => props.onPick(reply, event)}
    >
      <span class="canned-top">
        {near && (
          <span class="canned-near" title={words.forThis}>
            <Icon name="tag" size={14} />
            <span class="spoken">{words.forThis}</span>
          </span>
        )}
        <span class="canned-title cut" title={reply.title}>
          <Marked line={reply.title} words={typed} />
        </span>
        {reply.uses > 0 && (
          <span class="canned-uses" title={words.uses(reply.uses)}>
            <span aria-hidden="true">{reply.uses}×</span>
            <span class="spoken">{words.uses(reply.uses)}</span>
          </span>
        )}
        {reply.shortcut && <span class="canned-shortcut">{reply.shortcut}</span>}
      </span>
      <span class="canned-line cut">
        <Marked line={lineOf(reply.text, typed)} words={typed} />
      </span>
    </button>
  );
}

export function CannedList(props: ListProps) {
  const { list, words } = props;
  const shown = list.found.slice(0, SHOWN);
  const active = list.found[list.active];
  const rest = list.found.length - shown.length;
  return (
    <section class="sheet canned" aria-label={words.name} ref={props.onMount} data-part="canned">
      <div class="canned-head">
        <Icon name="library" size={18} />
        {list.typed === null ? (
          <Field
            value={list.query}
            onType={props.onQuery}
            label={words.search}
            placeholder={words.search}
            maxLength={40}
          />
        ) : (
          <span class="canned-name cut">
            {words.name} {list.typed !== "/" && <span class="canned-typed">{list.typed}</span>}
          </span>
        )}
        <button
          type="button"
          class="tool canned-close"
          tabIndex={-1}
          title={words.close}
          aria-label={words.close}
          onClick={props.onClose}
        >
          <Icon name="close" size={18} />
        </button>
      </div>
      {shown.length > 0 ? (
        <div class="canned-list" role="listbox" aria-label={words.name}>
          {shown.map((reply, index) => (
            <One key={reply.id} {...props} reply={reply} index={index} />
          ))}
        </div>
      ) : (
        <div class="canned-none">
          {props.empty ? <div class="empty-title">{words.none.title}</div> : words.nothing}
          {props.empty && <div class="quiet">{words.none.hint}</div>}
        </div>
      )}
      {rest > 0 && <div class="canned-more">{words.more(rest)}</div>}
      {active && (
        <div class="canned-whole">
          <div class="canned-whole-head">
            <span class="cut">{words.preview}</span>
            {list.typed !== null && (
              <span class="canned-keys" aria-hidden="true">
                <kbd>↑↓</kbd> <kbd>Enter</kbd> {words.keys.pick} <kbd>Esc</kbd> {words.keys.close}
              </span>
            )}
          </div>
          {/* A new text begins at its top, wherever the last one was scrolled to. */}
          <div class="canned-text words" key={active.id}>
            <Preview reply={active} words={words} />
          </div>
        </div>
      )}
      <div class="canned-foot">
        <button type="button" class="plain" tabIndex={-1} onClick={props.onKeep}>
          <Icon name="library" size={15} />
          {words.keep}
        </button>
        {props.slash && (
          <button
            type="button"
            class="plain canned-off"
            tabIndex={-1}
            title={words.offHint}
            onClick={props.onOff}
          >
            {words.off}
          </button>
        )}
      </div>
      <span class="spoken" role="status">
        {active ? active.title : words.nothing}
      </span>
    </section>
  );
}
