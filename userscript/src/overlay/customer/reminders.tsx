/** The line for conversations whose time has come: it stands over whatever tab is shown. */
import type { Reminder } from "../../contract.gen";
import type { Look } from "../feature";
import { Icon } from "../icons";
import { Sign } from "../sign";
import { sayWhen } from "./dates";
import type { CustomerWords } from "./words";

export interface RemindersProps {
  reminders: readonly Reminder[];
  pointed: "missing" | "search" | null;
  words: CustomerWords;
  look: Look;
  now: Date;
  onPoint: (reminder: Reminder, event: Event) => void;
  onDone: (reminder: Reminder, event: Event) => void;
}

export function Reminders({ reminders, pointed, words, look, now, onPoint, onDone }: RemindersProps) {
  const [first, ...others] = reminders;
  if (!first) return null;
  const [before, who, after] = words.reminder(first.title, sayWhen(new Date(first.at), now, look.language));
  return (
    <section class="banner customer-reminder" key="reminders" aria-label={words.followUp}>
      <Icon name="history" size={18} />
      <div class="customer-reminder-body">
        <div role="status" title={first.title}>
          {before}
          <bdi class="customer-reminder-who">{who}</bdi>
          {after}
          {others.length > 0 && <span class="customer-reminder-more"> {words.reminders(others.length)}</span>}
        </div>
        {pointed && <div role="status">{words.pointed[pointed]}</div>}
        <div class="row">
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-do="point"
            onClick={(event: Event) => onPoint(first, event)}
          >
            {words.pointAt}
          </button>
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-do="done"
            onClick={(event: Event) => onDone(first, event)}
          >
            <Icon name="check" size={14} />
            {words.reminderDone}
          </button>
        </div>
      </div>
    </section>
  );
}

export function ReminderSign(
  props: Pick<RemindersProps, "reminders" | "words" | "look" | "now"> & { onPress: (event: Event) => void },
) {
  const [first] = props.reminders;
  if (!first) return null;
  const when = sayWhen(new Date(first.at), props.now, props.look.language);
  const said = props.words.reminder(first.title, when).join("");
  return (
    <Sign icon="history" count={props.reminders.length} words={said} tone="warn" onPress={props.onPress} />
  );
}
