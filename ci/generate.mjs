// `npm run generate`: writes every generated table again. Tests compare the files with what this would write.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
for (const file of readdirSync(folder).sort()) {
  if (!/^generate-.+\.mjs$/.test(file)) continue;
  const { status } = spawnSync(process.execPath, [folder + file], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
