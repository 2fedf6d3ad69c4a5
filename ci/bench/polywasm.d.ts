// The package brings no types.
declare module 'polywasm' {
  export const WebAssembly: unknown;
}
