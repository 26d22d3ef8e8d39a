/** The few forms of the recorder's events that are kept; its own package has them as types only, and many more. */
import type { attributes, mutationCallbackParam, serializedNodeWithId } from "@rrweb/types";

export const RecordedType = { FullSnapshot: 2, IncrementalSnapshot: 3, Meta: 4 } as const;

export const IncrementalSource = {
  Mutation: 0,
  Scroll: 3,
  ViewportResize: 4,
  Input: 5,
  AdoptedStyleSheet: 15,
} as const;

export const NodeType = { Document: 0, DocumentType: 1, Element: 2, Text: 3 } as const;

/** What one turn of the page changed. */
export type Mutations = mutationCallbackParam;

/** An element as recorded. */
export interface RecordedElement {
  readonly id: number;
  readonly tagName: string;
  readonly attributes: attributes;
  readonly childNodes: readonly serializedNodeWithId[];
}

/** The node where it is an element. */
export function elementOf(node: serializedNodeWithId): RecordedElement | null {
  return (node.type as number) === NodeType.Element ? (node as unknown as RecordedElement) : null;
}
