// Identifiers for printing. A name serves as one if no other thing of its space has it; else the index stands.

import { encodeUtf8 } from '../format/byte-writer.ts';
import type { ExternKind, Module, Names } from '../format/module.ts';
import { joinedTexts } from './text-lines.ts';

type FlatSpace = 'functions' | 'types' | 'tables' | 'memories' | 'globals' | 'elems' | 'datas' | 'tags';

const SPACE_OF_KIND: Readonly<Record<ExternKind, FlatSpace>> = {
  func: 'functions',
  table: 'tables',
  memory: 'memories',
  global: 'globals',
  tag: 'tags',
};

const PLAIN_ID = /^[0-9a-zA-Z_+\-*/\\^~=<>!?@#$%&|:`.']+$/;

export class PrintNames {
  private readonly names: Names;
  private readonly flat = new Map<FlatSpace, Map<number, string>>();
  private readonly locals = new Map<number, Map<number, string>>();
  private readonly fields = new Map<number, Map<number, string>>();

  constructor({ names }: Module) {
    this.names = names;
  }

  /** An identifier with its `$`. */
  idText(name: string): string {
    return PLAIN_ID.test(name) ? `$${name}` : `$${nameText(name)}`;
  }

  /** How a use of an index is written. */
  of(space: FlatSpace, index: number): string {
    return this.space(space).get(index) ?? String(index);
  }

  ofKind(kind: ExternKind, index: number): string {
    return this.of(SPACE_OF_KIND[kind], index);
  }

  /** What stands behind the keyword of a definition: a space and the identifier, or nothing. */
  definition(space: FlatSpace, index: number): string {
    const id = this.space(space).get(index);
    if (id !== undefined) return ` ${id}`;
    // A name that another has too is none to refer by, but functions and tags may bear it.
    const name = space === 'functions' || space === 'tags' ? this.names[space].get(index) : undefined;
    return name === undefined ? '' : ` (@name ${nameText(name)})`;
  }

  definitionOf(kind: ExternKind, index: number): string {
    return this.definition(SPACE_OF_KIND[kind], index);
  }

  local(func: number, index: number): string {
    return this.nested(this.locals, this.names.locals, func, index);
  }

  field(type: number, index: number): string {
    return this.nested(this.fields, this.names.fields, type, index);
  }

  private nested(
    cache: Map<number, Map<number, string>>,
    names: Map<number, Map<number, string>>,
    outer: number,
    index: number,
  ): string {
    let ids = cache.get(outer);
    if (ids === undefined) {
      ids = this.unique(names.get(outer) ?? new Map());
      cache.set(outer, ids);
    }
    const id = ids.get(index);
    return id === undefined ? '' : ` ${id}`;
  }

  private space(space: FlatSpace): Map<number, string> {
    let ids = this.flat.get(space);
    if (ids === undefined) {
      ids = this.unique(this.names[space]);
      this.flat.set(space, ids);
    }
    return ids;
  }

  private unique(names: Map<number, string>): Map<number, string> {
    const ids = new Map<number, string>();
    const seen = new Set<string>();
    for (const [index, name] of names)
      if (name !== '' && !seen.has(name)) {
        seen.add(name);
        ids.set(index, this.idText(name));
      }
    return ids;
  }
}

/** A name as a string literal. */
export function nameText(name: string): string {
  return bytesText(encodeUtf8(name));
}

/** Bytes as a string literal of printable ASCII. */
export function bytesText(bytes: Uint8Array): string {
  return `"${joinedTexts(bytes.length, '', (i) => byteTexts[bytes[i] as number] as string)}"`;
}

const byteTexts = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
    ? String.fromCharCode(byte)
    : `\\${byte.toString(16).padStart(2, '0')}`,
);
