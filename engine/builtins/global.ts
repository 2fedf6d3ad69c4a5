// The Global Object, https://tc39.es/ecma262/#sec-global-object : value and function properties; the other
// properties are intrinsics of their own files.
import type { Agent } from '../runtime/agent.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import type { JSObject } from '../runtime/objects/object.ts';
import { ToInt32, ToNumber, ToString } from '../runtime/operations/type-conversion.ts';
import { ATTRS_HIDDEN } from '../runtime/property-descriptor.ts';
import type { IntrinsicName } from '../runtime/realm.ts';
import { StringBuilder } from '../runtime/string-builder.ts';
import type { Value } from '../runtime/value.ts';
import { constant, functionSpec, type IntrinsicSpec, intrinsicValue, objectSpec } from './define.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** eval ( x ) — https://tc39.es/ecma262/#sec-eval-x . Direct eval is the tiers'. */
function eval_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, x: Value): Value {
  const agent = callee.realm.agent;
  return agent.codeRunner.IndirectEval(agent, x);
}

/** isFinite ( number ) — https://tc39.es/ecma262/#sec-isfinite-number */
function isFinite_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, number: Value): Value {
  return Number.isFinite(ToNumber(callee.realm.agent, number));
}

/** isNaN ( number ) — https://tc39.es/ecma262/#sec-isnan-number */
function isNaN_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, number: Value): Value {
  return Number.isNaN(ToNumber(callee.realm.agent, number));
}

/** parseFloat ( string ) — https://tc39.es/ecma262/#sec-parsefloat-string */
function parseFloat_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, string: Value): Value {
  const { agent } = callee.realm;
  const inputString = ToString(agent, string);
  agent.chargeFuel(inputString.length >> 4);
  return Number.parseFloat(inputString);
}

/** parseInt ( string, radix ) — https://tc39.es/ecma262/#sec-parseint-string-radix */
function parseInt_(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  string: Value,
  radix: Value,
): Value {
  const agent = callee.realm.agent;
  const inputString = ToString(agent, string);
  const R = ToInt32(agent, radix);
  agent.chargeFuel(inputString.length >> 2);
  return Number.parseInt(inputString, R);
}

