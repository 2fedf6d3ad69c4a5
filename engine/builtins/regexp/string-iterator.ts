// RegExp String Iterator Objects, https://tc39.es/ecma262/#sec-regexp-string-iterator-objects .
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { BuiltinFunction } from '../../runtime/objects/function.ts';
import { JSObject } from '../../runtime/objects/object.ts';
import type { RegExpObject } from '../../runtime/objects/regexp.ts';
import { CreateIteratorResultObject } from '../../runtime/operations/iterator-operations.ts';
import { Set } from '../../runtime/operations/object-operations.ts';
import { ToLength, ToString } from '../../runtime/operations/type-conversion.ts';
import { rootShape, SHAPE_KIND_ORDINARY, type Shape } from '../../runtime/shape.ts';
import type { Value } from '../../runtime/value.ts';
import { type IntrinsicSpec, method, objectSpec, toStringTag } from '../define.ts';
import {
  AdvanceStringIndex,
  createMatchResult,
  hasOriginalExec,
  RegExpExec,
  regExpBuiltinMatch,
} from './exec.ts';

class RegExpStringIteratorObject extends JSObject {
  readonly iteratingRegExp: JSObject;
  readonly iteratedString: string;
  readonly global: boolean;
  readonly unicode: boolean;
  done: boolean;

  constructor(
    shape: Shape,
    iteratingRegExp: JSObject,
    iteratedString: string,
    global: boolean,
    unicode: boolean,
  ) {
    super(shape);
    this.iteratingRegExp = iteratingRegExp;
    this.iteratedString = iteratedString;
    this.global = global;
    this.unicode = unicode;
    this.done = false;
  }

  override className(): string {
    return 'RegExp String Iterator';
  }
}

/** CreateRegExpStringIterator ( R, S, global, fullUnicode ) — https://tc39.es/ecma262/#sec-createregexpstringiterator */
export function CreateRegExpStringIterator(
  agent: Agent,
  R: JSObject,
  S: string,
  global: boolean,
  fullUnicode: boolean,
): JSObject {
  const prototype = agent.realm.intrinsic('%RegExpStringIteratorPrototype%');
  agent.chargeBytes(128);
  return new RegExpStringIteratorObject(
    rootShape(agent, prototype, SHAPE_KIND_ORDINARY),
    R,
    S,
    global,
    fullUnicode,
  );
}

/** %RegExpStringIteratorPrototype%.next ( ) — https://tc39.es/ecma262/#sec-%regexpstringiteratorprototype%.next */
function RegExpStringIteratorPrototype_next(callee: BuiltinFunction<undefined>, thisValue: Value): Value {
  const agent = callee.realm.agent;
  if (!(thisValue instanceof RegExpStringIteratorObject)) {
    throwTypeError(agent, `next method called on incompatible receiver ${describeForMessage(thisValue)}`);
  }
  if (thisValue.done) return CreateIteratorResultObject(agent, undefined, true);
  const { iteratingRegExp: R, iteratedString: S } = thisValue;
  if (hasOriginalExec(agent, R)) return nextOfBuiltinExec(agent, thisValue, R, S);
  const match = RegExpExec(agent, R, S);
  if (match === null) {
    thisValue.done = true;
    return CreateIteratorResultObject(agent, undefined, true);
  }
  if (!thisValue.global) {
    thisValue.done = true;
    return CreateIteratorResultObject(agent, match, false);
  }
  const matchStr = ToString(agent, match.Get(agent, 0, match));
  if (matchStr === '') {
    const thisIndex = ToLength(agent, R.Get(agent, 'lastIndex', R));
    Set(agent, R, 'lastIndex', AdvanceStringIndex(S, thisIndex, thisValue.unicode), true);
  }
  return CreateIteratorResultObject(agent, match, false);
}

/** Fast path: element 0 of the array of the built-in exec is what lies between two positions. */
function nextOfBuiltinExec(
  agent: Agent,
  iterator: RegExpStringIteratorObject,
  R: RegExpObject,
  S: string,
): Value {
  const match = regExpBuiltinMatch(agent, R, S);
  if (match === null) {
    iterator.done = true;
    return CreateIteratorResultObject(agent, undefined, true);
  }
  const { start, end } = match;
  const result = createMatchResult(agent, R, S, match);
  if (!iterator.global) iterator.done = true;
  else if (start === end) {
    const thisIndex = ToLength(agent, R.Get(agent, 'lastIndex', R));
    Set(agent, R, 'lastIndex', AdvanceStringIndex(S, thisIndex, iterator.unicode), true);
  }
  return CreateIteratorResultObject(agent, result, false);
}

export const regexpStringIteratorIntrinsics: readonly IntrinsicSpec[] = [
  objectSpec('%RegExpStringIteratorPrototype%', {
    parent: '%Iterator.prototype%',
    rows: [method('next', 0, RegExpStringIteratorPrototype_next), toStringTag('RegExp String Iterator')],
  }),
];
