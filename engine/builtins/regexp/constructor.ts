// The RegExp constructor, https://tc39.es/ecma262/#sec-regexp-constructor .
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { IsRegExp } from '../../runtime/operations/testing-and-comparison.ts';
import { SYMBOL_SPECIES, type Value } from '../../runtime/value.ts';
import { constructorSpec, getter, type IntrinsicSpec, method } from '../define.ts';
import { RegExpAlloc, RegExpInitialize } from './initialize.ts';
import { legacyStaticPropertyRows } from './legacy-static-properties.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** RegExp ( pattern, flags ) — https://tc39.es/ecma262/#sec-regexp-pattern-flags */
function RegExp_constructor(
  callee: Builtin,
  _thisValue: Value,
  NewTarget: NewTarget,
  pattern: Value,
  flags: Value,
): Value {
  const agent = callee.realm.agent;
  const patternIsRegExp = IsRegExp(agent, pattern);
  let newTarget = NewTarget;
  if (newTarget === undefined) {
    newTarget = callee;
    if (patternIsRegExp && flags === undefined && pattern.Get(agent, 'constructor', pattern) === callee)
      return pattern;
  }
  let P: Value = pattern;
  let F: Value = flags;
  if (pattern instanceof RegExpObject) {
    P = pattern.originalSource;
    if (flags === undefined) F = pattern.originalFlags;
  } else if (patternIsRegExp) {
    P = pattern.Get(agent, 'source', pattern);
    if (flags === undefined) F = pattern.Get(agent, 'flags', pattern);
  }
  return RegExpInitialize(agent, RegExpAlloc(agent, callee.realm, newTarget), P, F);
}

/** RegExp.escape ( S ) — https://tc39.es/ecma262/#sec-regexp.escape */
function RegExp_escape(callee: Builtin, _thisValue: Value, _newTarget: NewTarget, S: Value): Value {
  const agent = callee.realm.agent;
  if (typeof S !== 'string') throwTypeError(agent, 'RegExp.escape requires a string');
  agent.chargeFuel(S.length);
  let escaped = '';
  for (const c of S) {
    // A leading letter or digit could continue an escape that the pattern before it has begun.
    if (escaped === '' && /[0-9A-Za-z]/.test(c)) escaped = hexEscape(c);
    else escaped += EncodeForRegExpEscape(c);
  }
  agent.chargeBytes(escaped.length);
  return escaped;
}

const CONTROL_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

/** EncodeForRegExpEscape ( cp ) — https://tc39.es/ecma262/#sec-encodeforregexescape */
function EncodeForRegExpEscape(c: string): string {
  if (/[\^$\\.*+?()[\]{}|/]/.test(c)) return `\\${c}`;
  const controlEscape = CONTROL_ESCAPES.get(c);
  if (controlEscape !== undefined) return controlEscape;
  if (/[-,=<>#&!%:;@~'`"\s]/.test(c)) return hexEscape(c);
  return c.length === 1 && /[\ud800-\udfff]/.test(c) ? hexEscape(c) : c;
}

/** `\xhh` or `\uhhhh` for a character of one code unit. */
function hexEscape(c: string): string {
  const unit = c.charCodeAt(0);
  return unit <= 0xff
    ? `\\x${unit.toString(16).padStart(2, '0')}`
    : `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** get RegExp [ %Symbol.species% ] — https://tc39.es/ecma262/#sec-get-regexp-%symbol.species% */
function get_RegExp_species(_callee: Builtin, thisValue: Value): Value {
  return thisValue;
}

export const regexpConstructorIntrinsics: readonly IntrinsicSpec[] = [
  constructorSpec('%RegExp%', 'RegExp', {
    length: 2,
    code: RegExp_constructor,
    prototype: '%RegExp.prototype%',
    rows: [
      method('escape', 1, RegExp_escape),
      getter(SYMBOL_SPECIES, get_RegExp_species),
      ...legacyStaticPropertyRows,
    ],
  }),
];