function throwURIError(agent: Agent): never {
  throw agent.createThrow('URIError', 'URI malformed');
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const UNRESERVED_MARKS = "-_.!~*'()";
const RESERVED = ';/?:@&=+$,';

/** Encode ( string, extraUnescaped ) — https://tc39.es/ecma262/#sec-encode */
function Encode(agent: Agent, string: string, extraUnescaped: string): string {
  const unescapedSet = ALPHANUMERIC + UNRESERVED_MARKS + extraUnescaped;
  const R = new StringBuilder(agent);
  for (let k = 0; k < string.length; ) {
    if ((k & 15) === 0) agent.chargeFuel(1);
    const C = string[k];
    if (unescapedSet.includes(C)) {
      R.append(C);
      k++;
      continue;
    }
    const cp = string.codePointAt(k) as number;
    if (cp >= 0xd800 && cp <= 0xdfff) throwURIError(agent);
    k += cp > 0xffff ? 2 : 1;
    for (const octet of utf8Octets(cp))
      R.append(`%${octet < 16 ? '0' : ''}${octet.toString(16).toUpperCase()}`);
  }
  return R.finish();
}

function utf8Octets(cp: number): number[] {
  if (cp < 0x80) return [cp];
  if (cp < 0x800) return [0xc0 | (cp >> 6), 0x80 | (cp & 63)];
  if (cp < 0x10000) return [0xe0 | (cp >> 12), 0x80 | ((cp >> 6) & 63), 0x80 | (cp & 63)];
  return [0xf0 | (cp >> 18), 0x80 | ((cp >> 12) & 63), 0x80 | ((cp >> 6) & 63), 0x80 | (cp & 63)];
}

function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const lower = c | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** ParseHexOctet ( string, position ), or -1 — https://tc39.es/ecma262/#sec-parsehexoctet */
function ParseHexOctet(string: string, position: number): number {
  if (string.charCodeAt(position) !== 0x25 || position + 2 >= string.length) return -1;
  const high = hexDigit(string.charCodeAt(position + 1));
  const low = hexDigit(string.charCodeAt(position + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Decode ( string, preserveEscapeSet ) — https://tc39.es/ecma262/#sec-decode */
function Decode(agent: Agent, string: string, preserveEscapeSet: string): string {
  const R = new StringBuilder(agent);
  for (let k = 0; k < string.length; ) {
    if ((k & 15) === 0) agent.chargeFuel(1);
    if (string.charCodeAt(k) !== 0x25) {
      R.append(string[k++]);
      continue;
    }
    const start = k;
    const B = ParseHexOctet(string, k);
    if (B < 0) throwURIError(agent);
    k += 3;
    if (B < 0x80) {
      const asciiChar = String.fromCharCode(B);
      R.append(preserveEscapeSet.includes(asciiChar) ? string.slice(start, k) : asciiChar);
      continue;
    }
    const n = B >= 0xf0 && B < 0xf8 ? 4 : B >= 0xe0 && B < 0xf0 ? 3 : B >= 0xc0 && B < 0xe0 ? 2 : 0;
    if (n === 0) throwURIError(agent);
    let cp = B & (0x7f >> n);
    for (let j = 1; j < n; j++) {
      const continuation = ParseHexOctet(string, k);
      if (continuation < 0 || (continuation & 0xc0) !== 0x80) throwURIError(agent);
      cp = (cp << 6) | (continuation & 63);
      k += 3;
    }
    const shortest = n === 2 ? 0x80 : n === 3 ? 0x800 : 0x10000;
    if (cp < shortest || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff)) throwURIError(agent);
    R.append(String.fromCodePoint(cp));
  }
  return R.finish();
}

/** decodeURI ( encodedURI ) — https://tc39.es/ecma262/#sec-decodeuri-encodeduri */
function decodeURI_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, encodedURI: Value): Value {
  const agent = callee.realm.agent;
  return Decode(agent, ToString(agent, encodedURI), `${RESERVED}#`);
}

/** decodeURIComponent ( encodedURIComponent ) — https://tc39.es/ecma262/#sec-decodeuricomponent-encodeduricomponent */
function decodeURIComponent_(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  encodedURIComponent: Value,
): Value {
  const agent = callee.realm.agent;
  return Decode(agent, ToString(agent, encodedURIComponent), '');
}

/** encodeURI ( uri ) — https://tc39.es/ecma262/#sec-encodeuri-uri */
function encodeURI_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, uri: Value): Value {
  const agent = callee.realm.agent;
  return Encode(agent, ToString(agent, uri), `${RESERVED}#`);
}

/** encodeURIComponent ( uriComponent ) — https://tc39.es/ecma262/#sec-encodeuricomponent-uricomponent */
function encodeURIComponent_(
  callee: Builtin,
  _thisValue: Value,
  _newTarget: NewTarget,
  uriComponent: Value,
): Value {
  const agent = callee.realm.agent;
  return Encode(agent, ToString(agent, uriComponent), '');
}

const ESCAPE_UNESCAPED = `${ALPHANUMERIC}@*_+-./`;

/** escape ( string ) — https://tc39.es/ecma262/#sec-escape-string */
function escape_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, string: Value): Value {
  const agent = callee.realm.agent;
  const text = ToString(agent, string);
  const R = new StringBuilder(agent);
  for (let k = 0; k < text.length; k++) {
    if ((k & 15) === 0) agent.chargeFuel(1);
    const unit = text.charCodeAt(k);
    if (ESCAPE_UNESCAPED.includes(text[k])) R.append(text[k]);
    else if (unit < 256) R.append(`%${unit.toString(16).toUpperCase().padStart(2, '0')}`);
    else R.append(`%u${unit.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  return R.finish();
}

/** unescape ( string ) — https://tc39.es/ecma262/#sec-unescape-string */
function unescape_(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, string: Value): Value {
  const agent = callee.realm.agent;
  const text = ToString(agent, string);
  const R = new StringBuilder(agent);
  for (let k = 0; k < text.length; k++) {
    if ((k & 15) === 0) agent.chargeFuel(1);
    if (text[k] === '%') {
      const isLong = text[k + 1] === 'u';
      const digits = isLong ? text.slice(k + 2, k + 6) : text.slice(k + 1, k + 3);
      if (digits.length === (isLong ? 4 : 2) && [...digits].every((d) => hexDigit(d.charCodeAt(0)) >= 0)) {
        R.append(String.fromCharCode(Number.parseInt(digits, 16)));
        k += isLong ? 5 : 2;
        continue;
      }
    }
    R.append(text[k]);
  }
  return R.finish();
}

/** Names of the global object whose value is the intrinsic of the same name. */
const GLOBAL_INTRINSICS: readonly string[] = [
  // Function properties.
  'eval',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'unescape',
  // Constructors.
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'AsyncDisposableStack',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'Date',
  'DisposableStack',
  'Error',
  'EvalError',
  'FinalizationRegistry',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Function',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Iterator',
  'Map',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'RegExp',
  'Set',
  'ShadowRealm',
  'SharedArrayBuffer',
  'String',
  'SuppressedError',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  // Other.
  'Atomics',
  'JSON',
  'Math',
  'Reflect',
  'WebAssembly',
];

export const globalIntrinsics: readonly IntrinsicSpec[] = [
  functionSpec('%eval%', 'eval', 1, eval_),
  functionSpec('%isFinite%', 'isFinite', 1, isFinite_),
  functionSpec('%isNaN%', 'isNaN', 1, isNaN_),
  functionSpec('%parseFloat%', 'parseFloat', 1, parseFloat_),
  functionSpec('%parseInt%', 'parseInt', 2, parseInt_),
  functionSpec('%decodeURI%', 'decodeURI', 1, decodeURI_),
  functionSpec('%decodeURIComponent%', 'decodeURIComponent', 1, decodeURIComponent_),
  functionSpec('%encodeURI%', 'encodeURI', 1, encodeURI_),
  functionSpec('%encodeURIComponent%', 'encodeURIComponent', 1, encodeURIComponent_),
  functionSpec('%escape%', 'escape', 1, escape_),
  functionSpec('%unescape%', 'unescape', 1, unescape_),
  objectSpec('%GlobalObject%', {
    rows: [
      constant('Infinity', Number.POSITIVE_INFINITY),
      constant('NaN', Number.NaN),
      constant('undefined', undefined),
      ...GLOBAL_INTRINSICS.map((name) => intrinsicValue(name, `%${name}%` as IntrinsicName)),
    ],
    finish(realm, object) {
      object.addSlot('globalThis', realm.globalObject, ATTRS_HIDDEN);
    },
  }),
];
