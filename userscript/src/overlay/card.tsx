/** The card: one pure function from its state to what is drawn. */
import type { CardProps } from "./card-props";
import { type Slot as SlotValue, shownOffer } from "./card-state";
import { Head } from "./head";
import { Icon, type IconName } from "./icons";
import { IntentList } from "./intent-list";
import { Mood } from "./mood";
import { isFolded } from "./place";
import { CustomerRecord } from "./record";
import { withKey } from "./shortcuts";
import { rowsFor, Slot } from "./slot";
import { Editor } from "./suggestions/editor";
import { shownEditing } from "./suggestions/state";
import { Tabs } from "./tabs";

function Empty({ icon, words }: { icon: IconName; words: { title: string; hint: string } }) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={26} />
      </span>
      <div class="empty-title">{words.title}</div>
      <div class="empty-hint">{words.hint}</div>
    </div>
  );
}

/** Rows in the column, equal columns in the strip. Set through `el.style`, which the page's CSP allows. */
function layoutOf({ mode, state }: CardProps, shown: readonly SlotValue[]) {
  const reading = state.reading !== null;
  if (mode === "strip") {
    const columns = shown.map(() => "minmax(0, 1fr)").join(" ");
    return { gridTemplateColumns: reading ? `auto ${columns}` : columns, gridTemplateRows: "minmax(0, 1fr)" };
  }
  return { gridTemplateRows: reading ? "auto minmax(0, 1fr)" : rowsFor(shown) };
}

function Suggestions(props: CardProps) {
  const { state, texts, onBack } = props;
  const offer = shownOffer(state);
  if (shownEditing(state)) return <Editor {...props} />;
  if (state.chat === null) return <Empty icon="chat" words={texts.openChat} />;
  if (state.dismissed) return <Empty icon="check" words={texts.dismissed} />;
  if (!offer) return <Empty icon="check" words={texts.quiet} />;
  if (offer.slots.length === 0) return <Empty icon="library" words={texts.nothingFound} />;
  const shown = offer.slots.filter((slot) => state.reading === null || slot.index === state.reading);
  return (
    <section class="slots" aria-label={texts.suggestions} style={layoutOf(props, shown)}>
      {state.reading !== null && (
        <div class="reading" key="reading">
          <button type="button" class="plain" tabIndex={-1} onClick={onBack}>
            <Icon name="back" size={16} />
            {texts.back}
          </button>
          <span>{texts.readingHint}</span>
        </div>
      )}
      {shown.map((slot) => (
        // The offer is part of the key: a click that began on an older card can never land on a new one.
        <Slot
          key={`${offer.id}:${slot.index}`}
          {...props}
          slot={slot}
          clipped={state.clipped.has(slot.index)}
          reading={state.reading === slot.index}
          pending={state.pending === slot.index}
          warned={state.warned === slot.index}
          asking={state.asking?.index === slot.index}
          judging={state.judging === slot.index}
        />
      ))}
    </section>
  );
}

/**
 * One line on how the last wish ended, else on why nothing is captured. Its place is kept free: nothing moves when it
 * comes or goes.
 */
function Notice({ state, texts }: Pick<CardProps, "state" | "texts">) {
  const code = state.notice;
  const good = code === "inserted" || code === "corrected" || code === "judged";
  const reason = state.life?.level === "blind" ? state.life.reason : null;
  // What the person did themself is said in a calmer place.
  const blind = reason === "paused" ? null : reason;
  const said =
    code !== null ? (texts.notice[code] ?? texts.unknownNotice(code)) : blind ? texts.life[blind].hint : null;
  return (
    <div
      class="notice"
      role="status"
      data-code={code ?? ""}
      data-tone={said === null ? "none" : code === null ? "bad" : good ? "good" : "warn"}
    >
      {said !== null && (
        <>
          <Icon name={good ? "check" : "alert"} size={18} />
          <span>{said}</span>
        </>
      )}
    </div>
  );
}

export function Card(props: CardProps) {
  const { state, texts, mode, low, theme, language, onDismiss } = props;
  const offer = shownOffer(state);
  const folded = isFolded(mode);
  const other = folded ? null : (props.tabs.find((tab) => tab.panel && tab.name === props.tab) ?? null);
  const panel = other && (
    <section
      class="panel"
      tabIndex={-1}
      key={other.name}
      data-panel={other.name}
      role="tabpanel"
      aria-label={other.label(texts)}
    >
      {other.panel?.(props)}
    </section>
  );
  return (
    <aside
      class="card"
      aria-label={texts.region}
      lang={language}
      dir="ltr"
      data-mode={mode}
      data-side={props.side}
      data-low={low && mode === "column"}
      data-theme={theme}
      data-banner={!folded && props.banners.length > 0}
    >
      <Head {...props} />
      {!folded && <Tabs tabs={props.tabs} shown={props.tab} texts={texts} onTab={props.onTab} />}
      {!folded && props.banners.length > 0 && <div class="banners">{props.banners}</div>}
      {(folded || (offer && !panel)) && !state.dismissed && (
        <div class="context">
          {!folded && <div class="context-title">{texts.lastMessage}</div>}
          <Mood state={state} texts={texts} keys={props.keys} folded={folded} onCorrect={props.onCorrect} />
          {!folded && (
            <button
              type="button"
              class="tool"
              tabIndex={-1}
              title={withKey(texts.dismiss, props.keys.dismiss)}
              aria-label={texts.dismiss}
              onClick={onDismiss}
            >
              <Icon name="close" size={18} />
            </button>
          )}
        </div>
      )}
      {folded && props.signs.length > 0 && <div class="signs">{props.signs}</div>}
      {!panel && <IntentList {...props} />}
      {!folded && (panel ?? <Suggestions {...props} />)}
      {mode === "column" && !panel && <CustomerRecord state={state} texts={texts} />}
      {!folded && <Notice state={state} texts={texts} />}
      {!folded && (
        <footer class="foot">
          <Icon name="person" size={16} />
          <span>{texts.youSend}</span>
        </footer>
      )}
      {!folded && props.sheet}
      <div class="spoken" role="status" aria-live="polite">
        {props.said}
      </div>
    </aside>
  );
}
