// EnumerateObjectProperties, https://tc39.es/ecma262/#sec-enumerate-object-properties , as a record with a state: the
// algorithm of the specification's note, one key at a time, so that keys deleted before they are reached are
// not visited. The order is that of [[OwnPropertyKeys]], then the prototype's.
import type { Agent } from '../agent.ts';
import type { JSObject } from '../objects/object.ts';
import type { PropertyKey } from '../property-key.ts';

/** What remembering a visited key is charged. */
const KEY_BYTES = 32;

export class ForInIterator {
  private object: JSObject | null;
  private keys: readonly PropertyKey[] | null;
  private index: number;
  /** Keys of the objects so far, enumerable or not: they shadow those further up. */
  private readonly visited: Set<PropertyKey>;

  constructor(object: JSObject) {
    this.object = object;
    this.keys = null;
    this.index = 0;
    this.visited = new Set();
  }

  /** The next key as a String, or undefined at the end. */
  next(agent: Agent): string | undefined {
    while (this.object !== null) {
      const object: JSObject = this.object;
      if (this.keys === null) {
        this.keys = object.OwnPropertyKeys(agent);
        this.index = 0;
      }
      while (this.index < this.keys.length) {
        const key = this.keys[this.index++];
        if (typeof key === 'symbol') continue;
        agent.chargeFuel(1);
        const desc = object.GetOwnProperty(agent, key);
        if (desc === undefined || this.visited.has(key)) continue;
        agent.chargeBytes(KEY_BYTES);
        this.visited.add(key);
        if (desc.enumerable === true) return String(key);
      }
      agent.chargeFuel(1);
      this.object = object.GetPrototypeOf(agent);
      this.keys = null;
    }
    return undefined;
  }
}
