// The annotations that mean something: @custom, @name and @metadata.code.branch_hint. Others are left alone. An
// annotation belongs to what stands behind it; where it may not stand it is an error of the text.
// https://webassembly.github.io/spec/core/appendix/custom.html

import { decodeUtf8 } from '../format/byte-reader.ts';
import type { Features } from '../format/features.ts';
import { type CustomSection, type Names, SECTION_CUSTOM, sectionRows } from '../format/module.ts';
import { malformed } from '../format/module-error.ts';
import {
  ANNOTATION_BRANCH_HINT,
  ANNOTATION_CUSTOM,
  ANNOTATION_NAME,
  type Annotation,
  TOKEN_ATOM,
  TOKEN_END,
  TOKEN_LPAR,
  TOKEN_RPAR,
  TOKEN_STRING,
  type Tokens,
} from './lexer.ts';
import { TokenCursor } from './token-cursor.ts';

interface FieldRange {
  /** Of the field; of an import, the kind of what it imports behind it. */
  readonly keyword: string;
  readonly first: number;
  /** Behind the closing parenthesis. */
  readonly end: number;
  /** How many fields with the same thing stand before it. */
  readonly index: number;
}

export class AnnotationReader {
  private readonly customs: readonly Annotation[];
  private readonly nameAnnotations: readonly Annotation[];
  private readonly hints = new Map<number, Annotation[]>();
  /** In order. */
  private readonly fields: FieldRange[] = [];
  private readonly counts = new Map<string, number>();
  /** Tokens with hints in order, and how many of them are dealt with. */
  private readonly hintTokens: number[];
  private hintsChecked = 0;

  constructor(tokens: Tokens, start: number, end: number, features: Features) {
    // A module that is its fields alone owns what stands before and behind them, too.
    const isWithin = ({ before }: Annotation): boolean => before >= start && before <= end;
    const of = (name: string): Annotation[] =>
      tokens.annotations.filter((each) => each.name === name && isWithin(each));
    this.customs = features.customAnnotations ? of(ANNOTATION_CUSTOM) : [];
    this.nameAnnotations = features.customAnnotations ? of(ANNOTATION_NAME) : [];
    if (features.branchHints)
      for (const hint of of(ANNOTATION_BRANCH_HINT)) {
        const list = this.hints.get(hint.before) ?? [];
        this.hints.set(hint.before, list);
        list.push(hint);
      }
    this.hintTokens = [...this.hints.keys()].sort((a, b) => a - b);
  }

  addField(keyword: string, first: number, end: number): void {
    const kind = keyword.replace('import ', '');
    const index = this.counts.get(kind) ?? 0;
    this.counts.set(kind, index + 1);
    this.fields.push({ keyword, first, end, index });
  }

