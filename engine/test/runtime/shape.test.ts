import { beforeEach, expect, test } from 'vitest';
import { Runtime } from '../../engine.ts';
import type { Agent } from '../../runtime/agent.ts';
import { type JSObject, OrdinaryObjectCreate } from '../../runtime/objects/object.ts';
import { dataDescriptor, PropertyDescriptor } from '../../runtime/property-descriptor.ts';
import { cellOfChain } from '../../runtime/shape.ts';

let agent: Agent;
beforeEach(() => {
  agent = new Runtime().agent;
});

function objectWith(keys: readonly (string | number | symbol)[], proto: JSObject | null = null): JSObject {
  const o = OrdinaryObjectCreate(agent, proto);
  keys.forEach((key, i) => {
    o.Set(agent, key, i, o);
  });
  return o;
}

test('adding the same keys in the same order yields the same shape', () => {
  expect(objectWith(['a', 'b', 'c']).shape).toBe(objectWith(['a', 'b', 'c']).shape);
  expect(objectWith(['a', 'b']).shape).not.toBe(objectWith(['b', 'a']).shape);
});

test('objects of other prototypes have other shapes', () => {
  const proto = OrdinaryObjectCreate(agent, null);
  expect(objectWith(['a'], proto).shape).not.toBe(objectWith(['a']).shape);
  expect(objectWith(['a'], proto).shape).toBe(objectWith(['a'], proto).shape);
});

test('keys are listed as indices ascending, strings, symbols', () => {
  const s = Symbol('s');
  const o = objectWith(['b', s, 7, 'a', 2]);
  expect(o.OwnPropertyKeys(agent)).toEqual([2, 7, 'b', 'a', s]);
});

test('properties beyond the six fields go to the overflow and read back', () => {
  const keys = Array.from({ length: 300 }, (_, i) => `k${i}`);
  const o = objectWith(keys);
  keys.forEach((key, i) => {
    expect(o.Get(agent, key, o)).toBe(i);
  });
  expect(o.OwnPropertyKeys(agent)).toEqual(keys);
});

test('a deleted and re-added property goes to the end and slots are compacted', () => {
  const keys = Array.from({ length: 100 }, (_, i) => `k${i}`);
  const o = objectWith(keys);
  for (const key of keys.slice(0, 90)) expect(o.Delete(agent, key)).toBe(true);
  o.Set(agent, 'new', 'n', o);
  o.Set(agent, 'k0', 'again', o);
  expect(o.OwnPropertyKeys(agent)).toEqual([...keys.slice(90), 'new', 'k0']);
  expect(keys.slice(90).map((key) => o.Get(agent, key, o))).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
  expect(o.shape.slotCount).toBeLessThan(30);
});

test('an attribute change leaves other objects of the shape alone', () => {
  const o = objectWith(['a']);
  const other = objectWith(['a']);
  const desc = new PropertyDescriptor();
  desc.writable = false;
  expect(o.DefineOwnProperty(agent, 'a', desc)).toBe(true);
  expect(o.Set(agent, 'a', 9, o)).toBe(false);
  expect(other.Set(agent, 'a', 9, other)).toBe(true);
});

test('a chain cell breaks when an object on the chain changes, and not before', () => {
  const grand = objectWith(['g']);
  const proto = objectWith(['p'], grand);
  const cell = cellOfChain(proto);
  const receiver = objectWith(['r'], proto);
  receiver.Set(agent, 'x', 1, receiver);
  expect(cell.valid).toBe(true);
  grand.DefineOwnProperty(agent, 'later', dataDescriptor(1, 7));
  expect(cell.valid).toBe(false);
  const second = cellOfChain(proto);
  expect(second.valid).toBe(true);
  proto.Set(agent, 'p', 2, proto);
  expect(second.valid).toBe(false);
});

test('preventing extensions refuses new properties and keeps old ones writable', () => {
  const o = objectWith(['a']);
  o.PreventExtensions(agent);
  expect(o.Set(agent, 'b', 1, o)).toBe(false);
  expect(o.Set(agent, 'a', 5, o)).toBe(true);
  expect(o.Get(agent, 'a', o)).toBe(5);
});

test('guest objects have no host property by name', () => {
  const o = objectWith([]) as unknown as Record<string, unknown>;
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
    expect(name in o).toBe(false);
  }
});
