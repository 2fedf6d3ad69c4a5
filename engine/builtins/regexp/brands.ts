// Checks of what a method of RegExp.prototype is called on.
import type { Agent } from '../../runtime/agent.ts';
import { describeForMessage } from '../../runtime/describe.ts';
import { throwTypeError } from '../../runtime/errors.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { RegExpObject } from '../../runtime/objects/regexp.ts';
import type { Value } from '../../runtime/value.ts';

/** Brand check: [[RegExpMatcher]]. */
export function thisRegExp(agent: Agent, thisValue: Value, what: string): RegExpObject {
  if (thisValue instanceof RegExpObject) return thisValue;
  return throwTypeError(
    agent,
    `Method ${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}

/** `this` must be an object of any kind. */
export function thisObject(agent: Agent, thisValue: Value, what: string): JSObject {
  if (typeof thisValue === 'object' && thisValue !== null) return thisValue;
  return throwTypeError(
    agent,
    `Method ${what} called on incompatible receiver ${describeForMessage(thisValue)}`,
  );
}
