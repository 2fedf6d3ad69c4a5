// The Unicode properties that ECMAScript's property escapes may name, decoded from properties.gen.ts and
// sequences.gen.ts on first use. Names and values match exactly (no loose matching): the tables of
// https://tc39.es/ecma262/#sec-runtime-semantics-unicodematchproperty-p list what is allowed.

import {
  type CodePointSet,
  EMPTY_SET,
  setDifference,
  setFromMembers,
  setSymmetricDifference,
  setUnion,
} from './code-point-set.ts';
import { decodeNumbers, unzigzag } from './number-coding.ts';
import {
  BINARY_PROPERTIES,
  CATEGORY_GROUPS,
  CATEGORY_NAMES,
  CATEGORY_RUNS,
  SCRIPT_EXTENSION_RUNS,
  SCRIPT_EXTENSION_SETS,
  SCRIPT_NAMES,
  SCRIPT_RUNS,
} from './properties.gen.ts';
import { SEQUENCE_PROPERTIES } from './sequences.gen.ts';

/** A property with its value, in the canonical form that `codePointsOfProperty` understands. */
export interface UnicodeProperty {
  readonly name: 'General_Category' | 'Script' | 'Script_Extensions' | 'Binary' | 'Sequence';
  /** Number of the category set, of the script or of the binary property, or of the property of strings. */
  readonly index: number;
}

/** The members of a property of strings. */
export interface StringProperty {
  readonly codePoints: CodePointSet;
  /** The members that are not a single code point, each as its code points. */
  readonly strings: readonly (readonly number[])[];
}

/**
 * Finds `Name=Value`. Returns null when ECMAScript does not allow the pair.
 * https://tc39.es/ecma262/#sec-runtime-semantics-unicodematchpropertyvalue-p-v
 */
export function findPropertyValue(name: string, value: string): UnicodeProperty | null {
  switch (name) {
    case 'General_Category':
    case 'gc':
      return lookUp('General_Category', categoryIndices(), value);
    case 'Script':
    case 'sc':
      return lookUp('Script', scriptIndices(), value);
    case 'Script_Extensions':
    case 'scx':
      return lookUp('Script_Extensions', scriptIndices(), value);
    default:
      return null;
  }
}

/**
 * Finds a lone name: a general category, a binary property or a property of strings (`name` is then
 * 'Sequence', which only the `v` flag allows). Returns null when there is none of that name.
 */
export function findLoneProperty(name: string): UnicodeProperty | null {
  return (
    lookUp('General_Category', categoryIndices(), name) ??
    lookUp('Binary', binaryIndices(), name) ??
    lookUp('Sequence', sequenceIndices(), name)
  );
}

/** Returns the code points of a property; for a property of strings only its single code points. */
export function codePointsOfProperty(property: UnicodeProperty): CodePointSet {
  const { name, index } = property;
  switch (name) {
    case 'General_Category':
      return codePointsOfCategories(categoryMasks()[index]);
    case 'Script':
      return scriptSets()[index];
    case 'Script_Extensions':
      return scriptExtensionSets()[index];
    case 'Binary':
      return binarySet(index);
    case 'Sequence':
      return stringsOfProperty(property).codePoints;
  }
}

/** Returns the strings of a property of strings. */
export function stringsOfProperty(property: UnicodeProperty): StringProperty {
  const known = stringProperties[property.index];
  if (known !== undefined) return known;
  const made = decodeStrings(property.index);
  stringProperties[property.index] = made;
  return made;
}

/** Returns the code points of a general category named by any alias, such as 'Zs'. */
export function codePointsOfCategory(alias: string): CodePointSet {
  const property = lookUp('General_Category', categoryIndices(), alias);
  return property === null ? EMPTY_SET : codePointsOfProperty(property);
}

/** Returns the code points of a binary property named by any alias, such as 'ID_Start'. */
export function codePointsOfBinaryProperty(alias: string): CodePointSet {
  const property = lookUp('Binary', binaryIndices(), alias);
  return property === null ? EMPTY_SET : codePointsOfProperty(property);
}

function lookUp(
  name: UnicodeProperty['name'],
  indices: Map<string, number>,
  alias: string,
): UnicodeProperty | null {
  const index = indices.get(alias);
  return index === undefined ? null : { name, index };
}

function indexAliases(names: readonly string[]): Map<string, number> {
  const indices = new Map<string, number>();
  names.forEach((aliases, index) => {
    for (const alias of aliases.split(' ')) indices.set(alias, index);
  });
  return indices;
}

/** Computes a value once, on first use. */
function lazily<T>(compute: () => T): () => T {
  let value: T | null = null;
  return () => {
    if (value === null) value = compute();
    return value;
  };
}

// General categories: the first 30 indices are the categories themselves, the rest their unions.

const categoryRows = lazily(() => [
  ...CATEGORY_NAMES.split('|').map((aliases) => ({ aliases, members: aliases.slice(0, 2) })),
  ...CATEGORY_GROUPS.split('|').map((row) => {
    const [aliases, members] = row.split('=');
    return { aliases, members };
  }),
]);

