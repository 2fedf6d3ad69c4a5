// No module may end the process: hostile ones of every kind, as bytes, as texts and as instances, in processes of little
// memory. The budget and the heap are a 32nd of the default ones and of what Node grants on a small machine.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_MODULE_LIMITS } from '../wasm/wasm.ts';
import { ChildProgram } from './child-process.ts';
import { hostileInstances } from './wasm-limits/hostile-instances.ts';
import { hostileModules } from './wasm-limits/hostile-modules.ts';
import { hostileTexts } from './wasm-limits/hostile-texts.ts';

const SMALL_HEAP_MB = 2048;
const SCALE = 32;
/** What the engine itself takes. */
const ENGINE_MB = 16;

let program: ChildProgram;
beforeAll(async () => {
  program = await ChildProgram.of('wasm-limits/child.ts');
});
afterAll(() => program.remove());

interface Line {
  readonly kind: string;
  readonly accepted?: number;
  readonly reason?: string | null;
  readonly outcome?: string;
}

const TIMEOUT_MS = 600_000;

/** The lines that a process prints; that it ends well is expected. */
function linesOf(heapMb: number, ...args: readonly string[]): Line[] {
  return program.linesOf(heapMb, args, TIMEOUT_MS - 10_000);
}

test(
  'a module of any kind that the budget accepts fits the heap, its instance too, and the next larger is refused with what to raise',
  () => {
    const budget = DEFAULT_MODULE_LIMITS.entryBytes / SCALE;
    const lines = linesOf(SMALL_HEAP_MB / SCALE + ENGINE_MB, 'binary', String(budget));
    expect(lines.map(({ kind }) => kind)).toEqual(Object.keys(hostileModules));
    for (const { kind, accepted, reason, outcome } of lines) {
      expect(accepted, kind).toBeGreaterThan(0);
      expect(outcome, kind).toMatch(/^(\d+$|LinkError: |Trap: )/);
      expect(reason ?? 'limit', kind).toMatch(kind === 'supers' ? /^invalid: / : /^limit/);
    }
    const reasonOf = (kind: string): string | null | undefined =>
      lines.find((line) => line.kind === kind)?.reason;
    expect(reasonOf('elementSegments')).toBe(
      `limit: limit exceeded: with its element segments the module needs more than ${budget} bytes of memory; raise limits.entryBytes`,
    );
    expect(reasonOf('manyBodies')).toContain('raise limits.codeBytes');
  },
  TIMEOUT_MS,
);

test(
  'a text of any kind is taken or refused with a reason of ours',
  () => {
    const lines = linesOf(SMALL_HEAP_MB / 4, 'text', '300000');
    expect(lines.map(({ kind }) => kind)).toEqual(Object.keys(hostileTexts));
    for (const { kind, reason } of lines)
      expect(reason ?? 'malformed: ', kind).toMatch(/^(malformed|invalid|limit): /);
  },
  TIMEOUT_MS,
);

test(
  'instances that ask for too much get a trap or -1',
  () => {
    const lines = linesOf(SMALL_HEAP_MB, 'instance', '0');
    expect(lines.map(({ kind }) => kind)).toEqual(Object.keys(hostileInstances));
    const outcomes = Object.fromEntries(lines.map(({ kind, outcome }) => [kind, outcome]));
    const tooLarge = 'Trap: allocation size too large';
    expect(outcomes).toMatchObject({
      largestTable: '10000000',
      tableOverLimit: tooLarge,
      manyLargeTables: tooLarge,
      growingTables: '-196',
      memory64: tooLarge,
      segmentsOfElements: '0',
      manyGlobals: '0',
      manyImports: '0 100000',
      manyExports: '100000 100000',
      printedData:
        'CompileError: limit module: limit exceeded: characters of a printed module, at most 268435456 (byte 0)',
      printedBlocks: 'true',
    });
    expect(outcomes.growingMemory).toMatch(/^-1,-1,(-1|0),/);
    for (const [kind, outcome] of Object.entries(outcomes))
      expect(outcome, kind).not.toMatch(/^(Range|Type|Syntax)?Error/);
  },
  TIMEOUT_MS,
);
