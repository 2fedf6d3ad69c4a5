// Constants in a KTBC file, both ways; see codec-units.ts.
import type { ByteWriter } from './byte-writer.ts';
import { type ContentReader, readString, readStrings, type StringTable } from './codec-strings.ts';
import type { Constant, ConstantRecord } from './unit.ts';

const TAG_UNDEFINED = 0;
const TAG_NULL = 1;
const TAG_FALSE = 2;
const TAG_TRUE = 3;
const TAG_NUMBER = 4;
/** The index of the string stands above the tag. */
const TAG_STRING = 5;
/** Its hexadecimal digits as a string, behind a minus sign if it is negative. */
const TAG_BIGINT = 6;
const TAG_DECLARATIONS = 7;
const TAG_TEMPLATE = 8;
const TAG_CLASS = 9;
const TAG_NAMES = 10;
const TAG_PARAMETER_MAP = 11;

const TAG_BITS = 4;

/** Hosts have no much bigger ones. */
const MAX_BIGINT_DIGITS = 1 << 26;

export function writeConstant(out: ByteWriter, strings: StringTable, constant: Constant): void {
  switch (typeof constant) {
    case 'undefined':
      out.word(TAG_UNDEFINED);
      break;
    case 'boolean':
      out.word(constant ? TAG_TRUE : TAG_FALSE);
      break;
    case 'number':
      out.word(TAG_NUMBER);
      out.double(constant);
      break;
    case 'string':
      out.word(TAG_STRING | (strings.index(constant) << TAG_BITS));
      break;
    case 'bigint':
      out.word(TAG_BIGINT | (strings.index(constant.toString(16)) << TAG_BITS));
      break;
    default:
      if (constant === null) out.word(TAG_NULL);
      else writeRecord(out, strings, constant);
  }
}

function writeRecord(out: ByteWriter, strings: StringTable, constant: ConstantRecord): void {
  const names = (list: readonly string[]): void => {
    out.word(list.length);
    for (const name of list) out.word(strings.index(name));
  };
  switch (constant.constantKind) {
    case 'declarations':
      out.word(TAG_DECLARATIONS);
      names(constant.varNames);
      out.word(constant.lexicals.length);
      for (const { name, isConstant } of constant.lexicals) {
        out.word(strings.index(name));
        out.word(Number(isConstant));
      }
      out.word(constant.functions.length);
      for (const { name, unit } of constant.functions) {
        out.word(strings.index(name));
        out.word(unit);
      }
      names(constant.annexBNames);
      break;
    case 'template':
      out.word(TAG_TEMPLATE);
      out.word(constant.raw.length);
      constant.raw.forEach((raw, i) => {
        const cooked = constant.cooked[i];
        out.word(strings.index(raw));
        out.word(cooked === undefined ? 0 : strings.index(cooked) + 1);
      });
      break;
    case 'class':
      out.word(TAG_CLASS);
      out.word(constant.unit);
      out.word(Number(constant.isDerived));
      out.word(constant.textStart);
      out.word(constant.textEnd);
      break;
    case 'names':
      out.word(TAG_NAMES);
      names(constant.names);
      break;
    case 'parameter-map':
      out.word(TAG_PARAMETER_MAP);
      out.words(constant.slots);
  }
}

export function readConstant(content: ContentReader): Constant {
  const { reader, strings } = content;
  const start = reader.offset;
  const word = reader.uint();
  const tag = word & ((1 << TAG_BITS) - 1);
  const index = word >>> TAG_BITS;
  if (tag === TAG_STRING || tag === TAG_BIGINT) {
    if (index >= strings.length) reader.failAt(start, `there is no string ${index}`);
    return tag === TAG_STRING ? strings[index] : bigintOf(content, start, index);
  }
  if (index !== 0) reader.failAt(start, `${word} is no constant`);
  switch (tag) {
    case TAG_UNDEFINED:
      return undefined;
    case TAG_NULL:
      return null;
    case TAG_FALSE:
      return false;
    case TAG_TRUE:
      return true;
    case TAG_NUMBER:
      return reader.double();
    default:
      return readRecord(content, tag, start);
  }
}

function bigintOf({ reader, strings, bigints }: ContentReader, start: number, index: number): bigint {
  const known = bigints.get(index);
  if (known !== undefined) return known;
  const text = strings[index];
  if (text.length > MAX_BIGINT_DIGITS || !/^(?:0|-?[1-9a-f][0-9a-f]*)$/.test(text))
    reader.failAt(start, 'the digits of a bigint are malformed');
  const value = text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
  bigints.set(index, value);
  return value;
}

function readRecord(content: ContentReader, tag: number, start: number): ConstantRecord {
  const { reader } = content;
  switch (tag) {
    case TAG_DECLARATIONS: {
      const varNames = readStrings(content);
      const lexicals: { name: string; isConstant: boolean }[] = [];
      for (let i = reader.count(8); i > 0; i--)
        lexicals.push({ name: readString(content), isConstant: reader.upTo(1, 'a flag') === 1 });
      const functions: { name: string; unit: number }[] = [];
      for (let i = reader.count(8); i > 0; i--)
        functions.push({ name: readString(content), unit: reader.uint() });
      return {
        constantKind: 'declarations',
        varNames,
        lexicals,
        functions,
        annexBNames: readStrings(content),
      };
    }
    case TAG_TEMPLATE:
      return readTemplate(content);
    case TAG_CLASS:
      return {
        constantKind: 'class',
        unit: reader.int(),
        isDerived: reader.upTo(1, 'a flag') === 1,
        textStart: reader.uint(),
        textEnd: reader.uint(),
      };
    case TAG_NAMES:
      return { constantKind: 'names', names: readStrings(content) };
    case TAG_PARAMETER_MAP:
      return { constantKind: 'parameter-map', slots: [...reader.words()] };
    default:
      return reader.failAt(start, `there is no kind ${tag} of constant`);
  }
}

function readTemplate({ reader, strings }: ContentReader): ConstantRecord {
  const cooked: (string | undefined)[] = [];
  const raw: string[] = [];
  for (let i = reader.count(8); i > 0; i--) {
    const rawIndex = reader.uint();
    const cookedIndex = reader.uint();
    if (rawIndex >= strings.length || cookedIndex > strings.length)
      reader.failAt(reader.offset - 8, 'there is no such string of a template');
    raw.push(strings[rawIndex]);
    cooked.push(cookedIndex === 0 ? undefined : strings[cookedIndex - 1]);
  }
  return { constantKind: 'template', cooked, raw };
}