const categoryIndices = lazily(() => indexAliases(categoryRows().map((row) => row.aliases)));

/** One bit a category, by index of `categoryRows`. */
const categoryMasks = lazily(() => {
  const numbers = indexAliases(CATEGORY_NAMES.split('|'));
  return categoryRows().map((row) => categoryMask(row.members, numbers));
});

function categoryMask(members: string, numbers: Map<string, number>): number {
  let mask = 0;
  for (const member of members.split(' ')) {
    const number = numbers.get(member);
    if (number !== undefined) mask |= 1 << number;
  }
  return mask;
}

const categoryRuns = lazily(() => decodeNumbers(CATEGORY_RUNS));
const categorySets = new Map<number, CodePointSet>();

/** Returns the union of the categories whose bits are set in `mask`. */
function codePointsOfCategories(mask: number): CodePointSet {
  const known = categorySets.get(mask);
  if (known !== undefined) return known;
  const made = codePointsOfRuns(categoryRuns(), (category) => (mask & (1 << category)) !== 0);
  categorySets.set(mask, made);
  return made;
}

function codePointsOfRuns(runs: readonly number[], accepts: (value: number) => boolean): CodePointSet {
  const boundaries: number[] = [];
  let codePoint = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const end = codePoint + runs[i];
    if (accepts(runs[i + 1])) {
      if (boundaries.length > 0 && boundaries[boundaries.length - 1] === codePoint) boundaries.pop();
      else boundaries.push(codePoint);
      boundaries.push(end);
    }
    codePoint = end;
  }
  return Int32Array.from(boundaries);
}

// Scripts.

const scriptIndices = lazily(() => indexAliases(SCRIPT_NAMES.split('|')));

const scriptSets = lazily(() => {
  const lists: number[][] = SCRIPT_NAMES.split('|').map(() => []);
  const runs = decodeNumbers(SCRIPT_RUNS);
  let codePoint = 0;
  for (let i = 0; i < runs.length; i += 2) {
    lists[runs[i + 1]].push(codePoint, codePoint + runs[i]);
    codePoint += runs[i];
  }
  return lists.map((list) => Int32Array.from(list));
});

const scriptExtensionSets = lazily(() => {
  const numbers = decodeNumbers(SCRIPT_EXTENSION_SETS);
  const sets: number[][] = [[]];
  for (let i = 0; i < numbers.length; i += numbers[i] + 1)
    sets.push(numbers.slice(i + 1, i + 1 + numbers[i]));
  const runs = decodeNumbers(SCRIPT_EXTENSION_RUNS);
  const exceptions = codePointsOfRuns(runs, (set) => set !== 0);
  return scriptSets().map((script, index) => {
    const extended = codePointsOfRuns(runs, (set) => sets[set].includes(index));
    return setUnion(setDifference(script, exceptions), extended);
  });
});

// Binary properties.

const binaryIndices = lazily(() => indexAliases(BINARY_PROPERTIES.map((row) => row[0])));
const binarySets: CodePointSet[] = [];

function binarySet(index: number): CodePointSet {
  const known = binarySets[index];
  if (known !== undefined) return known;
  const [, categories, rest] = BINARY_PROPERTIES[index];
  const boundaries = decodeNumbers(rest);
  for (let i = 1; i < boundaries.length; i++) boundaries[i] += boundaries[i - 1];
  let made: CodePointSet = Int32Array.from(boundaries);
  if (categories !== '') {
    const mask = categoryMask(categories, indexAliases(CATEGORY_NAMES.split('|')));
    made = setSymmetricDifference(made, codePointsOfCategories(mask));
  }
  binarySets[index] = made;
  return made;
}

// Properties of strings: the rows of the table, then RGI_Emoji, the union of all of them.

const sequenceIndices = lazily(() =>
  indexAliases([...SEQUENCE_PROPERTIES.map((row) => row[0]), 'RGI_Emoji']),
);
const stringProperties: StringProperty[] = [];

function decodeStrings(index: number): StringProperty {
  if (index === SEQUENCE_PROPERTIES.length) {
    const parts = SEQUENCE_PROPERTIES.map((_, part) => stringsOfProperty({ name: 'Sequence', index: part }));
    return {
      codePoints: parts.reduce((set, part) => setUnion(set, part.codePoints), EMPTY_SET),
      strings: parts.flatMap((part) => part.strings),
    };
  }
  const numbers = decodeNumbers(SEQUENCE_PROPERTIES[index][1]);
  const codePoints: number[] = [];
  const strings: number[][] = [];
  let previous: number[] = [];
  for (let i = 0; i < numbers.length; ) {
    const shared = numbers[i++];
    const end = shared + numbers[i++];
    const string = previous.slice(0, shared);
    for (let place = shared; place < end; place++) {
      const base = previous[place] ?? string[place - 1] ?? 0;
      string.push(base + unzigzag(numbers[i++]));
    }
    if (string.length === 1) codePoints.push(string[0]);
    else strings.push(string);
    previous = string;
  }
  return { codePoints: setFromMembers(codePoints), strings };
}
