// The generated files of the bytecode are what the generator makes of the table and the hot core.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const generator = fileURLToPath(new URL('../../../ci/generate-bytecode.mjs', import.meta.url));

test('opcodes.gen.ts, hot-core.gen.ts and OPCODES.md are what the generator makes of their sources', () => {
  const { status, stderr } = spawnSync(process.execPath, [generator, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
