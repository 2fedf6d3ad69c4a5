// The names of the targets, each that of its folder, where `target.ts` makes it.

export const TARGET_NAMES = [
  'parser',
  'regexp',
  'json',
  'date',
  'bytecode',
  'wasm-binary',
  'wasm-text',
] as const;
