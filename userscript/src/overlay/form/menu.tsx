/** The menu: how the card looks, where it stands, and the ways to everything else. */
import { Icon } from "../icons";
import { Button, type FormProps, Sheet } from "./parts";
import { SCALES } from "./state";

export function SettingsButton({ words, state, onOpen }: FormProps) {
  const isOpen = state.view === "menu" || state.view === "keys";
  return (
    <button
      type="button"
      class="tool"
      tabIndex={-1}
      data-tool="settings"
      title={words.settings}
      aria-label={words.settings}
      aria-expanded={isOpen}
      onClick={(event: Event) => onOpen(event, isOpen ? null : "menu")}
    >
      <Icon name="gear" />
    </button>
  );
}

/** One of several: the names stand beside each other. */
function Choice<T extends string>(props: {
  name: string;
  values: readonly (readonly [value: T, name: string, lang?: string])[];
  now: T;
  onChoose: (event: Event, value: T) => void;
}) {
  return (
    <div class="form-group">
      <div class="heading">{props.name}</div>
      <fieldset class="form-choices" data-count={props.values.length} aria-label={props.name}>
        {props.values.map(([value, name, lang]) => (
          <button
            key={value}
            type="button"
            class="form-choice"
            tabIndex={-1}
            data-value={value}
            lang={lang}
            aria-pressed={value === props.now}
            onClick={(event: Event) => props.onChoose(event, value)}
          >
            {value === props.now && <Icon name="check" size={14} />}
            <span>{name}</span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}

export function MenuSheet(props: FormProps) {
  const { words, preferences, state, onPrefer, onOpen } = props;
  const { place, theme, slash, capture, more } = words;
  const smallest = preferences.scale <= SCALES[0];
  const largest = preferences.scale >= (SCALES.at(-1) ?? 0);
  return (
    <Sheet name="menu" title={words.settings} close={words.done} onClose={(event) => onOpen(event, null)}>
      <Choice
        name={place.name}
        values={[
          ["left", place.left],
          ["right", place.right],
          ["bar", place.bar],
        ]}
        now={preferences.place}
        onChoose={(event, value) => onPrefer(event, { place: value })}
      />
      <Choice
        name={theme.name}
        values={[
          ["page", theme.page],
          ["light", theme.light],
          ["dark", theme.dark],
          ["contrast", theme.contrast],
        ]}
        now={preferences.theme}
        onChoose={(event, value) => onPrefer(event, { theme: value })}
      />
      <div class="form-group">
        <div class="heading">{words.size.name}</div>
        <fieldset class="row" aria-label={words.size.name}>
          <Button
            label={words.size.smaller}
            disabled={smallest}
            onPress={(event) => props.onScale(event, -1)}
          >
            <Icon name="minus" size={16} />
          </Button>
          <output class="form-scale" aria-live="polite">
            {preferences.scale} %
          </output>
          <Button label={words.size.larger} disabled={largest} onPress={(event) => props.onScale(event, 1)}>
            <Icon name="plus" size={16} />
          </Button>
        </fieldset>
      </div>
      <Choice
        name={words.language.name}
        values={[
          ["page", words.language.page],
          ["pt-BR", "Português", "pt-BR"],
          ["en", "English", "en"],
          ["es", "Español", "es"],
        ]}
        now={preferences.language}
        onChoose={(event, value) => onPrefer(event, { language: value })}
      />
      <div class="form-group">
        <button
          type="button"
          class="form-switch"
          role="switch"
          tabIndex={-1}
          data-switch="slash"
          aria-checked={preferences.slash}
          onClick={(event: Event) => onPrefer(event, { slash: !preferences.slash })}
        >
          <span class="form-switch-words">
            <b>{slash.name}</b>
            <span class="quiet">{slash.hint}</span>
          </span>
          <span class="form-switch-state">{preferences.slash ? slash.on : slash.off}</span>
          <i class="form-knob" aria-hidden="true" />
        </button>
      </div>
      <div class="form-list">
        <Button
          icon={state.paused ? "play" : "pause"}
          class="form-wide"
          onPress={(event) => props.onPause(event, !state.paused)}
        >
          {state.paused ? capture.resume : capture.pause}
        </Button>
        <Button icon="keyboard" class="form-wide" onPress={(event) => onOpen(event, "keys")}>
          {more.keys}
        </Button>
        <Button icon="book" class="form-wide" onPress={(event) => onOpen(event, "tour")}>
          {more.tour}
        </Button>
      </div>
    </Sheet>
  );
}
