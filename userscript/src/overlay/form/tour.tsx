/** The first walk through the card: four steps, each with a picture made of the card's own signs. */
import { Icon, type IconName } from "../icons";
import { type Keys, withKeys } from "../shortcuts";
import { Button, type FormProps, Sheet } from "./parts";
import { STEPS } from "./state";

const PICTURES: readonly (readonly (IconName | string)[])[] = [
  ["chat", "{pick1}", "person"],
  ["/", "library", "Enter ↵"],
  ["card", "queue"],
  ["eye", "pause", "gear"],
];

const ICONS: ReadonlySet<string> = new Set([
  "chat",
  "person",
  "library",
  "card",
  "queue",
  "eye",
  "pause",
  "gear",
]);

function Picture({ step, keys }: { step: number; keys: Keys }) {
  return (
    <div class="tour-picture" aria-hidden="true">
      {(PICTURES[step] ?? []).map((part, index) => (
        <span key={part} class={ICONS.has(part) ? "tour-sign" : "tour-sign tour-key"}>
          {index > 0 && <i class="tour-line" />}
          {ICONS.has(part) ? <Icon name={part as IconName} size={26} /> : <kbd>{withKeys(part, keys)}</kbd>}
        </span>
      ))}
    </div>
  );
}

export function TourSheet({ words, state, keys, onStep, onSkip }: FormProps) {
  const { tour } = words;
  const step = tour.steps[state.step];
  if (!step) return null;
  const last = state.step === STEPS - 1;
  return (
    <Sheet
      name="tour"
      title={tour.title}
      close={tour.skip}
      onClose={onSkip}
      foot={
        <>
          <Button onPress={onSkip}>{tour.skip}</Button>
          <span class="tour-rest" />
          {state.step > 0 && <Button onPress={(event) => onStep(event, -1)}>{tour.back}</Button>}
          <Button main onPress={(event) => onStep(event, 1)}>
            {last ? tour.end : tour.next}
          </Button>
        </>
      }
    >
      <Picture step={state.step} keys={keys} />
      <div class="tour-words" aria-live="polite">
        <div class="heading">{tour.step(state.step + 1, STEPS)}</div>
        <h2>{step.title}</h2>
        <p>{withKeys(step.text, keys)}</p>
      </div>
      <div class="tour-dots" aria-hidden="true">
        {tour.steps.map(({ title }, index) => (
          <i key={title} data-now={index === state.step} />
        ))}
      </div>
    </Sheet>
  );
}
