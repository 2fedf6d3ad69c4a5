import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedTable, TableCursor } from './ordered-table.ts';

type Step =
  | { op: 'set'; key: number }
  | { op: 'delete'; key: number }
  | { op: 'clear' }
  | { op: 'start' }
  | { op: 'advance'; cursor: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant('set' as const), key: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ op: fc.constant('delete' as const), key: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.constant({ op: 'clear' as const }) },
  { weight: 1, arbitrary: fc.constant({ op: 'start' as const }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('advance' as const), cursor: fc.nat(3) }) },
);

test('live cursors see what host Map iterators see, through deletes, clears and moves of the table', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = new OrderedTable();
      const host = new Map<number, number>();
      const cursors: TableCursor[] = [];
      const iterators: MapIterator<[number, number]>[] = [];
      const finished: boolean[] = [];
      let value = 0;
      for (const s of steps) {
        if (s.op === 'set') {
          value++;
          expect(table.set(s.key, value)).toBe(!host.has(s.key));
          host.set(s.key, value);
        } else if (s.op === 'delete') expect(table.delete(s.key)).toBe(host.delete(s.key));
        else if (s.op === 'clear') {
          table.clear();
          host.clear();
        } else if (s.op === 'start') {
          cursors.push(new TableCursor(table));
          iterators.push(host.entries());
          finished.push(false);
        } else if (s.cursor < cursors.length && !finished[s.cursor]) {
          const cursor = cursors[s.cursor];
          const next = iterators[s.cursor].next();
          const found = cursor.advance();
          expect(found).toBe(!next.done);
          if (found) expect([cursor.key, cursor.value]).toEqual(next.value);
          // A host iterator that has ended stays ended; a cursor does not.
          else finished[s.cursor] = true;
        }
        expect(table.size).toBe(host.size);
      }
    }),
    { numRuns: 300 },
  );
});

test('-0 is stored as +0 and NaN is found', () => {
  const table = new OrderedTable();
  table.set(-0, 'zero');
  table.set(Number.NaN, 'nan');
  const cursor = new TableCursor(table);
  cursor.advance();
  expect(Object.is(cursor.key, 0)).toBe(true);
  expect(table.get(Number.NaN)).toBe('nan');
});
