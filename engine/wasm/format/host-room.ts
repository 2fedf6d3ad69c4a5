// Buffers that the host may have no room for: what is too large for it becomes an error about the module that asked.

import { ModuleError } from './module-error.ts';

/** What `make` gives: buffers of `bytes` bytes in all for `what`. Throws a ModuleError of kind `limit` if there is no room. */
export function withRoom<T>(bytes: number, what: string, position: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError)
      throw new ModuleError('limit', 'noRoom', [String(bytes), what], position);
    throw error;
  }
}
