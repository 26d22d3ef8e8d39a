/** The name of a document, from the title of its button: `Ver "nota.pdf"`. */
import type { RowParts } from "./row-parts";

/** From the first quotation mark to the last: a name may hold some. */
const NAMED = /"([\s\S]*)"/;
const TITLED = "[title]";

/** The name with all its marks of direction, which may hide what it ends in; null where the row shows none. */
export function fileNameOf(row: RowParts): string | null {
  for (const mark of row.all("kind_document")) {
    const titled = [mark, mark.closest(TITLED), ...mark.querySelectorAll(TITLED)];
    for (const element of titled) {
      const name = element ? NAMED.exec(element.getAttribute("title") ?? "")?.[1]?.trim() : undefined;
      if (name) return name;
    }
  }
  return null;
}
