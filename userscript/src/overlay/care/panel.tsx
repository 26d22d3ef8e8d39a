/** The line over the card, the list of all cautions, and the line in a suggestion. */
import type { Care, CareCode } from "../../contract.gen";
import { Icon, type IconName } from "../icons";
import { Sign } from "../sign";
import type { Language } from "../texts";
import type { PersonalNumber } from "./numbers";
import { CARE, type CareWords, seenOf } from "./words";

type Press = (event: Event) => void;

const ICONS: Partial<Record<CareCode, IconName>> = {
  pix_changed: "card",
  dangerous_file: "alert",
  code_asked: "alert",
};
/** What costs money at once is red, what must first be opened is amber; the words say it too. */
const BAD: ReadonlySet<CareCode> = new Set<CareCode>(["pix_changed", "code_asked"]);

const toneOf = (code: CareCode) => (BAD.has(code) ? "bad" : "warn");

/** Somebody else's words: as text, and whatever direction they have ends with them. */
function Shown({ care }: { care: Care }) {
  return care.shown === null ? null : <bdi class="care-shown words">{care.shown}</bdi>;
}

export function CareBanner(props: {
  cares: readonly Care[];
  words: CareWords;
  onOpen: Press;
  onNoted: Press;
}) {
  const { cares, words, onOpen, onNoted } = props;
  const [first] = cares;
  const seen = first && seenOf(words, first.code);
  if (!first || !seen) return null;
  const more = cares.length - 1;
  return (
    <div class="banner care" role="alert" data-care={first.code} data-tone={toneOf(first.code)}>
      <div class="care-line">
        <Icon name="shield" size={18} />
        <div class="care-words">
          <span class="care-what">{seen.what}</span> {seen.advice}
        </div>
      </div>
      <div class="care-acts">
        <button
          type="button"
          class="care-act"
          tabIndex={-1}
          data-act="noted"
          title={words.notedHint}
          onClick={onNoted}
        >
          {words.noted}
        </button>
        <button type="button" class="care-act" tabIndex={-1} data-act="open" onClick={onOpen}>
          {words.details}
          {more > 0 && ` (${words.more(more)})`}
        </button>
      </div>
    </div>
  );
}

export function CareSign({
  cares,
  words,
  onPress,
}: {
  cares: readonly Care[];
  words: CareWords;
  onPress: Press;
}) {
  const [first] = cares;
  const seen = first && seenOf(words, first.code);
  if (!first || !seen) return null;
  const said = `${seen.what} ${seen.advice}`;
  return <Sign icon="shield" count={cares.length} words={said} tone={toneOf(first.code)} onPress={onPress} />;
}

export function TypedBanner({ numbers, words }: { numbers: readonly PersonalNumber[]; words: CareWords }) {
  const [first] = numbers;
  if (!first) return null;
  return (
    <div class="banner care-typed" role="status" data-typed={numbers.join(" ")}>
      <Icon name="shield" size={18} />
      <span>
        {numbers.length > 1 ? words.typedBoth : words.typed[first]} {words.typedAdvice}
      </span>
    </div>
  );
}

export function CareSheet(props: {
  cares: readonly Care[];
  words: CareWords;
  onNoted: (cares: readonly Care[], event: Event) => void;
  onClose: Press;
}) {
  const { cares, words, onNoted, onClose } = props;
  return (
    <section class="sheet care-sheet" aria-label={words.name}>
      <div class="care-head">
        <Icon name="shield" size={18} />
        <div class="care-name">{words.title}</div>
        {cares.length > 1 && (
          <button
            type="button"
            class="button"
            tabIndex={-1}
            data-act="all"
            onClick={(event: Event) => onNoted(cares, event)}
          >
            {words.all}
          </button>
        )}
        <button
          type="button"
          class="tool"
          tabIndex={-1}
          title={words.close}
          aria-label={words.close}
          onClick={onClose}
        >
          <Icon name="close" size={18} />
        </button>
      </div>
      <ul class="care-list">
        {cares.map((care) => (
          <CareItem
            key={`${care.code} ${care.wa_id} ${care.shown}`}
            care={care}
            words={words}
            onNoted={(event) => onNoted([care], event)}
          />
        ))}
      </ul>
      <div class="quiet">{words.sheetHint}</div>
    </section>
  );
}

function CareItem({ care, words, onNoted }: { care: Care; words: CareWords; onNoted: Press }) {
  const seen = seenOf(words, care.code);
  if (!seen) return null;
  return (
    <li class="box care-one" data-care={care.code} data-tone={toneOf(care.code)}>
      <div class="care-line">
        <Icon name={ICONS[care.code] ?? "shield"} size={16} />
        <span class="care-what">{seen.what}</span>
      </div>
      <Shown care={care} />
      <div class="row">
        <span class="care-advice">{seen.advice}</span>
        <button type="button" class="button" tabIndex={-1} title={words.notedHint} onClick={onNoted}>
          {words.noted}
        </button>
      </div>
    </li>
  );
}

/** In a suggestion: why to look twice. `asking`: it was pressed once, and the next press inserts it. */
export function SlotCares(props: { cares: readonly CareCode[]; language: Language; asking: boolean }) {
  const { cares, language, asking } = props;
  if (cares.length === 0) return null;
  const words = CARE[language];
  return (
    <span class="slot-care" data-asking={asking}>
      <Icon name="shield" size={15} />
      <span>
        {cares.map((code) => words.reply[code]).join(". ")}
        {asking && `. ${words.again}`}
      </span>
    </span>
  );
}
