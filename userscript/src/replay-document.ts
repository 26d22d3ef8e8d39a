/**
 * A recorded document, built anew inside this one and changed as it changed then.
 *
 * rrweb's own player shows a recording in a frame that runs nothing. Our script reads the top document of a tab and
 * nothing else, so what was recorded has to be that document. rrweb builds the nodes; the order of what is done to them
 * is rrweb's too: removed, added, texts, attributes.
 */
import type {
  addedNodeMutation,
  adoptedStyleSheetParam,
  attributeMutation,
  serializedNodeWithId,
} from "@rrweb/types";
import { buildNodeWithSN, createCache, createMirror } from "rrweb-snapshot";
import { IncrementalSource, type Mutations, NodeType } from "./record-events";

export interface RecordedDocument {
  /** Put the whole picture in place of what is there. */
  whole(picture: serializedNodeWithId): void;
  /** What one event changed. */
  change(data: unknown): void;
  /** Nodes that an event named and that were not there: none in a sound recording. */
  readonly missing: number;
}

interface Scroll {
  readonly source: typeof IncrementalSource.Scroll;
  readonly id: number;
  readonly x: number;
  readonly y: number;
}
interface Input {
  readonly source: typeof IncrementalSource.Input;
  readonly id: number;
  readonly text: string;
  readonly isChecked: boolean;
}
interface Resize {
  readonly source: typeof IncrementalSource.ViewportResize;
}
interface Sheets extends adoptedStyleSheetParam {
  readonly source: typeof IncrementalSource.AdoptedStyleSheet;
}
type Change =
  | (Mutations & { readonly source: typeof IncrementalSource.Mutation })
  | Scroll
  | Input
  | Resize
  | Sheets;

export function createRecordedDocument(doc: Document): RecordedDocument {
  const mirror = createMirror();
  const cache = createCache();
  const sheets = new Map<number, CSSStyleSheet>();
  let missing = 0;

  function build(node: serializedNodeWithId, skipChild: boolean): Node | null {
    return buildNodeWithSN(node, { doc, mirror, cache, skipChild, hackCss: false });
  }

  function nodeOf(id: number): Node | null {
    const node = mirror.getNode(id);
    if (!node) missing += 1;
    return node;
  }

  function whole(picture: serializedNodeWithId): void {
    mirror.reset();
    sheets.clear();
    doc.adoptedStyleSheets = [];
    mirror.add(doc, picture);
    const parts = "childNodes" in picture ? picture.childNodes : [];
    const root = parts.find((part) => (part.type as number) === NodeType.Element);
    const html = root && build(root, false);
    if (html) doc.replaceChild(html, doc.documentElement);
    for (const id of mirror.getIds()) scrolled(mirror.getNode(id));
  }

  /** Where it was scrolled to when the picture was taken. */
  function scrolled(node: Node | null): void {
    const meta = node && mirror.getMeta(node);
    if (!meta || !("attributes" in meta) || !(node instanceof Element)) return;
    if (typeof meta.attributes.rr_scrollTop === "number") node.scrollTop = meta.attributes.rr_scrollTop;
    if (typeof meta.attributes.rr_scrollLeft === "number") node.scrollLeft = meta.attributes.rr_scrollLeft;
  }

  function mutate({ removes, adds, texts, attributes }: Mutations): void {
    for (const { id } of removes) {
      const node = nodeOf(id);
      if (!node) continue;
      node.parentNode?.removeChild(node);
      mirror.removeNodeFromMap(node);
    }
    addAll(adds);
    for (const { id, value } of texts) {
      const node = nodeOf(id);
      if (node) node.textContent = value;
    }
    for (const change of attributes) setAll(change);
  }

  /** A node may come before its parent or its neighbour: it waits for them. */
  function addAll(adds: readonly addedNodeMutation[]): void {
    let waiting = [...adds];
    while (waiting.length > 0) {
      const left = waiting.filter((add) => !placed(add, false));
      if (left.length < waiting.length) waiting = left;
      else {
        for (const add of left) if (!placed(add, true)) missing += 1;
        return;
      }
    }
  }

  function placed({ parentId, nextId, node }: addedNodeMutation, anywhere: boolean): boolean {
    const parent = mirror.getNode(parentId);
    if (!parent) return false;
    const next = nextId === null ? null : mirror.getNode(nextId);
    if (nextId !== null && next?.parentNode !== parent && !anywhere) return false;
    const built = build(node, true);
    if (built && parent !== doc) parent.insertBefore(built, next?.parentNode === parent ? next : null);
    else if (built instanceof Element) doc.replaceChild(built, doc.documentElement);
    return true;
  }

  function setAll({ id, attributes }: attributeMutation): void {
    const element = nodeOf(id);
    if (!(element instanceof Element)) return;
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) element.removeAttribute(name);
      else if (typeof value === "string") element.setAttribute(name, value);
      else if (element instanceof HTMLElement || element instanceof SVGElement) restyle(element.style, value);
    }
  }

  function restyle(style: CSSStyleDeclaration, changes: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(changes)) {
      if (value === false) style.removeProperty(name);
      else if (Array.isArray(value)) style.setProperty(name, String(value[0]), String(value[1]));
      else style.setProperty(name, String(value));
    }
  }

  function restyleAll({ styles = [], styleIds }: Sheets): void {
    for (const { styleId, rules } of styles) {
      const sheet = new CSSStyleSheet();
      for (const [place, { rule }] of rules.entries())
        sheet.insertRule(rule, Math.min(place, sheet.cssRules.length));
      sheets.set(styleId, sheet);
    }
    doc.adoptedStyleSheets = styleIds.flatMap((id) => sheets.get(id) ?? []);
  }

  function change(data: unknown): void {
    const changed = data as Change;
    switch (changed.source) {
      case IncrementalSource.Mutation:
        mutate(changed);
        return;
      case IncrementalSource.Scroll: {
        const node = mirror.getNode(changed.id);
        if (node instanceof Element) node.scrollTo(changed.x, changed.y);
        return;
      }
      case IncrementalSource.Input: {
        const node = mirror.getNode(changed.id);
        if (node instanceof HTMLInputElement) node.checked = changed.isChecked;
        if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement)
          node.value = changed.text;
        return;
      }
      case IncrementalSource.AdoptedStyleSheet:
        restyleAll(changed);
        return;
      default:
        return;
    }
  }

  return {
    whole,
    change,
    get missing() {
      return missing;
    },
  };
}
