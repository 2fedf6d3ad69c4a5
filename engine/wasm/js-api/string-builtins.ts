// JS string builtins: operations on strings that modules import as `wasm:js-string`. Each is a function of the host on the
// machine's slots; what is no string, or out of bounds, is a trap.
// https://webassembly.github.io/spec/js-api/#js-string-builtins

import {
  WASM_TRAP_ARRAY,
  WASM_TRAP_CAST,
  WASM_TRAP_NULL_ARRAY,
  type WasmTrap,
} from '../../eval/wasm-traps.ts';
import type { Agent } from '../../runtime/agent.ts';
import { chargeConcatenation, chargeEquality, chargeScan, chargeString } from '../../runtime/string-work.ts';
import {
  EXTERNREF,
  type FuncType,
  HEAP_EXTERN,
  I16,
  I32,
  refType,
  type SubType,
  type ValType,
} from '../format/types.ts';
import type { Machine } from '../interpret/machine.ts';
import { traceOf, WasmTrapStop } from '../interpret/run.ts';
import type { FuncInst, HostCode } from '../runtime/instances.ts';
import type { WasmArray } from '../runtime/references.ts';
import type { CanonicalType } from '../validate/type-registry.ts';
import type { WebAssemblyState } from './state.ts';

/** A type: a value type, or the nullable reference to an array of mutable i16. */
type BuiltinType = ValType | 'array';

export interface StringBuiltin {
  readonly name: string;
  readonly params: readonly BuiltinType[];
  readonly results: readonly BuiltinType[];
  readonly code: HostCode;
}

const STRING: ValType = refType(HEAP_EXTERN, false);

function trap(m: Machine, code: WasmTrap): never {
  throw new WasmTrapStop(code, traceOf(m));
}

function stringAt(m: Machine, slot: number): string {
  const value = m.refs[slot];
  return typeof value === 'string' ? value : trap(m, WASM_TRAP_CAST);
}

function wordAt(m: Machine, slot: number): number {
  return m.i32[slot << 1] >>> 0;
}

function agentOf(func: FuncInst): Agent {
  return (func.hostData as { readonly state: WebAssemblyState }).state.agent;
}

/** Rows: name, parameters, results, code. Machines are the slots that the engine calls functions of the host with. */
const rows: readonly (readonly [
  name: string,
  params: readonly BuiltinType[],
  results: readonly BuiltinType[],
  code: (m: Machine, base: number, func: FuncInst) => void,
])[] = [
  [
    'cast',
    [EXTERNREF],
    [STRING],
    (m, base) => {
      m.refs[base] = stringAt(m, base);
    },
  ],
  [
    'test',
    [EXTERNREF],
    [I32],
    (m, base) => {
      m.i32[base << 1] = typeof m.refs[base] === 'string' ? 1 : 0;
    },
  ],
  ['fromCharCodeArray', ['array', I32, I32], [STRING], fromCharCodeArray],
  ['intoCharCodeArray', [EXTERNREF, 'array', I32], [I32], intoCharCodeArray],
  [
    'fromCharCode',
    [I32],
    [STRING],
    (m, base) => {
      m.refs[base] = String.fromCharCode(wordAt(m, base));
    },
  ],
  [
    'fromCodePoint',
    [I32],
    [STRING],
    (m, base) => {
      const codePoint = wordAt(m, base);
      if (codePoint > 0x10ffff) trap(m, WASM_TRAP_CAST);
      m.refs[base] = String.fromCodePoint(codePoint);
    },
  ],
  [
    'charCodeAt',
    [EXTERNREF, I32],
    [I32],
    (m, base) => {
      const string = stringAt(m, base);
      const index = wordAt(m, base + 1);
      if (index >= string.length) trap(m, WASM_TRAP_ARRAY);
      m.i32[base << 1] = string.charCodeAt(index);
    },
  ],
  [
    'codePointAt',
    [EXTERNREF, I32],
    [I32],
    (m, base) => {
      const string = stringAt(m, base);
      const index = wordAt(m, base + 1);
      if (index >= string.length) trap(m, WASM_TRAP_ARRAY);
      m.i32[base << 1] = string.codePointAt(index) as number;
    },
  ],
  [
    'length',
    [EXTERNREF],
    [I32],
    (m, base) => {
      m.i32[base << 1] = stringAt(m, base).length;
    },
  ],
  [
    'concat',
    [EXTERNREF, EXTERNREF],
    [STRING],
    (m, base, func) => {
      const first = stringAt(m, base);
      const second = stringAt(m, base + 1);
      chargeConcatenation(agentOf(func), first.length, second.length);
      m.refs[base] = first + second;
    },
  ],
  [
    'substring',
    [EXTERNREF, I32, I32],
    [STRING],
    (m, base, func) => {
      const string = stringAt(m, base);
      const start = wordAt(m, base + 1);
      const end = Math.min(wordAt(m, base + 2), string.length);
      if (start < end) chargeString(agentOf(func), end - start);
      m.refs[base] = start < end ? string.substring(start, end) : '';
    },
  ],
  [
    'equals',
    [EXTERNREF, EXTERNREF],
    [I32],
    (m, base, func) => {
      const first = m.refs[base] === null ? null : stringAt(m, base);
      const second = m.refs[base + 1] === null ? null : stringAt(m, base + 1);
      if (first !== null && second !== null) chargeEquality(agentOf(func), first, second);
      m.i32[base << 1] = first === second ? 1 : 0;
    },
  ],
  [
    'compare',
    [EXTERNREF, EXTERNREF],
    [I32],
    (m, base, func) => {
      const first = stringAt(m, base);
      const second = stringAt(m, base + 1);
      chargeScan(agentOf(func), Math.min(first.length, second.length));
      m.i32[base << 1] = first === second ? 0 : first < second ? -1 : 1;
    },
  ],
];

