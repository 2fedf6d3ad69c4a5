// The functions that only %Uint8Array% and its prototype have: bytes from and to base64 and hexadecimal text,
// https://tc39.es/proposal-arraybuffer-base64/spec/ .
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwSyntaxError, throwTypeError } from '../../runtime/errors.ts';
import type { HostBuffer } from '../../runtime/objects/array-buffer.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import type { TypedArrayObject } from '../../runtime/objects/typed-array.ts';
import { chargeByteWork, createArrayBuffer } from '../../runtime/operations/array-buffer.ts';
import { CreateDataPropertyOrThrow } from '../../runtime/operations/object-operations.ts';
import { ToBoolean } from '../../runtime/operations/type-conversion.ts';
import {
  createTypedArray,
  requireInBounds,
  requireTypedArray,
  throwImmutable,
  UINT8_TYPE,
} from '../../runtime/operations/typed-array.ts';
import { chargeReading } from '../../runtime/string-work.ts';
import type { Value } from '../../runtime/value.ts';
import { method, type Row } from '../define.ts';
import {
  type Alphabet,
  type DecodeResult,
  FromBase64,
  FromHex,
  type LastChunkHandling,
  toBase64,
  toHex,
} from './base64.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** ValidateUint8Array ( ta ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-validateuint8array */
function ValidateUint8Array(agent: Agent, ta: Value): TypedArrayObject {
  const array = requireTypedArray(agent, ta);
  return array.type === UINT8_TYPE ? array : throwTypeError(agent, 'this is not a Uint8Array');
}

/** ValidateUint8Array for functions that write. */
function requireWritable(agent: Agent, ta: Value): TypedArrayObject {
  const array = ValidateUint8Array(agent, ta);
  if (array.buffer.isImmutable) throwImmutable(agent);
  return array;
}

/** GetUint8ArrayBytes ( ta ), in place — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-getuint8arraybytes */
function GetUint8ArrayBytes(agent: Agent, ta: TypedArrayObject): Uint8Array {
  requireInBounds(agent, ta);
  return ta.elements(agent) as Uint8Array;
}

function requireString(agent: Agent, value: Value): string {
  if (typeof value !== 'string') throwTypeError(agent, `${describeForMessage(value)} is not a string`);
  chargeReading(agent, value.length);
  return value;
}

/** GetOptionsObject ( options ): null for an object without properties — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-getoptionsobject */
function GetOptionsObject(agent: Agent, options: Value): JSObject | null {
  if (options === undefined) return null;
  if (typeof options === 'object' && options !== null) return options;
  return throwTypeError(agent, `Options have to be an object, not ${describeForMessage(options)}`);
}

function getAlphabet(agent: Agent, opts: JSObject | null): Alphabet {
  const alphabet = opts === null ? undefined : opts.Get(agent, 'alphabet', opts);
  if (alphabet === undefined) return 'base64';
  if (alphabet === 'base64' || alphabet === 'base64url') return alphabet;
  return throwTypeError(agent, "alphabet has to be 'base64' or 'base64url'");
}

function getLastChunkHandling(agent: Agent, opts: JSObject | null): LastChunkHandling {
  const handling = opts === null ? undefined : opts.Get(agent, 'lastChunkHandling', opts);
  if (handling === undefined) return 'loose';
  if (handling === 'loose' || handling === 'strict' || handling === 'stop-before-partial') return handling;
  return throwTypeError(agent, "lastChunkHandling has to be 'loose', 'strict' or 'stop-before-partial'");
}

/** Room for `byteLength` bytes that no program sees yet. */
function scratch(agent: Agent, byteLength: number): Uint8Array {
  return new Uint8Array(createArrayBuffer(agent, byteLength).data as HostBuffer);
}

/** A new Uint8Array of what has been decoded; throws the SyntaxError of a failed decoding. */
function arrayOfDecoded(agent: Agent, bytes: Uint8Array, result: DecodeResult): TypedArrayObject {
  if (result.error !== null) throwSyntaxError(agent, result.error);
  const ta = createTypedArray(agent, UINT8_TYPE, result.written);
  chargeByteWork(agent, result.written);
  (ta.elements(agent) as Uint8Array).set(bytes.subarray(0, result.written));
  return ta;
}

