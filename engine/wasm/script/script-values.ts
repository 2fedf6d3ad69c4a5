// Arguments and expected results of scripts, as engines hold them.

import type { WasmEngine } from '../executor/engine.ts';
import { agrees } from '../executor/outcome-text.ts';
import {
  F32,
  F64,
  HEAP_ARRAY,
  HEAP_EQ,
  HEAP_EXN,
  HEAP_FUNC,
  HEAP_I31,
  HEAP_STRUCT,
  type HeapType,
  I32,
  I64,
  type ValType,
} from '../format/types.ts';
import type { RawValue } from '../interpret/instantiate.ts';
import { numberText } from '../library/values.ts';
import type { LanePattern, ScriptResult, ScriptValue } from '../text/script.ts';

/** A value of the host that a script names by a number. */
export class HostValue {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

const hostValues = new Map<number, HostValue>();

export function hostValue(value: number): HostValue {
  let host = hostValues.get(value);
  if (host === undefined) {
    host = new HostValue(value);
    hostValues.set(value, host);
  }
  return host;
}

export function rawValue(value: ScriptValue): RawValue {
  switch (value.kind) {
    case 'null':
      return { words: [], ref: null };
    case 'host':
    case 'extern':
      return { words: [], ref: hostValue(value.value) };
    default:
      return { words: value.words, ref: null };
  }
}

/** Whether a result of an engine is what the script expects. */
export function matches(engine: WasmEngine, actual: RawValue, expected: ScriptResult): boolean {
  const { words, ref } = actual;
  switch (expected.kind) {
    case 'nan':
      return isNaNOf(expected.type === 'f32' ? words.slice(0, 1) : words.slice(0, 2), expected.isCanonical);
    case 'lanes':
      return expected.lanes.every((lane, i) => matchesLane(words, expected.bits, i, lane));
    case 'anyNull':
    case 'null':
      return ref === null;
    case 'host':
    case 'extern':
      return ref === hostValue(expected.value);
    case 'ref':
      return ref !== null && isOfHeap(engine, ref, expected.heap);
    case 'either':
      return expected.options.some((option) => matches(engine, actual, option));
    default:
      return expected.words.every((word, i) => word === words[i]);
  }
}

/** The first words of `WasmEngine.referenceText` for what is of a heap type; everything is of the others. */
const HEAPS: ReadonlyMap<HeapType, readonly string[]> = new Map([
  [HEAP_EQ, ['struct', 'array', 'i31']],
  [HEAP_I31, ['i31']],
  [HEAP_STRUCT, ['struct']],
  [HEAP_ARRAY, ['array']],
  [HEAP_FUNC, ['func']],
  [HEAP_EXN, ['exn']],
]);

function isOfHeap(engine: WasmEngine, ref: unknown, heap: HeapType): boolean {
  const [text] = engine.referenceText(ref).split(' ') as [string];
  return HEAPS.get(heap)?.some((kind) => agrees(kind, text)) ?? true;
}

/** Whether words, low first, are a NaN of a class. */
function isNaNOf(words: readonly number[], isCanonical: boolean): boolean {
  const high = words[words.length - 1] as number;
  const quiet = words.length === 1 ? 0x7fc0_0000 : 0x7ff8_0000;
  if (!isCanonical) return (high & quiet) === quiet;
  return (high & 0x7fff_ffff) === quiet && (words.length === 1 || words[0] === 0);
}

function matchesLane(words: readonly number[], bits: number, lane: number, expected: LanePattern): boolean {
  const first = (lane * bits) >> 5;
  if (typeof expected === 'string')
    return isNaNOf(words.slice(first, first + bits / 32), expected === 'canonical');
  let value = 0n;
  for (let i = 3; i >= 0; i--) value = (value << 32n) | BigInt((words[i] as number) >>> 0);
  return BigInt.asUintN(bits, value >> BigInt(lane * bits)) === expected;
}

/** A value that is expected, for a message. */
export function expectedText(expected: ScriptResult): string {
  const type = NUMBER_TYPES.get(expected.kind);
  if (type !== undefined && 'words' in expected) return numberText(expected.words, type);
  return JSON.stringify(expected, (_, value) =>
    typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
  );
}

const NUMBER_TYPES: ReadonlyMap<string, ValType> = new Map([
  ['i32', I32],
  ['i64', I64],
  ['f32', F32],
  ['f64', F64],
]);