/** https://webassembly.github.io/spec/js-api/#js-string-fromcharcodearray */
function fromCharCodeArray(m: Machine, base: number, func: FuncInst): void {
  const array = m.refs[base] as WasmArray | null;
  const start = wordAt(m, base + 1);
  const end = wordAt(m, base + 2);
  if (array === null) trap(m, WASM_TRAP_NULL_ARRAY);
  if (start > end || end > array.length) trap(m, WASM_TRAP_ARRAY);
  chargeString(agentOf(func), end - start);
  const units = new Uint16Array((array.data as Int16Array).buffer as ArrayBuffer);
  let text = '';
  for (let i = start; i < end; i += UNITS_AT_ONCE)
    text += String.fromCharCode(...units.subarray(i, Math.min(end, i + UNITS_AT_ONCE)));
  m.refs[base] = text;
}

/** Arguments that a call of the host takes. */
const UNITS_AT_ONCE = 4096;

/** https://webassembly.github.io/spec/js-api/#js-string-intocharcodearray */
function intoCharCodeArray(m: Machine, base: number, func: FuncInst): void {
  const string = stringAt(m, base);
  const array = m.refs[base + 1] as WasmArray | null;
  const start = wordAt(m, base + 2);
  if (array === null) trap(m, WASM_TRAP_NULL_ARRAY);
  if (start + string.length > array.length) trap(m, WASM_TRAP_ARRAY);
  agentOf(func).chargeFuel(string.length >> 6);
  const data = array.data as Int16Array;
  for (let i = 0; i < string.length; i++) data[start + i] = string.charCodeAt(i);
  m.i32[base << 1] = string.length;
}

export const stringBuiltins: ReadonlyMap<string, StringBuiltin> = new Map(
  rows.map(([name, params, results, code]) => [name, { name, params, results, code: code as HostCode }]),
);

/** The canonical type of a builtin. */
export function stringBuiltinType(
  state: WebAssemblyState,
  { params, results }: StringBuiltin,
): CanonicalType {
  const { registry } = state.store;
  const arrayType: SubType = {
    isFinal: true,
    supers: [],
    comp: { kind: 'array', fields: [{ storage: I16, isMutable: true }] },
    describes: -1,
    descriptor: -1,
    position: 0,
  };
  const array = registry.enterGroup([arrayType], 0, []);
  // Type 0 of the builtin's own little module is the array.
  const valType = (type: BuiltinType): ValType => (type === 'array' ? refType(0, true) : type);
  const comp: FuncType = { kind: 'func', params: params.map(valType), results: results.map(valType) };
  const funcType: SubType = { ...arrayType, comp };
  return registry.get(registry.enterGroup([funcType], 1, [array]));
}
