// The guest programs give the checksum of their header on the host and on the tiers, for one unit and for several.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { TIERS } from '../../engine/engine.ts';
import { CALLING_CODE } from './engine.ts';
import { KataanEngine } from './kataan-engine.ts';
import { parseProgram, readPrograms, selectPrograms } from './programs.ts';

const programs = readPrograms(join(dirname(fileURLToPath(import.meta.url)), '../..'));

describe('headers', () => {
  test('a header is read up to the first line that is none', () => {
    const source =
      '// expect: 12\n// scale: 5\n// about: a thing\n// needs: A, B\n// async\n// operation: 10 call of f\n\n// scale: 9\n';
    expect(parseProgram('micro', 'x', source)).toEqual({
      group: 'micro',
      name: 'x',
      source,
      expect: '12',
      scale: 5,
      about: 'a thing',
      needs: ['A', 'B'],
      isAsync: true,
      operation: { count: 10, name: 'call of f' },
    });
  });

  const mistakes: readonly [source: string, message: RegExp][] = [
    ['// scale: 5\n// about: a\n', /no '\/\/ expect/],
    ['// expect: 1\n// about: a\n', /no '\/\/ scale/],
    ['// expect: 1\n// scale: x\n// about: a\n', /scale is no positive integer/],
    ['// expect: 1\n// scale: 1\n// about: a\n// operation: many\n', /operation wants/],
  ];
  for (const [source, message] of mistakes)
    test(`${JSON.stringify(source)} is refused`, () =>
      expect(() => parseProgram('micro', 'x', source)).toThrow(message));

  test('a word of the filter selects by group and name', () => {
    expect(selectPrograms(programs, []).length).toBe(programs.length);
    expect(selectPrograms(programs, ['micro/calls', 'ray-t']).map(({ name }) => name)).toEqual([
      'calls',
      'ray-tracer',
    ]);
  });
});

describe('the collection', () => {
  test('has at least twenty micro programs and six programs of 200 lines and more', () => {
    const micro = programs.filter(({ group }) => group === 'micro');
    const whole = programs.filter(({ group }) => group === 'programs');
    expect(micro.length).toBeGreaterThanOrEqual(20);
    expect(whole.length).toBeGreaterThanOrEqual(6);
    for (const { name, source } of whole) expect(source.split('\n').length, name).toBeGreaterThan(200);
  });

  for (const program of programs) {
    test(`${program.name} gives its checksum on the host`, async () => {
      const context = createContext();
      for (const source of [program.source, CALLING_CODE]) new Script(source).runInContext(context);
      for (const units of [1, 3]) {
        new Script(`benchCall(${units})`).runInContext(context);
        if (program.isAsync) await new Promise(setImmediate);
        expect(new Script('benchResult').runInContext(context)).toBe(program.expect);
      }
    });

    for (const tier of TIERS) {
      const engine = new KataanEngine(tier);
      const missing = program.needs.find(
        (name) => engine.evaluate(`typeof ${name}`, 'needs') === 'undefined',
      );
      test.skipIf(missing !== undefined)(`${program.name} gives its checksum on ${tier}`, async () => {
        engine.evaluate(program.source, program.name);
        engine.evaluate(CALLING_CODE, 'calling-code');
        expect(await engine.callAsync(1)).toBe(program.expect);
      });
    }
  }
});
