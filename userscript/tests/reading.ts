/** Reads sketched rows; shared by the tests of the reader. */
import { expect } from "vitest";
import { type ReadContext, type ReadRow, readRows } from "../src/read";
import { createRegistry } from "../src/registry";
import { type Generation, page, parse, type RowSketch, row, type Tongue } from "./page";

const registry = createRegistry();

/** The id of a sketched row that names none. */
export const ID = "3EB0A1B2C3D4E5F60718";

export function context(lang: string | null, now: Date | null = null): ReadContext {
  return { registry, lang, now };
}

/** All readable rows of a document. */
export function rowsOf(html: string, now: Date | null = null): ReadRow[] {
  const doc = parse(html);
  return readRows(doc, context(doc.documentElement.lang || null, now)).flatMap(({ row }) => row ?? []);
}

/** The only row of a page that has one. */
export function only(sketch: RowSketch, generation: Generation = "2026", tongue: Tongue = "pt-BR"): ReadRow {
  const rows = rowsOf(page({ generation, tongue, rows: [row(sketch, generation, tongue)] }));
  expect(rows).toHaveLength(1);
  return rows[0] as ReadRow;
}
