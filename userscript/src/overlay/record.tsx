import type { CardState } from "./card-state";
import { Icon } from "./icons";
import type { Texts } from "./texts";

/**
 * What another system knows of the customer, in a few quiet lines below the replies. Its room is kept from the moment in
 * which the question is asked, so that nothing moves under the person's hand when the answer comes.
 */
export function CustomerRecord({ state, texts }: { state: CardState; texts: Texts }) {
  const { record } = state;
  if (!record) return null;
  const { source, fields } = record;
  const whole = fields.map(({ label, value }) => `${label}: ${value}`).join("\n");
  return (
    <section class="record" data-waiting={fields.length === 0} aria-label={texts.record} title={whole}>
      {fields.length > 0 && (
        <>
          <div class="record-source">
            <Icon name="card" size={14} />
            <span>{texts.recordFrom(source)}</span>
          </div>
          <dl class="record-fields">
            {fields.map(({ label, value }) => (
              <div key={label} class="record-field">
                <dt>{label}: </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
