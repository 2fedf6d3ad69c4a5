// The host's `WebAssembly` as far as the suite is run on it; the types that Node's typings leave out.

export interface HostModule {
  readonly isHostModule: true;
}
export interface HostMemory {
  readonly buffer: ArrayBuffer;
}
export interface HostGlobal {
  readonly value: unknown;
}
export type HostExport = HostMemory | HostGlobal | object;
export type HostExports = Readonly<Record<string, HostExport>>;

export type HostErrorClass = abstract new (...args: never[]) => object;

export interface HostWebAssembly {
  readonly Module: new (bytes: Uint8Array) => HostModule;
  readonly Instance: new (
    module: HostModule,
    imports: Readonly<Record<string, HostExports>>,
  ) => { readonly exports: HostExports };
  readonly Global: new (descriptor: { readonly value: string }, value: number | bigint) => HostGlobal;
  readonly Table: new (descriptor: Readonly<Record<string, string | number | bigint>>) => object;
  readonly Memory: new (descriptor: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared?: boolean;
  }) => HostMemory;
  readonly CompileError: HostErrorClass;
  readonly LinkError: HostErrorClass;
  readonly RuntimeError: HostErrorClass;
  readonly Exception: HostErrorClass;
}

export const host = (globalThis as unknown as { WebAssembly: HostWebAssembly }).WebAssembly;
