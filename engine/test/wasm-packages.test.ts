// Packages of npm that are WebAssembly inside: they run in our JavaScript engine, on our WebAssembly.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeError, Runtime, type TierName } from '../engine.ts';

const packages = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules');

/** What the packages need of a host besides the language, as a script of the guest. */
const HOST = `
globalThis.console = { log: print, warn: print, error: print };
globalThis.TextDecoder = class {
  decode(bytes) {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return decodeURIComponent(escape(text));
  }
};
globalThis.bytesOf = (file) => {
  const text = readBinary(file);
  return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
};
`;

/** Runs a package's script and a program, and gives what was printed. */
function run(tier: TierName, script: string, program: string): string[] {
  const lines: string[] = [];
  const runtime = new Runtime({ tier });
  runtime.defineFunction('print', 1, ([line]) => {
    lines.push(String(line));
    return undefined;
  });
  runtime.defineFunction('readBinary', 1, ([file]) => readFileSync(join(packages, String(file)), 'latin1'));
  const sources = [
    ['host.js', HOST],
    [script, readFileSync(join(packages, script), 'utf8')],
    ['program.js', program],
  ] as const;
  for (const [name, source] of sources) {
    const end = runtime.runScript(source, name);
    if (end.kind === 'throw') throw new Error(describeError(end.value).stack);
    expect(end.kind).toBe('normal');
  }
  expect(runtime.runJobs().kind).toBe('normal');
  for (const reason of runtime.takeUnhandledRejections()) throw new Error(describeError(reason).stack);
  return lines;
}

test('sql.js creates a table, inserts 10,000 rows and queries them', { timeout: 240_000 }, () => {
  const program = `
initSqlJs({ wasmBinary: bytesOf('sql.js/dist/sql-wasm.wasm') }).then((SQL) => {
  const db = new SQL.Database();
  db.run('CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, score REAL)');
  db.run('BEGIN');
  const insert = db.prepare('INSERT INTO item (name, score) VALUES (?, ?)');
  for (let i = 0; i < 10000; i++) insert.run(['größe' + i % 97, i * 1.5]);
  insert.free();
  db.run('COMMIT');
  const query = (sql) => print(JSON.stringify(db.exec(sql)[0].values));
  query('SELECT COUNT(*), SUM(score), MIN(name), MAX(id) FROM item');
  query('SELECT name, COUNT(*), AVG(score) FROM item GROUP BY name ORDER BY AVG(score) DESC LIMIT 2');
  query("SELECT id FROM item WHERE name LIKE '%96' AND score BETWEEN 3000 AND 3500 ORDER BY id");
  try { db.run('SELECT missing FROM item'); } catch (error) { print(error.message); }
  print(db.export().length % 4096);
});
`;
  const ids: string[] = [];
  for (let i = 2000; i * 1.5 <= 3500; i++) if (i % 97 === 96) ids.push(`[${i + 1}]`);
  expect(run('bytecode-vm', 'sql.js/dist/sql-wasm.js', program)).toEqual([
    '[[10000,74992500,"größe0",10000]]',
    // 103 rows of each remainder from 9 on, whose mean is the middle one: 1.5 * (96 + 97 * 51).
    '[["größe96",103,7564.5],["größe95",103,7563]]',
    `[${ids.join()}]`,
    'no such column: missing',
    '0',
  ]);
});

const data = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i * 31) >>> 3);

test.each(['bytecode-vm', 'tree-walker'] as const)(
  'hash-wasm on %s gives the digests that Node gives',
  { timeout: 120_000 },
  (tier) => {
    const algorithms = ['md5', 'sha1', 'sha256', 'sha512', 'ripemd160'];
    const program = `
const data = Uint8Array.from({ length: ${data.length} }, (_, i) => (i * i * 31) >>> 3);
(async () => {
  for (const name of ${JSON.stringify(algorithms)}) print(name + ' ' + await hashwasm[name](data));
  const hasher = await hashwasm.createSHA256();
  hasher.init();
  for (let i = 0; i < data.length; i += 9973) hasher.update(data.subarray(i, i + 9973));
  print('in parts ' + hasher.digest());
})();
`;
    const digest = (name: string): string => createHash(name).update(data).digest('hex');
    expect(run(tier, 'hash-wasm/dist/index.umd.min.js', program)).toEqual([
      ...algorithms.map((name) => `${name} ${digest(name)}`),
      `in parts ${digest('sha256')}`,
    ]);
  },
);