/** { read, written }; throws the SyntaxError of a failed decoding, whose bytes before the failure stay written. */
function resultObject(agent: Agent, result: DecodeResult): JSObject {
  if (result.error !== null) throwSyntaxError(agent, result.error);
  const object = OrdinaryObjectCreate(agent, agent.realm.objectPrototype);
  CreateDataPropertyOrThrow(agent, object, 'read', result.read);
  CreateDataPropertyOrThrow(agent, object, 'written', result.written);
  return object;
}

/** Uint8Array.fromBase64 ( string [ , options ] ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-uint8array.frombase64 */
function Uint8Array_fromBase64(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
  options: Value,
): Value {
  const { agent } = callee.realm;
  const text = requireString(agent, string);
  const opts = GetOptionsObject(agent, options);
  const alphabet = getAlphabet(agent, opts);
  const lastChunkHandling = getLastChunkHandling(agent, opts);
  // Four digits are three bytes; one byte more than needed, so that the length never stops the decoding.
  const bytes = scratch(agent, Math.ceil(text.length / 4) * 3 + 1);
  return arrayOfDecoded(agent, bytes, FromBase64(agent, text, alphabet, lastChunkHandling, bytes));
}

/** Uint8Array.fromHex ( string ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-uint8array.fromhex */
function Uint8Array_fromHex(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, string: Value): Value {
  const { agent } = callee.realm;
  const text = requireString(agent, string);
  const bytes = scratch(agent, text.length >> 1);
  return arrayOfDecoded(agent, bytes, FromHex(agent, text, bytes));
}

/** Uint8Array.prototype.setFromBase64 ( string [ , options ] ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-uint8array.prototype.setfrombase64 */
function Uint8Array_prototype_setFromBase64(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
  options: Value,
): Value {
  const { agent } = callee.realm;
  const into = requireWritable(agent, thisValue);
  const text = requireString(agent, string);
  const opts = GetOptionsObject(agent, options);
  const alphabet = getAlphabet(agent, opts);
  const lastChunkHandling = getLastChunkHandling(agent, opts);
  const bytes = GetUint8ArrayBytes(agent, into);
  return resultObject(agent, FromBase64(agent, text, alphabet, lastChunkHandling, bytes));
}

/** Uint8Array.prototype.setFromHex ( string ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-uint8array.prototype.setfromhex */
function Uint8Array_prototype_setFromHex(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
): Value {
  const { agent } = callee.realm;
  const into = requireWritable(agent, thisValue);
  const text = requireString(agent, string);
  return resultObject(agent, FromHex(agent, text, GetUint8ArrayBytes(agent, into)));
}

/** Uint8Array.prototype.toBase64 ( [ options ] ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-uint8array.prototype.tobase64 */
function Uint8Array_prototype_toBase64(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  options: Value,
): Value {
  const { agent } = callee.realm;
  const O = ValidateUint8Array(agent, thisValue);
  const opts = GetOptionsObject(agent, options);
  const alphabet = getAlphabet(agent, opts);
  const omitPadding = opts !== null && ToBoolean(opts.Get(agent, 'omitPadding', opts));
  return toBase64(agent, GetUint8ArrayBytes(agent, O), alphabet, omitPadding);
}

/** Uint8Array.prototype.toHex ( ) — https://tc39.es/proposal-arraybuffer-base64/spec/#sec-uint8array.prototype.tohex */
function Uint8Array_prototype_toHex(callee: Builtin, thisValue: Value): Value {
  const { agent } = callee.realm;
  return toHex(agent, GetUint8ArrayBytes(agent, ValidateUint8Array(agent, thisValue)));
}

export const uint8ArrayRows: readonly Row[] = [
  method('fromBase64', 1, Uint8Array_fromBase64),
  method('fromHex', 1, Uint8Array_fromHex),
];

export const uint8ArrayPrototypeRows: readonly Row[] = [
  method('setFromBase64', 1, Uint8Array_prototype_setFromBase64),
  method('setFromHex', 1, Uint8Array_prototype_setFromHex),
  method('toBase64', 0, Uint8Array_prototype_toBase64),
  method('toHex', 0, Uint8Array_prototype_toHex),
];
