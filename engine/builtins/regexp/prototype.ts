// The RegExp prototype object without its symbol-named methods, https://tc39.es/ecma262/#sec-properties-of-the-regexp-prototype-object .
import type { Agent } from '../../runtime/agent.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import { ToString } from '../../runtime/operations/type-conversion.ts';
import type { Value } from '../../runtime/value.ts';
import { getter, type IntrinsicSpec, method, objectSpec } from '../define.ts';
import { thisObject, thisRegExp } from './brands.ts';
import { hasOriginalExec, RegExp_prototype_exec, RegExpExec, regExpBuiltinTest } from './exec.ts';
import { regexpFlagRows } from './flags.ts';
import { RegExpInitialize } from './initialize.ts';
import { regexpSymbolMethodRows } from './symbol-methods.ts';

type Builtin = BuiltinFunction<undefined>;
type NewTarget = JSObject | undefined;

/** RegExp.prototype.test ( S ) — https://tc39.es/ecma262/#sec-regexp.prototype.test */
function RegExp_prototype_test(callee: Builtin, thisValue: Value, _newTarget: NewTarget, S: Value): Value {
  const agent = callee.realm.agent;
  const R = thisObject(agent, thisValue, 'RegExp.prototype.test');
  const string = typeof S === 'string' ? S : ToString(agent, S);
  // Fast path: the result array of the built-in exec would be dropped.
  if (hasOriginalExec(agent, R)) return regExpBuiltinTest(agent, R, string);
  return RegExpExec(agent, R, string) !== null;
}

/** RegExp.prototype.toString ( ) — https://tc39.es/ecma262/#sec-regexp.prototype.tostring */
function RegExp_prototype_toString(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  const R = thisObject(agent, thisValue, 'RegExp.prototype.toString');
  const pattern = ToString(agent, R.Get(agent, 'source', R));
  const flags = ToString(agent, R.Get(agent, 'flags', R));
  return `/${pattern}/${flags}`;
}

/** RegExp.prototype.compile ( pattern, flags ) — https://tc39.es/ecma262/#sec-regexp.prototype.compile , with the checks of the legacy features proposal. */
function RegExp_prototype_compile(
  callee: Builtin,
  thisValue: Value,
  _newTarget: NewTarget,
  pattern: Value,
  flags: Value,
): Value {
  const agent = callee.realm.agent;
  const O = thisRegExp(agent, thisValue, 'RegExp.prototype.compile');
  if (O.constructionRealm !== callee.realm)
    throwTypeError(agent, 'RegExp.prototype.compile called on a RegExp of another realm');
  if (!O.legacyFeaturesEnabled)
    throwTypeError(agent, 'RegExp.prototype.compile called on an instance of a subclass');
  if (!(pattern instanceof RegExpObject)) return RegExpInitialize(agent, O, pattern, flags);
  if (flags !== undefined) throwTypeError(agent, 'Flags given together with a RegExp as pattern');
  return RegExpInitialize(agent, O, pattern.originalSource, pattern.originalFlags);
}

/** get RegExp.prototype.source — https://tc39.es/ecma262/#sec-get-regexp.prototype.source */
function get_RegExp_prototype_source(callee: Builtin, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (thisValue === callee.realm.intrinsic('%RegExp.prototype%')) return '(?:)';
  return EscapeRegExpPattern(
    agent,
    thisRegExp(agent, thisValue, 'RegExp.prototype.source getter').originalSource,
  );
}

const LINE_TERMINATOR_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
]);

/** EscapeRegExpPattern ( P, F ): slashes outside classes and line terminators are escaped — https://tc39.es/ecma262/#sec-escaperegexppattern */
export function EscapeRegExpPattern(agent: Agent, P: string): string {
  if (P === '') return '(?:)';
  agent.chargeFuel(P.length);
  if (!/[/\n\r\u2028\u2029]/.test(P)) return P;
  let S = '';
  let inClass = false;
  for (let i = 0; i < P.length; i++) {
    const isEscape = P[i] === '\\' && i + 1 < P.length;
    const c = isEscape ? P[++i] : P[i];
    if (!isEscape && c === '[') inClass = true;
    else if (!isEscape && c === ']') inClass = false;
    const terminator = LINE_TERMINATOR_ESCAPES.get(c);
    // An escaped line terminator stands for itself, as its own escape does.
    if (terminator !== undefined) S += terminator;
    else if (isEscape || (c === '/' && !inClass)) S += `\\${c}`;
    else S += c;
  }
  agent.chargeBytes(S.length);
  return S;
}

export const regexpPrototypeIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%RegExp.prototype%', {
    constructorName: '%RegExp%',
    rows: [
      method('exec', 1, RegExp_prototype_exec),
      ...regexpFlagRows,
      getter('source', get_RegExp_prototype_source),
      method('compile', 2, RegExp_prototype_compile),
      method('test', 1, RegExp_prototype_test),
      method('toString', 0, RegExp_prototype_toString),
      ...regexpSymbolMethodRows,
    ],
  }),
];
