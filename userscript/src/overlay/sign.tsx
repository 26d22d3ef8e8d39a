/** On the folded card, where no line fits: that there is something which the person must see. */
import { Icon, type IconName } from "./icons";

/** Pressed, it opens the card. Screen readers are told when it comes. */
export function Sign(props: {
  icon: IconName;
  count: number;
  words: string;
  tone: "calm" | "warn" | "bad";
  onPress: (event: Event) => void;
}) {
  const { icon, count, words, tone, onPress } = props;
  return (
    <div role="alert">
      <button
        type="button"
        class="sign"
        tabIndex={-1}
        data-sign={icon}
        data-tone={tone}
        title={words}
        onClick={onPress}
      >
        <Icon name={icon} size={16} />
        <span aria-hidden="true">{count}</span>
        <span class="spoken">{words}</span>
      </button>
    </div>
  );
}
