/** Whether messages are captured, where everybody can see it, and the switch that stops it. */
import type { Life } from "../../contract.gen";
import { Icon, type IconName } from "../icons";
import { Button, type FormProps, Sheet } from "./parts";

export type CaptureState = "live" | "degraded" | "blind" | "paused" | "starting";

export function captureState(life: Life | null, paused: boolean): CaptureState {
  if (paused || life?.reason === "paused") return "paused";
  if (life === null || life.reason === "starting") return "starting";
  return life.level;
}

const ICONS: Record<CaptureState, IconName> = {
  live: "eye",
  degraded: "alert",
  blind: "eyeOff",
  paused: "pause",
  starting: "history",
};

/** The chip in the head: colour, sign and word; pressed, it says why. */
export function Chip({ look, life, state, onOpen }: FormProps) {
  const now = captureState(life, state.paused);
  const { name } = look.texts.state[now];
  const isOpen = state.view === "state";
  return (
    <button
      type="button"
      class="capture"
      tabIndex={-1}
      data-state={now}
      title={look.texts.state.open(name)}
      aria-label={look.texts.state.open(name)}
      aria-expanded={isOpen}
      onClick={(event: Event) => onOpen(event, isOpen ? null : "state")}
    >
      <Icon name={ICONS[now]} size={14} />
      <span>{name}</span>
    </button>
  );
}

export function Banner({ words, onPause }: FormProps) {
  return (
    <div class="banner form-paused" data-tone="calm" data-banner="paused">
      <Icon name="pause" size={18} />
      <span class="form-paused-words">{words.capture.paused}</span>
      <Button icon="play" onPress={(event) => onPause(event, false)}>
        {words.capture.resume}
      </Button>
    </div>
  );
}

export function StateSheet(props: FormProps) {
  const { words, look, life, state, since } = props;
  const now = captureState(life, state.paused);
  const reason = now === "paused" ? "paused" : (life?.reason ?? (life ? "live" : "starting"));
  const clock = new Intl.DateTimeFormat(look.language, { hour: "2-digit", minute: "2-digit" });
  return (
    <Sheet
      name="state"
      title={words.state.title}
      close={words.done}
      onClose={(event) => props.onOpen(event, null)}
    >
      <div class="box form-state" data-state={now}>
        <Icon name={ICONS[now]} size={24} />
        <div>
          <h2>{look.texts.state[now].name}</h2>
          <p>{reason === "live" ? look.texts.state.live.said : look.texts.life[reason].hint}</p>
          {since && <p class="quiet">{words.state.since(clock.format(since))}</p>}
        </div>
      </div>
      <div class="form-group">
        <div class="heading">{words.state.doing}</div>
        <p class="form-todo">{words.todo[reason]}</p>
      </div>
      <Button
        icon={state.paused ? "play" : "pause"}
        class="form-wide"
        onPress={(event) => props.onPause(event, !state.paused)}
      >
        {state.paused ? words.capture.resume : words.capture.pause}
      </Button>
    </Sheet>
  );
}
