// Conversions of arguments as Web IDL has them, which the specification of the JavaScript API is written in.
// https://webidl.spec.whatwg.org/

import { type AccessorRow, accessor, type MethodRow, method } from '../../builtins/define.ts';
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import { ArrayBufferObject } from '../../runtime/objects/array-buffer.ts';
import { DataViewObject } from '../../runtime/objects/data-view.ts';
import type { HostCode, JSObject } from '../../runtime/objects/object.ts';
import { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { chargeByteWork, requireAttached } from '../../runtime/operations/array-buffer.ts';
import { GetIterator, IteratorToList } from '../../runtime/operations/iterator-operations.ts';
import { Get } from '../../runtime/operations/object-operations.ts';
import { ToBigInt, ToNumber, ToString } from '../../runtime/operations/type-conversion.ts';
import { ATTR_ENUMERABLE, ATTRS_DEFAULT } from '../../runtime/property-descriptor.ts';
import type { Value } from '../../runtime/value.ts';
import type { CompileOptions } from './builtin-imports.ts';
import { NO_OPTIONS } from './builtin-imports.ts';

/** An operation: enumerable, unlike methods of ECMAScript. */
export function operation(key: string, length: number, code: HostCode): MethodRow {
  return method(key, length, code, ATTRS_DEFAULT);
}

/** An attribute: enumerable likewise. */
export function attribute(key: string, get: HostCode, set?: HostCode): AccessorRow {
  const row = accessor(key, get, set);
  return { ...row, attributes: row.attributes | ATTR_ENUMERABLE };
}

/** Throws the TypeError of a call with fewer arguments than are required. */
export function requireArguments(agent: Agent, what: string, given: number, required: number): void {
  if (given < required)
    throwTypeError(
      agent,
      `${what}: ${required} argument${required === 1 ? '' : 's'} required, ${given} given`,
    );
}

/** Throws the TypeError of an interface that is called without `new`. */
export function requireNew(agent: Agent, newTarget: JSObject | undefined, what: string): JSObject {
  return newTarget ?? throwTypeError(agent, `Constructor ${what} requires 'new'`);
}

/** A dictionary: an object, or nothing (null). */
export function dictionary(agent: Agent, value: Value, what: string): JSObject | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object'
    ? value
    : throwTypeError(agent, `${what} must be an object, not ${describeForMessage(value)}`);
}

/** A dictionary with members that are required. */
export function requiredDictionary(agent: Agent, value: Value, what: string): JSObject {
  return dictionary(agent, value, what) ?? throwTypeError(agent, `${what} must be an object`);
}

/** A member that is a string of an enumeration. */
export function enumValue<T extends string>(
  agent: Agent,
  value: Value,
  values: readonly T[],
  what: string,
): T {
  const text = ToString(agent, value);
  const found = values.find((each) => each === text);
  return (
    found ??
    throwTypeError(agent, `${what} must be one of ${values.join(', ')}, not ${describeForMessage(text)}`)
  );
}

const MAX_UINT32 = 2 ** 32 - 1;
const MAX_UINT64 = 2n ** 64n - 1n;

/** [EnforceRange] unsigned long — https://webidl.spec.whatwg.org/#abstract-opdef-converttoint */
export function enforceUint32(agent: Agent, value: Value, what: string): number {
  const number = Math.trunc(ToNumber(agent, value));
  if (!(number >= 0 && number <= MAX_UINT32))
    throwTypeError(agent, `${what} must be an integer from 0 to ${MAX_UINT32}`);
  // No negative zero.
  return number + 0;
}

/** AddressValueToU64 ( v, addrtype ) — https://webassembly.github.io/spec/js-api/#addressvaluetou64 */
export function AddressValueToU64(agent: Agent, value: Value, is64: boolean, what: string): bigint {
  if (!is64) return BigInt(enforceUint32(agent, value, what));
  const number = ToBigInt(agent, value);
  if (number < 0n || number > MAX_UINT64)
    throwTypeError(agent, `${what} must be an integer from 0 to 2^64 - 1`);
  return number;
}

/** U64ToAddressValue ( v, addrtype ) — https://webassembly.github.io/spec/js-api/#u64toaddressvalue */
export function U64ToAddressValue(value: number, is64: boolean): number | bigint {
  return is64 ? BigInt(value) : value;
}

export interface AddressLimits {
  readonly is64: boolean;
  readonly min: bigint;
  readonly max: bigint | null;
}

/** The members `address`, `initial` and `maximum` of the descriptors of memories and tables, in this order. */
export function addressLimits(agent: Agent, descriptor: JSObject, what: string): AddressLimits {
  const address = Get(agent, descriptor, 'address');
  const is64 =
    address !== undefined && enumValue(agent, address, ['i32', 'i64'], `${what}: 'address'`) === 'i64';
  const initial = Get(agent, descriptor, 'initial');
  if (initial === undefined) throwTypeError(agent, `${what}: 'initial' is required`);
  const min = AddressValueToU64(agent, initial, is64, `${what}: 'initial'`);
  const maximum = Get(agent, descriptor, 'maximum');
  const max = maximum === undefined ? null : AddressValueToU64(agent, maximum, is64, `${what}: 'maximum'`);
  return { is64, min, max };
}

/** A copy of the bytes held by a BufferSource — https://webidl.spec.whatwg.org/#dfn-get-buffer-source-copy */
export function copyOfBytes(agent: Agent, value: Value, what: string): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(agent, value, what);
  chargeByteWork(agent, bytes.length);
  agent.chargeBytes(bytes.length);
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}

function bytesOf(agent: Agent, value: Value, what: string): Uint8Array {
  if (value instanceof ArrayBufferObject)
    return new Uint8Array(requireAttached(agent, value, what), 0, value.byteLength);
  if (value instanceof TypedArrayObject) {
    const { buffer, byteOffset, byteLength } = value.elements(agent);
    requireAttached(agent, value.buffer, what);
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  if (value instanceof DataViewObject) {
    const data = requireAttached(agent, value.buffer, what);
    if (value.isOutOfBounds()) throwTypeError(agent, `${what}: the DataView is out of bounds`);
    return new Uint8Array(data, value.byteOffset, value.view.byteLength);
  }
  return throwTypeError(agent, `${what}: the first argument must be an ArrayBuffer or a view of one`);
}

/** WebAssemblyCompileOptions — https://webassembly.github.io/spec/js-api/#dictdef-webassemblycompileoptions */
export function compileOptions(agent: Agent, value: Value, what: string): CompileOptions {
  const options = dictionary(agent, value, `${what}: the options`);
  if (options === null) return NO_OPTIONS;
  const sets = Get(agent, options, 'builtins');
  const builtins: string[] = [];
  if (sets !== undefined) {
    if (typeof sets !== 'object' || sets === null)
      throwTypeError(agent, `${what}: 'builtins' must be iterable`);
    for (const set of IteratorToList(agent, GetIterator(agent, sets))) builtins.push(ToString(agent, set));
  }
  const constants = Get(agent, options, 'importedStringConstants');
  return { builtins, importedStringConstants: constants === undefined ? null : ToString(agent, constants) };
}
