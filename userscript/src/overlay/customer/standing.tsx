/** Where the conversation stands: outcome and status in one click, and when to come back to it. */
import type { ConversationOutcome, ConversationStatus, CustomerView } from "../../contract.gen";
import type { Look } from "../feature";
import { Icon } from "../icons";
import { choices, localText, sayTime, sayWhen } from "./dates";
import { type CustomerEdit, stand } from "./edits";
import { type Drawn, isAt, placeOf, Remove, Writing } from "./inline";

const OUTCOMES: readonly ConversationOutcome[] = ["open", "won", "lost", "resolved"];
const STATUSES: readonly ConversationStatus[] = ["open", "pending", "closed"];

function Choice<T extends string>({
  title,
  all,
  now,
  names,
  edit,
  onChange,
}: {
  title: string;
  all: readonly T[];
  now: T;
  names: Record<T, string>;
  edit: (value: T) => CustomerEdit;
  onChange: (edit: CustomerEdit, event: Event) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its legend out as no other element does
    <div class="customer-part" role="group" aria-label={title}>
      <h2 class="heading">{title}</h2>
      <div class="customer-choice">
        {all.map((value) => (
          <button
            key={value}
            type="button"
            class="button"
            tabIndex={-1}
            aria-pressed={value === now}
            data-value={value}
            title={names[value]}
            onClick={(event: Event) => onChange(edit(value), event)}
          >
            {value === now && <Icon name="check" size={13} />}
            <span class="cut">{names[value]}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

export function Standing({ view, words, actions }: Drawn & { view: CustomerView }) {
  return (
    <>
      <Choice
        title={words.outcome}
        all={OUTCOMES}
        now={view.outcome}
        names={words.outcomes}
        edit={(outcome) => stand({ outcome })}
        onChange={actions.change}
      />
      <Choice
        title={words.status}
        all={STATUSES}
        now={view.status}
        names={words.statuses}
        edit={(status) => stand({ status })}
        onChange={actions.change}
      />
    </>
  );
}

const FOLLOW_UP = { what: "follow_up" } as const;

export function FollowUp({
  view,
  look,
  now,
  ...drawn
}: Drawn & { view: CustomerView; look: Look; now: Date }) {
  const { words, editing, actions } = drawn;
  const at = view.follow_up_at ? new Date(view.follow_up_at) : null;
  const was = localText(at && at > now ? at : (choices(now)[0]?.at ?? now));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its legend out as no other element does
    <div class="customer-part" role="group" aria-label={words.followUp}>
      <h2 class="heading">{words.followUp}</h2>
      <div class="row customer-follow-up" data-due={at !== null && at <= now}>
        {at ? (
          <>
            <Icon name="history" size={16} />
            <span class="cut">
              {words.followUpAt(sayWhen(at, now, look.language))}
              {at <= now && ` (${words.isDue})`}
            </span>
            <Remove
              label={words.noReminder}
              onClick={(event) => actions.change(stand({ follow_up_at: null }), event)}
            />
          </>
        ) : (
          <span class="quiet">{words.noFollowUp}</span>
        )}
      </div>
      {isAt(editing, FOLLOW_UP) ? (
        <Writing {...drawn} editing={editing} label={words.followUp} type="datetime-local" buttons />
      ) : (
        <div class="row wrap customer-moments">
          {choices(now).map((choice) => (
            <button
              key={choice.name}
              type="button"
              class="button"
              tabIndex={-1}
              data-when={choice.name}
              title={sayWhen(choice.at, now, look.language)}
              onClick={(event: Event) =>
                actions.change(stand({ follow_up_at: choice.at.toISOString() }), event)
              }
            >
              {words.choices[choice.name](sayTime(choice.at, look.language))}
            </button>
          ))}
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-edit={placeOf(FOLLOW_UP)}
            onClick={(event: Event) => actions.begin(FOLLOW_UP, event, was)}
          >
            {words.otherDate}…
          </button>
        </div>
      )}
    </div>
  );
}
