/** All keys of the card, each of which can be another. */
import { Icon } from "../icons";
import { ACTIONS, type Action, shownKey, USUAL_KEYS } from "../shortcuts";
import { Button, type FormProps, Sheet } from "./parts";

function KeyRow({ action, ...props }: FormProps & { action: Action }) {
  const { keys, state, onCapture, onUsual } = props;
  const words = props.words.keys;
  const name = words.action[action];
  const waits = state.capturing === action;
  const refused = state.refused?.action === action ? state.refused : null;
  return (
    <li class="form-key" data-action={action} data-waits={waits}>
      <div class="row">
        <span class="form-key-name">{name}</span>
        {waits ? (
          <span class="form-key-waits" role="status">
            {words.press}
          </span>
        ) : (
          <>
            <kbd class="key">{shownKey(keys[action])}</kbd>
            {keys[action] !== USUAL_KEYS[action] && (
              <button
                type="button"
                class="tool form-small"
                tabIndex={-1}
                data-usual={action}
                title={words.reset}
                aria-label={`${words.reset}: ${name}`}
                onClick={(event: Event) => onUsual(event, action)}
              >
                <Icon name="history" size={16} />
              </button>
            )}
            <Button label={`${words.change}: ${name}`} onPress={(event) => onCapture(event, action)}>
              {words.change}
            </Button>
          </>
        )}
      </div>
      {refused && (
        <div class="form-refused" role="alert">
          {words.refused[refused.why](shownKey(refused.key))}
        </div>
      )}
    </li>
  );
}

export function KeysSheet(props: FormProps) {
  const { words, preferences, onOpen, onUsual } = props;
  const changed = Object.keys(preferences.shortcuts).length > 0;
  return (
    <Sheet name="keys" title={words.keys.title} close={words.done} onClose={(event) => onOpen(event, null)}>
      <ul class="form-keys">
        {ACTIONS.map((action) => (
          <KeyRow key={action} {...props} action={action} />
        ))}
        <li class="form-key" data-action="slash">
          <div class="row">
            <span class="form-key-name">{words.slash.name}</span>
            <kbd class="key">/</kbd>
            <button
              type="button"
              class="button"
              role="switch"
              tabIndex={-1}
              aria-checked={preferences.slash}
              aria-label={words.slash.name}
              onClick={(event: Event) => props.onPrefer(event, { slash: !preferences.slash })}
            >
              {preferences.slash ? words.slash.on : words.slash.off}
            </button>
          </div>
        </li>
      </ul>
      {changed && (
        <Button icon="history" class="form-wide" onPress={(event) => onUsual(event, null)}>
          {words.keys.resetAll}
        </Button>
      )}
    </Sheet>
  );
}
