// What registers hold, as far as opcodes care: the lattice of the verifier is sets of these, as bits, ordered by
// inclusion. What the verifier proves by them: a handler that treats a register as a record of the host finds that
// record there, and no guest ever gets to see one.

/** A guest value nothing more is known of. */
export const TYPE_OTHER = 1 << 0;
/** A String that may be the text of an array index. */
export const TYPE_TEXT = 1 << 1;
/** A property key that is no String, or not known to be one. */
export const TYPE_KEY = 1 << 2;
/** A String that is a property key. */
export const TYPE_TEXT_KEY = 1 << 3;
export const TYPE_OBJECT = 1 << 4;
/** The closure of a function. */
export const TYPE_FUNCTION = 1 << 5;
/** The object of an object literal. */
export const TYPE_LITERAL = 1 << 6;
/** The array of an array literal that only this register knows: it is dense. */
export const TYPE_ARRAY = 1 << 7;
/** The mark of an uninitialized binding. */
export const TYPE_UNINITIALIZED = 1 << 8;
export const TYPE_ENVIRONMENT = 1 << 9;
export const TYPE_PRIVATE_ENVIRONMENT = 1 << 10;
export const TYPE_PRIVATE_NAME = 1 << 11;
export const TYPE_ITERATOR = 1 << 12;
export const TYPE_ENUMERATOR = 1 << 13;
/** A list that nothing has been appended to. */
export const TYPE_EMPTY_LIST = 1 << 14;
export const TYPE_ARGUMENT_LIST = 1 << 15;
export const TYPE_DECORATOR_LIST = 1 << 16;
/** A class under definition. */
export const TYPE_CLASS = 1 << 17;
/** A class record that FinishClass has seen. */
export const TYPE_FINISHED_CLASS = 1 << 18;
/** The function of a field initializer or static block. */
export const TYPE_ELEMENT_FUNCTION = 1 << 19;
export const TYPE_CAPABILITY = 1 << 20;
export const TYPE_DISPOSAL = 1 << 21;
/** Which Annex B functions are active. */
export const TYPE_ACTIVE = 1 << 22;
/** What ResolveName gives: an environment, or undefined. */
export const TYPE_RESOLVED = 1 << 23;
/** The name of a field, which may be private. */
export const TYPE_FIELD_NAME = 1 << 24;

export const TYPE_VALUE =
  TYPE_OTHER | TYPE_TEXT | TYPE_KEY | TYPE_TEXT_KEY | TYPE_OBJECT | TYPE_FUNCTION | TYPE_LITERAL | TYPE_ARRAY;

/** Records that know what has been done with them by the one register they are in. */
const TYPE_UNMOVABLE =
  TYPE_EMPTY_LIST | TYPE_ARGUMENT_LIST | TYPE_DECORATOR_LIST | TYPE_CLASS | TYPE_FINISHED_CLASS;

const TYPE_NAME = TYPE_KEY | TYPE_TEXT_KEY | TYPE_PRIVATE_NAME;

/** Sets of types by the names that the rules (verify-rules.ts) have for them. */
export const TYPES: Readonly<Record<string, number>> = {
  value: TYPE_VALUE,
  other: TYPE_OTHER,
  text: TYPE_TEXT,
  anyText: TYPE_TEXT | TYPE_TEXT_KEY,
  key: TYPE_KEY,
  anyKey: TYPE_KEY | TYPE_TEXT_KEY,
  name: TYPE_NAME,
  functionName: TYPE_NAME | TYPE_TEXT | TYPE_FIELD_NAME,
  object: TYPE_OBJECT,
  anyObject: TYPE_OBJECT | TYPE_FUNCTION | TYPE_LITERAL | TYPE_ARRAY,
  function: TYPE_FUNCTION,
  literal: TYPE_LITERAL,
  array: TYPE_ARRAY,
  uninitialized: TYPE_UNINITIALIZED,
  checked: TYPE_VALUE | TYPE_UNINITIALIZED,
  movable: ~TYPE_UNMOVABLE,
  environment: TYPE_ENVIRONMENT,
  privateEnvironment: TYPE_PRIVATE_ENVIRONMENT,
  privateName: TYPE_PRIVATE_NAME,
  iterator: TYPE_ITERATOR,
  enumerator: TYPE_ENUMERATOR,
  emptyList: TYPE_EMPTY_LIST,
  arguments: TYPE_EMPTY_LIST | TYPE_ARGUMENT_LIST,
  decorators: TYPE_EMPTY_LIST | TYPE_DECORATOR_LIST,
  class: TYPE_CLASS,
  finishedClass: TYPE_FINISHED_CLASS,
  elementFunction: TYPE_ELEMENT_FUNCTION,
  capability: TYPE_CAPABILITY,
  disposal: TYPE_DISPOSAL,
  active: TYPE_ACTIVE,
  resolved: TYPE_RESOLVED,
  fieldName: TYPE_FIELD_NAME,
};

/** Names of the bits, in their order, for messages. */
const BIT_NAMES = [
  'value',
  'text',
  'key',
  'text key',
  'object',
  'function',
  'object literal',
  'array literal',
  'uninitialized mark',
  'environment',
  'private environment',
  'private name',
  'iterator record',
  'enumerator',
  'empty list',
  'list of arguments',
  'list of decorators',
  'class record',
  'finished class record',
  'element function',
  'dispose capability',
  'disposal',
  'list of active functions',
  'resolved name',
  'field name',
];

/** The type of a primitive constant. */
export function typeOfConstant(value: unknown): number {
  if (typeof value === 'string') return isArrayIndexText(value) ? TYPE_TEXT : TYPE_TEXT_KEY;
  if (typeof value === 'number' && isArrayIndex(value)) return TYPE_KEY;
  return TYPE_OTHER;
}

/** Array indices as keys are Numbers, https://tc39.es/ecma262/#array-index . */
export function isArrayIndex(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 0xffffffff && !Object.is(value, -0);
}

export function isArrayIndexText(text: string): boolean {
  return text.length <= 10 && /^(?:0|[1-9][0-9]*)$/.test(text) && isArrayIndex(Number(text));
}

export function describeType(type: number): string {
  const names = BIT_NAMES.filter((_, bit) => (type & (1 << bit)) !== 0);
  return names.length === 0 ? 'nothing' : names.join(' or ');
}
