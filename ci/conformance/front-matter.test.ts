import { expect, test } from 'vitest';
import { parseFrontMatter } from './front-matter.ts';

test('flow lists, block lists and the negative map are read', () => {
  const source = `// Copyright
/*---
esid: sec-x
description: >
  flags: [raw] in a text is no key
info: |
  negative: neither is this
features: [class, "Symbol.iterator",
  generators]
includes:
  - compareArray.js
  - 'propertyHelper.js'
flags: [async, onlyStrict]   # a comment
negative:
  phase: runtime
  type: TypeError
---*/
throw new TypeError();`;
  expect(parseFrontMatter(source)).toEqual({
    features: ['class', 'Symbol.iterator', 'generators'],
    includes: ['compareArray.js', 'propertyHelper.js'],
    flags: ['async', 'onlyStrict'],
    negative: { phase: 'runtime', type: 'TypeError' },
  });
});

test('empty lists, other line endings and a missing front matter are fine', () => {
  expect(parseFrontMatter('/*---\rflags: []\rfeatures: [x]\r---*/').features).toEqual(['x']);
  expect(parseFrontMatter('/*---\r\nflags: []\r\n---*/').flags).toEqual([]);
  expect(parseFrontMatter('1;')).toEqual({ features: [], flags: [], includes: [], negative: null });
});

test('a negative that cannot be judged is an error', () => {
  expect(() => parseFrontMatter('/*---\nnegative:\n  phase: early\n  type: SyntaxError\n---*/')).toThrow(
    /early/,
  );
  expect(() => parseFrontMatter('/*---\nnegative:\n  phase: parse\n---*/')).toThrow(/no type/);
});
