// Texts that are nearly valid: of a grammar, with a few edits. Also the reading of jsfuzz's bytes as such texts.
import fc from 'fast-check';
import { type Grammar, textOf } from './grammar.ts';

/** One change of a text. */
export interface Edit {
  readonly kind: number;
  /** Which pieces, modulo their number. */
  readonly at: number;
  readonly from: number;
}

const TEXT_EDITS = 10;

/** Characters that readers of texts must take care of. */
export const ODD_CHARACTERS: readonly string[] = [
  '\0', '\t', '\v', '\f', '\r', '\r\n', '\n', '\u2028', '\u2029', '\ufeff', '\u00a0', '\u180e', '\u200c', '\u200d',
  '\ud800', '\udfff', '\ud83d\ude00', '\uffff', 'é', 'ſ', '\u212a', 'İ', '٣', '\\', '\\u', '\\u0061', '\\u{62}', '\\x',
  '`', '${', '}', '/', '*/', '/*', '//', '<!--', '-->', '#', '@', '"', "'", '_', '$', '0', '9', 'n', '.', '..', '-', '+',
]; // biome-ignore format: a list

/** The text with the edits made, one after the other; `vocabulary` is what may come in. */
export function edited(text: string, edits: readonly Edit[], vocabulary: readonly string[]): string {
  if (edits.length === 0) return text;
  const pieces = text.match(/\s+|[\w$]+|./gsu) ?? [];
  for (const { kind, at, from } of edits) {
    const i = at % (pieces.length + 1);
    switch (kind % TEXT_EDITS) {
      case 0:
        pieces.splice(i, 1);
        break;
      case 1:
        pieces.splice(i, 1 + (from % 8));
        break;
      case 2:
        pieces.splice(i, 0, vocabulary[from % vocabulary.length]);
        break;
      case 3:
        pieces.splice(i, 1, vocabulary[from % vocabulary.length]);
        break;
      case 4:
        pieces.splice(i, 0, ODD_CHARACTERS[from % ODD_CHARACTERS.length]);
        break;
      case 5:
        // Two pieces change places.
        if (i + 1 < pieces.length) [pieces[i], pieces[i + 1]] = [pieces[i + 1], pieces[i]];
        break;
      case 6:
        // A run of pieces again, elsewhere.
        pieces.splice(
          i,
          0,
          ...pieces.slice(from % (pieces.length + 1), (from % (pieces.length + 1)) + 1 + (at % 7)),
        );
        break;
      case 7:
        // One character of a piece less.
        if (i < pieces.length)
          pieces[i] =
            pieces[i].slice(0, from % pieces[i].length) + pieces[i].slice((from % pieces[i].length) + 1);
        break;
      case 8:
        // A piece many times, for what nests.
        if (i < pieces.length) pieces[i] = pieces[i].repeat(1 + (from % 40));
        break;
      default:
        pieces.length = Math.min(pieces.length, from % 2 === 0 ? i : pieces.length);
    }
  }
  return pieces.join('');
}

export const edits: fc.Arbitrary<readonly Edit[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<readonly Edit[]>([]) },
  {
    weight: 5,
    arbitrary: fc.array(fc.record({ kind: fc.nat(TEXT_EDITS - 1), at: fc.nat(400), from: fc.nat(400) }), {
      minLength: 1,
      maxLength: 4,
    }),
  },
);

/** Tapes for `textOf`. */
export const tapes: fc.Arbitrary<number[]> = fc.oneof(
  fc.array(fc.nat(255), { maxLength: 12, size: 'max' }),
  fc.array(fc.nat(255), { maxLength: 60, size: 'max' }),
  fc.array(fc.nat(255), { maxLength: 200, size: 'max' }),
);

/** Texts of the grammar, most of them edited. */
export function nearlyValid(
  grammar: Grammar,
  start: string,
  vocabulary: readonly string[],
): fc.Arbitrary<string> {
  return fc.tuple(tapes, edits).map(([tape, list]) => edited(textOf(grammar, start, tape), list, vocabulary));
}

/** Pieces of the vocabulary in a row. */
export function soupOf(vocabulary: readonly string[], maxLength: number): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...vocabulary) },
    fc.constantFrom(...ODD_CHARACTERS),
  );
  return fc
    .tuple(fc.array(piece, { maxLength, size: 'max' }), fc.constantFrom('', '', ' ', '\n'))
    .map(([pieces, between]) => pieces.join(between));
}

/** Any code units, those of ASCII more often. */
export const anyUnits: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      fc.nat(0x20),
      fc.nat(0xffff),
      fc.integer({ min: 0xd800, max: 0xdfff }),
    ),
    { maxLength: 60, size: 'max' },
  )
  .map((units) => String.fromCharCode(...units));

/** Inputs of the arbitrary by seed and index, made a portion at a time. */
export function inputsOf<Input>(arbitrary: fc.Arbitrary<Input>): (seed: number, index: number) => Input {
  let key = '';
  let inputs: Input[] = [];
  return (seed, index) => {
    const portion = Math.floor(index / PORTION);
    if (key !== `${seed}/${portion}`) {
      key = `${seed}/${portion}`;
      const mixed = Math.imul(seed + 1, 0x85ebca6b) ^ Math.imul(portion + 1, 0xc2b2ae35);
      inputs = fc.sample(arbitrary, { seed: mixed, numRuns: PORTION });
    }
    return inputs[index % PORTION];
  };
}

const PORTION = 250;

/**
 * The text that bytes of the coverage-guided fuzzer stand for: the first byte says whether the others are UTF-8, code units
 * or a tape of the grammar.
 */
export function textFromBytes(bytes: Uint8Array, grammar: Grammar, start: string): string {
  const rest = bytes.subarray(1);
  switch ((bytes[0] ?? 0) & 3) {
    case 1:
      return Buffer.from(rest).toString('utf16le');
    case 2:
      return textOf(grammar, start, rest);
    default:
      return Buffer.from(rest).toString('utf8');
  }
}

/** Bytes whose text is `text`; `high` is kept in the upper six bits of the first byte. */
export function bytesOfText(text: string, high = 0): Uint8Array {
  return new Uint8Array([high << 2, ...Buffer.from(text, 'utf8')]);
}

/** Bytes that stand for a text of the grammar. */
export function bytesOfTape(tape: readonly number[], high = 0): Uint8Array {
  return new Uint8Array([(high << 2) | 2, ...tape]);
}
