// The host's own WebAssembly. The types of Node do not declare it.

export interface HostWebAssembly {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => HostModule;
  readonly Instance: new (module: HostModule, imports?: HostImports) => { readonly exports: HostExports };
  readonly RuntimeError: new () => Error;
  readonly LinkError: new () => Error;
  readonly Exception?: new (tag: object, values: readonly unknown[]) => object;
}
export interface HostModule {
  readonly isHostModule?: never;
}
export type HostExports = Readonly<Record<string, unknown>>;
export type HostImports = Readonly<Record<string, HostExports>>;
export interface HostTable {
  readonly length: number;
  get(index: number): unknown;
}

export const host = (globalThis as unknown as { WebAssembly: HostWebAssembly }).WebAssembly;

/** Messages of traps of the host in the words of the test suite; where it has one for several, they are alternatives. */
const HOST_TRAPS: readonly (readonly [message: RegExp, traps: string])[] = [
  [/^unreachable/, 'unreachable'],
  [/^(divide|remainder) by zero/, 'integer divide by zero'],
  [/^divide result unrepresentable/, 'integer overflow'],
  [/^float unrepresentable/, '<integer overflow|invalid conversion to integer>'],
  [/^memory access out of bounds/, 'out of bounds memory access'],
  [/^table (index is|access|or segment)/, '<out of bounds table access|undefined element>'],
  [/^data segment (\d+ )?is out of bounds/, 'out of bounds memory access'],
  [/segment (is )?out of bounds/, '<out of bounds table access|out of bounds memory access>'],
  [/^(null function or )?function signature mismatch/, '<uninitialized element|indirect call type mismatch>'],
  [
    /^dereferencing a null pointer/,
    `<${['function', 'structure', 'array', 'i31', 'exception'].map((what) => `null ${what} reference`).join('|')}|null reference>`,
  ],
  [/^illegal cast/, 'cast failure'],
  [/^array element access out of bounds/, 'out of bounds array access'],
  [/^rethrowing null value/, '<null exception reference|null reference>'],
  // V8 looks at the alignment first, also of an address that is out of bounds.
  [/^operation does not support unaligned accesses/, '<unaligned atomic|out of bounds memory access>'],
  [/^Atomics\.wait cannot be called in this context/, '<expected shared memory|the agent cannot block>'],
  [/^requested new array is too large/, 'allocation size too large'],
];

/** The trap of an error that the host has thrown, or null if it is none. */
export function hostTrap(error: unknown): string | null {
  if (error instanceof RangeError)
    return /stack/.test(error.message) ? 'call stack exhausted' : 'allocation size too large';
  if (!(error instanceof host.RuntimeError)) return null;
  const message = error.message.replace(/^WebAssembly\.Instance\(\): /, '');
  const row = HOST_TRAPS.find(([words]) => words.test(message));
  return row === undefined ? `one without a name here, ${message}` : row[1];
}
