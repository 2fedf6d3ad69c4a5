// Object.fromEntries, https://tc39.es/ecma262/#sec-object.fromentries .
import type { Agent } from '../runtime/agent.ts';
import type { BuiltinFunction } from '../runtime/objects/function.ts';
import { type JSObject, OrdinaryObjectCreate, type PendingWork } from '../runtime/objects/object.ts';
import { CreateDataPropertyOrThrow } from '../runtime/operations/object-operations.ts';
import { RequireObjectCoercible } from '../runtime/operations/testing-and-comparison.ts';
import { ToPropertyKey } from '../runtime/operations/type-conversion.ts';
import type { Value } from '../runtime/value.ts';
import { IterableWalk, requireEntry } from './iterable-walk.ts';

type Builtin = BuiltinFunction<undefined>;

/** Object.fromEntries ( iterable ) — https://tc39.es/ecma262/#sec-object.fromentries */
export function Object_fromEntries(
  callee: Builtin,
  _thisValue: Value,
  [iterable]: readonly Value[],
): PendingWork {
  const agent = callee.realm.agent;
  RequireObjectCoercible(agent, iterable, 'Object.fromEntries');
  return new FromEntries(iterable, OrdinaryObjectCreate(agent, agent.realm.objectPrototype));
}

class FromEntries extends IterableWalk {
  private readonly obj: JSObject;

  constructor(iterable: Value, obj: JSObject) {
    super(iterable);
    this.obj = obj;
    this.result = obj;
  }

  protected override take(agent: Agent, next: Value): true {
    const entry = requireEntry(agent, next);
    const k = entry.Get(agent, 0, entry);
    const v = entry.Get(agent, 1, entry);
    CreateDataPropertyOrThrow(agent, this.obj, ToPropertyKey(agent, k), v);
    return true;
  }
}
