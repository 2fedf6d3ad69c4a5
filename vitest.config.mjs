// Tests are not timed: the limit only ends what hangs, also on a machine with other work.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