  /** The field that a token is in, without its first one. */
  private fieldAt(token: number): FieldRange | null {
    const { fields } = this;
    let low = 0;
    let high = fields.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((fields[middle] as FieldRange).first < token) low = middle;
      else high = middle - 1;
    }
    const field = fields[low];
    return field !== undefined && token > field.first && token < field.end ? field : null;
  }

  /** The hint before the instruction that begins with a token; it is used up. */
  hintBefore(token: number): boolean | null {
    const list = this.hints.get(token);
    if (list === undefined) return null;
    this.hints.delete(token);
    const [first, second] = list as [Annotation, Annotation?];
    if (second !== undefined)
      malformed(second.start, 'annotation', ANNOTATION_BRANCH_HINT, 'duplicate annotation');
    const reader = new ContentReader(first);
    const bytes = reader.byteStrings();
    reader.end();
    if (bytes.length !== 1 || (bytes[0] as number) > 1)
      malformed(first.start, 'annotation', ANNOTATION_BRANCH_HINT, 'invalid hint value');
    return bytes[0] === 1;
  }

  /** Hints up to the end of a function that no instruction took. */
  checkHints(first: number, end: number): void {
    const { hintTokens } = this;
    for (; (hintTokens[this.hintsChecked] ?? Number.POSITIVE_INFINITY) <= end; this.hintsChecked++) {
      const token = hintTokens[this.hintsChecked] as number;
      const hint = this.hints.get(token)?.[0];
      if (hint !== undefined)
        malformed(
          hint.start,
          'annotation',
          ANNOTATION_BRANCH_HINT,
          token < first ? 'not in a function' : 'invalid placement',
        );
    }
  }

  /** Enters @name annotations into `names` and gives the sections of @custom ones. */
  finish(names: Names): CustomSection[] {
    for (const [hint] of this.hints.values())
      malformed((hint as Annotation).start, 'annotation', ANNOTATION_BRANCH_HINT, 'not in a function');
    let hasModuleName = false;
    for (const annotation of this.nameAnnotations) {
      const reader = new ContentReader(annotation);
      const name = reader.name();
      reader.end();
      const field = this.fieldAt(annotation.before);
      if (field !== null) {
        this.nameField(field, annotation, name, names);
        continue;
      }
      if ((this.fields[0]?.first ?? annotation.before) < annotation.before)
        malformed(annotation.start, 'misplacedAnnotation', 'name');
      if (hasModuleName) malformed(annotation.start, 'annotation', 'name', 'multiple module');
      hasModuleName = true;
      names.module = name;
    }
    return this.customs
      .map((annotation) => this.custom(annotation))
      .sort((a, b) => a.place - b.place)
      .map(({ section }) => section);
  }

  private nameField(field: FieldRange, { before, start }: Annotation, name: string, names: Names): void {
    const space = NAMED_FIELDS[field.keyword];
    // Behind the keyword, or behind the identifier.
    if (space === undefined || before > field.first + 3) malformed(start, 'misplacedAnnotation', 'name');
    names[space].set(field.index, name);
  }

  private custom(annotation: Annotation): { place: number; section: CustomSection } {
    const reader = new ContentReader(annotation);
    const name = reader.name();
    const { place, after } = reader.place();
    const bytes = reader.byteStrings();
    reader.end();
    if (this.fieldAt(annotation.before) !== null)
      malformed(annotation.start, 'misplacedAnnotation', 'custom');
    return { place, section: { name, bytes, after, position: annotation.start } };
  }
}

const NAMED_FIELDS: Readonly<Record<string, 'functions' | 'tags' | undefined>> = {
  func: 'functions',
  tag: 'tags',
};

/** Steps through the contents of an annotation. */
class ContentReader {
  private readonly annotation: Annotation;
  private readonly cursor: TokenCursor;

  constructor(annotation: Annotation) {
    this.annotation = annotation;
    this.cursor = new TokenCursor(annotation.contents);
  }

  private fail(what: string): never {
    malformed(this.annotation.start, 'annotation', this.annotation.name, what);
  }

  name(): string {
    if (this.cursor.kind() !== TOKEN_STRING)
      this.fail(this.annotation.name === 'custom' ? 'missing section name' : 'string expected');
    return decodeUtf8(this.cursor.bytes()) ?? this.fail('malformed UTF-8 encoding');
  }

  byteStrings(): Uint8Array {
    return this.cursor.byteStrings();
  }

  end(): void {
    if (this.cursor.kind() !== TOKEN_END) this.fail('unexpected token');
  }

  /** `(before section)` or `(after section)`, by default behind all: the order, and the section it stands behind. */
  place(): { place: number; after: number } {
    const { cursor } = this;
    const last = sectionRows.length - 1;
    if (cursor.kind() !== TOKEN_LPAR) return { place: last + 1, after: sectionId(last) };
    cursor.at++;
    const direction = this.atom();
    if (direction !== 'before' && direction !== 'after') this.fail('malformed placement');
    const section = this.atom();
    const row =
      section === 'first'
        ? 0
        : section === 'last'
          ? last
          : sectionRows.findIndex(([, name]) => name === section);
    if (row < 0) this.fail('malformed section kind');
    if (cursor.kind() !== TOKEN_RPAR) this.fail('unexpected token');
    cursor.at++;
    const place = direction === 'before' ? row : row + 1;
    return { place, after: place === 0 ? SECTION_CUSTOM : sectionId(place - 1) };
  }

  private atom(): string {
    const { cursor } = this;
    if (cursor.kind() !== TOKEN_ATOM) return '';
    const text = cursor.text();
    cursor.at++;
    return text;
  }
}

function sectionId(place: number): number {
  return (sectionRows[place] as readonly [number, string])[0];
}
