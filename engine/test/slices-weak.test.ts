// Work of the library that is paused keeps alive what it refers to.
import { expect, test } from 'vitest';
import { Runtime } from '../engine.ts';

const wait = 'for (let i = 0; i < 300; i++);';
test.each([
  `[{}].values().map((x) => { globalThis.w = new WeakRef(x); ${wait} return 1; }).next()`,
  `const h = [{}].values().flatMap((x) => { globalThis.w = new WeakRef(x); return [x]; }); h.next(); ${wait} h`,
  `Object.defineProperty(new Proxy({}, { defineProperty(t, k, d) { globalThis.w = new WeakRef(t); ${wait} return true; } }), 'x', {});`,
  `Promise.all.call(class extends Promise { constructor(f) { super(f); globalThis.w = new WeakRef(this); ${wait} } }, [1]);`,
  `JSON.stringify({ a: [{}] }, (k, v) => { if (k === '0') { globalThis.w = new WeakRef(v); ${wait} } return v; });`,
  `new Set([{}]).difference({ size: 9, keys() {}, has(x) { globalThis.w = new WeakRef(x); ${wait} } });`,
])('a collection in a pause takes nothing from %s', (source) => {
  const runtime = new Runtime({ weakReferences: 'on-request' });
  const execution = runtime.start(source, 'weak.js');
  expect(execution.run(150).kind).toBe('paused');
  runtime.collectGarbage();
  expect(runtime.runScript('w.deref() !== undefined', 'a.js')).toEqual({ kind: 'normal', value: true });
  runtime.collectGarbage();
  let end = execution.run(100);
  while (end.kind === 'paused') end = execution.run(100);
  expect(end.kind).toBe('normal');
});
