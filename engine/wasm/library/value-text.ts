// Values as text, for the command line: numbers in the notation of the text format.

import { ModuleError } from '../format/module-error.ts';
import { F32, F64, I32, I64, isRef, V128 } from '../format/types.ts';
import { pushNumber } from '../text/immediate-parser.ts';
import { NUMBER_FLOAT, NUMBER_NONE, numberKind } from '../text/number-syntax.ts';
import { type ValTypeName, valTypeOf } from './type-names.ts';
import { bitsOf, numberText, rawOfBits, shown, type Value } from './values.ts';

/**
 * The value that a text means for a type, as `Func.callBits` takes it: a number as the text format writes it, of a vector
 * the bits as one integer, `null` for a reference. Undefined if it means none.
 */
export function parseValue(text: string, type: ValTypeName): Value {
  // Types of a module are known by index only.
  if (type.startsWith('(')) return text === 'null' && type.startsWith('(ref null') ? null : undefined;
  const valType = valTypeOf(type);
  if (isRef(valType)) return text === 'null' ? null : undefined;
  if (valType === V128) return /^(\d+|0x[\da-f]+)$/i.test(text) ? BigInt(text) : undefined;
  const kind = numberKind(text);
  if (kind === NUMBER_NONE || (kind === NUMBER_FLOAT && valType !== F32 && valType !== F64)) return undefined;
  const words: number[] = [];
  const names = { [I32]: 'i32', [I64]: 'i64', [F32]: 'f32', [F64]: 'f64' } as const;
  try {
    pushNumber(words, names[valType as keyof typeof names], text, 0);
  } catch (error) {
    // The number is out of range.
    if (error instanceof ModuleError) return undefined;
    throw error;
  }
  return bitsOf(words, valType);
}

/** A value as `Func.callBits` gives it, with its type: `3 : i32`, `nan : f64`. */
export function valueText(value: Value, type: ValTypeName): string {
  if (typeof value === 'bigint' && /^([if]\d+|v128)$/.test(type))
    return numberText(rawOfBits(value, valTypeOf(type)).words, valTypeOf(type));
  return `${value === null ? 'null' : shown(value)} : ${type}`;
}
