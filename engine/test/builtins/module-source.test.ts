// Source-phase imports of what a host says has a source.
import { expect, test } from 'vitest';
import { Runtime } from '../../engine.ts';

for (const tier of ['tree-walker', 'bytecode-vm'] as const) {
  test(`${tier}: modules with a source give it, others a SyntaxError; all requests give the same object`, () => {
    const prints: string[] = [];
    const runtime = new Runtime({
      tier,
      modules: {
        resolve: (specifier) => specifier,
        load: () => 'export const x = 1;',
        sourceClassName: (name) => (name === 'opaque' ? 'Opaque.Module' : null),
      },
    });
    runtime.defineFunction('print', 1, (args) => {
      prints.push(args.map(String).join(' '));
      return undefined;
    });
    runtime.startModule(
      `import source a from 'opaque';
       const b = await import.source('opaque');
       print(a === b, Object.prototype.toString.call(a), Object.getPrototypeOf(Object.getPrototypeOf(a)) === Object.prototype);
       print(Object.keys(await import('opaque')).length);
       await import.source('plain').catch((e) => print(e.constructor.name, e.message));
       try { new (Object.getPrototypeOf(a).constructor)(); } catch (e) { print(e.constructor.name); }`,
      'main',
    );
    runtime.runJobs();
    expect(prints).toEqual([
      'true [object Opaque.Module] true',
      '0',
      'SyntaxError The module has no source phase representation',
      'TypeError',
    ]);
  });
}
