// Everything that a realm provides: the built-ins of ECMAScript, and WebAssembly, which only its own bridge knows.
import { intrinsicsProvider } from './builtins/define.ts';
import { intrinsicSpecs } from './builtins/intrinsics.ts';
import { webAssemblyIntrinsics } from './wasm/js-api/intrinsics.ts';

/** The provider that realms use. */
export const intrinsics = intrinsicsProvider([...intrinsicSpecs, ...webAssemblyIntrinsics]);
