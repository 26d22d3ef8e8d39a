/** Who it is: name, number, since when, how they have felt, what they wanted. */
import type { CustomerView } from "../../contract.gen";
import type { Look } from "../feature";
import { Icon } from "../icons";
import { sayDay } from "./dates";
import { type Drawn, isAt, placeOf, Writing } from "./inline";
import { moodEnds, moodLine, moodWord } from "./mood";
import { sayPhone } from "./phone";
import type { CustomerWords } from "./words";

const NAME = { what: "name" } as const;

/** The name, to be changed by a click; what WhatsApp calls them stands below where it is another one. */
export function Name({ view, ...drawn }: Drawn & { view: CustomerView }) {
  const { words, editing, actions } = drawn;
  if (isAt(editing, NAME)) {
    return <Writing {...drawn} editing={editing} label={words.name} placeholder={words.nameHint} />;
  }
  return (
    <button
      type="button"
      class="customer-name customer-value"
      tabIndex={-1}
      data-edit={placeOf(NAME)}
      title={`${view.customer}\n${words.change(words.name)}`}
      aria-label={`${words.change(words.name)}: ${view.customer}`}
      onClick={(event: Event) => actions.begin(NAME, event, view.customer)}
    >
      <bdi class="cut">{view.customer}</bdi>
    </button>
  );
}

/** Number, first and last contact. */
export function Contact({
  view,
  words,
  look,
  now,
}: {
  view: CustomerView;
  words: CustomerWords;
  look: Look;
  now: Date;
}) {
  const { first_contact, last_contact } = view;
  const day = (at: string) => sayDay(new Date(at), now, look.language);
  return (
    <div class="quiet customer-contact">
      {view.customer !== view.title && view.title && (
        <div class="cut" title={view.title}>
          <bdi>{words.inWhatsApp(view.title)}</bdi>
        </div>
      )}
      {view.phone ? (
        <div class="customer-phone">
          <span class="spoken">{words.phone}: </span>
          {sayPhone(view.phone)}
        </div>
      ) : (
        <div>{words.noPhone}</div>
      )}
      {first_contact && last_contact && (
        <div title={words.messages(view.messages)}>{words.since(day(first_contact), day(last_contact))}</div>
      )}
    </div>
  );
}

const WIDTH = 292;
const HEIGHT = 34;

/** The mood as a line, with the same in words. */
export function Course({ view, words, look }: { view: CustomerView; words: CustomerWords; look: Look }) {
  const ends = moodEnds(view.mood);
  if (!ends) return null;
  const line = moodLine(view.mood, WIDTH, HEIGHT);
  const [first, last] = [moodWord(ends.first, look.texts), moodWord(ends.last, look.texts)];
  const count = view.mood.length;
  const said = first === last ? words.moodSame(last, count) : words.moodCourse(first, last, count);
  return (
    <section class="customer-part" aria-label={words.mood}>
      <h2 class="heading">{words.mood}</h2>
      {line && (
        <svg
          class="customer-mood"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={said}
          focusable="false"
          data-mood={ends.last}
        >
          <path class="customer-mood-middle" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
          <path class="customer-mood-line" d={line.path} />
          <circle cx={line.x} cy={line.y} r="3.5" />
        </svg>
      )}
      <p class="quiet customer-mood-words">{said}</p>
    </section>
  );
}

const MOST_INTENTS = 4;

/** What they wanted last, each once, the newest first. */
export function Intents({ view, words, look }: { view: CustomerView; words: CustomerWords; look: Look }) {
  const counts = new Map<string, number>();
  for (const { intent, unsure } of view.intents) {
    if (!unsure) counts.set(intent, (counts.get(intent) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  return (
    <section class="customer-part" aria-label={words.intents}>
      <h2 class="heading">{words.intents}</h2>
      <ul class="customer-chips">
        {[...counts].slice(0, MOST_INTENTS).map(([intent, count]) => (
          <li class="customer-chip" key={intent}>
            <Icon name="tag" size={14} />
            <bdi class="cut">{look.texts.intent[intent] ?? intent.replaceAll("_", " ")}</bdi>
            {count > 1 && <span>×{count}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
