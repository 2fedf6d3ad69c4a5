// The value types that JavaScript can name. https://webassembly.github.io/spec/js-api/#enumdef-valuetype

import type { Agent } from '../../runtime/agent.ts';
import type { Value } from '../../runtime/value.ts';
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128, type ValType } from '../format/types.ts';
import { enumValue } from './web-idl.ts';

const valueTypes: Readonly<Record<string, ValType>> = {
  i32: I32,
  i64: I64,
  f32: F32,
  f64: F64,
  v128: V128,
  externref: EXTERNREF,
  anyfunc: FUNCREF,
};
const VALUE_TYPES = Object.keys(valueTypes);
const TABLE_KINDS: readonly string[] = ['anyfunc', 'externref'];

/** ToValueType ( s ) — https://webassembly.github.io/spec/js-api/#tovaluetype */
export function ToValueType(agent: Agent, s: Value, what: string): ValType {
  return valueTypes[enumValue(agent, s, VALUE_TYPES, what)];
}

/** The type of a TableKind — https://webassembly.github.io/spec/js-api/#enumdef-tablekind */
export function tableKind(agent: Agent, s: Value, what: string): ValType {
  return valueTypes[enumValue(agent, s, TABLE_KINDS, what)];
}
