/** Everything that can be read of a document, at once: what `python -m agent inspect` prints. */
import { readChats } from "./chats";
import type { Inspection } from "./contract.gen";
import { titleOf } from "./open-chat";
import { type ReadRow, readRows } from "./read";
import type { Registry } from "./registry";

/** Read a saved page, or one row of it. Virtualised rows are left out: they show nothing. */
export function inspect(root: Document, registry: Registry, lang: string | null): Inspection {
  const rows = readRows(root, { registry, lang, now: null });
  return {
    chats: readChats(root, registry, lang, null),
    title: titleOf(root, registry),
    rows: rows.flatMap(({ row }) => (row ? [shown(row)] : [])),
    anchors: registry.report(root),
  };
}

function shown({ truncated: _, file_name: __, ...row }: ReadRow): Inspection["rows"][number] {
  return row;
}
