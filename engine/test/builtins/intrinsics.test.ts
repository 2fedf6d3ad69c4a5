// Self-tests over the tables of the library (every built-in reachable from a realm has a clause link).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { intrinsicSpecs } from '../../builtins/intrinsics.ts';
import { Runtime } from '../../engine.ts';
import { BuiltinFunction } from '../../runtime/objects/function.ts';
import type { JSObject } from '../../runtime/objects/object.ts';
import { AccessorPair } from '../../runtime/property-descriptor.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../builtins');

function sources(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    if (statSync(file).isDirectory()) return sources(file);
    return /\.ts$/.test(name) && !/\.test\.ts$/.test(name) ? [readFileSync(file, 'utf8')] : [];
  });
}

test('every function of a row has a doc line with a link to its clause', () => {
  const missing: string[] = [];
  for (const source of sources(folder)) {
    for (const [, name] of source.matchAll(/^(?:export )?function ([A-Za-z]+_[A-Za-z0-9_]*)\(/gm)) {
      const at = source.search(new RegExp(`^(?:export )?function ${name}\\(`, 'm'));
      const before = source.slice(0, at).trimEnd();
      const doc = before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '';
      if (!/https:\/\/(?:tc39\.es|github\.com\/tc39)\//.test(doc)) missing.push(name);
    }
  }
  expect(missing).toEqual([]);
});

test('every intrinsic fills itself in, and every function reachable has its name and length', () => {
  const runtime = new Runtime();
  const { realm, agent } = runtime;
  const seen = new Set<JSObject>();
  const pending: JSObject[] = intrinsicSpecs.map((spec) => realm.intrinsic(spec.name));
  while (pending.length > 0) {
    const object = pending.pop() as JSObject;
    if (seen.has(object)) continue;
    seen.add(object);
    for (const key of object.OwnPropertyKeys(agent)) {
      const desc = object.OrdinaryGetOwnProperty(key);
      for (const value of [desc?.value, desc?.get, desc?.set]) {
        if (typeof value === 'object' && value !== null && !(value instanceof AccessorPair))
          pending.push(value);
      }
    }
    const proto = object.GetPrototypeOf(agent);
    if (proto !== null) pending.push(proto);
    if (object instanceof BuiltinFunction) {
      expect(object.GetOwnProperty(agent, 'length')?.hasValue).toBe(true);
      expect(object.GetOwnProperty(agent, 'name')?.hasValue).toBe(true);
    }
  }
  expect(seen.size).toBeGreaterThan(500);
});
