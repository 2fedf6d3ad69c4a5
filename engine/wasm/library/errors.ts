// Errors of the library: host errors, since it is the host's program that meets them. Each carries as data what its
// message says.

import { WASM_TRAP_MESSAGES, type WasmTrap } from '../../eval/wasm-traps.ts';
import { lineAndColumn, type ModuleError, type ModuleErrorKind } from '../format/module-error.ts';
import type { TraceFrame } from '../interpret/run.ts';

/** The source is no module, or breaks a rule of validation, or demands more than the limits of modules allow. */
export class CompileError extends Error {
  override readonly name: string = 'CompileError';
  /** `malformed`, `invalid` or `limit`. */
  readonly kind: ModuleErrorKind;
  /** What is wrong, in the words of the specification's test suite, without the place. */
  readonly reason: string;
  /** Byte offset in a binary module, index of the UTF-16 unit in a text. */
  readonly position: number;
  /** `line:column` in a text, both from 1; null in a binary module. */
  readonly lineColumn: string | null;

  constructor(error: ModuleError, source: string | Uint8Array) {
    const { kind, message, position } = error;
    const lineColumn = typeof source === 'string' ? lineAndColumn(source, position) : null;
    super(`${kind} module: ${message} (${lineColumn ?? `byte ${position}`})`);
    this.kind = kind;
    this.reason = message;
    this.position = position;
    this.lineColumn = lineColumn;
  }
}

/** What is imported is missing or does not fit. */
export class LinkError extends Error {
  override readonly name: string = 'LinkError';
}

/** An instruction trapped, or a limit of the store was reached; nothing in a module can catch it. */
export class Trap extends Error {
  override readonly name: string = 'Trap';
  /** What happened, as a word: `integer-divide-by-zero`, `out-of-bounds-memory-access`, `out-of-fuel`, …. */
  readonly code: string;
  /** Functions of modules that were running, the innermost first. */
  readonly wasmStack: readonly TraceFrame[];

  constructor(trap: WasmTrap, wasmStack: readonly TraceFrame[]) {
    const message = WASM_TRAP_MESSAGES[trap] as string;
    super(message);
    this.code = message.replaceAll(' ', '-');
    this.wasmStack = wasmStack;
  }

  /**
   * The message and the stack of WebAssembly functions, a line each. `place` writes positions: a byte offset in
   * hexadecimal unless it is given, for texts perhaps a line and column.
   */
  describe(place: (position: number) => string = hexadecimal): string {
    return [`trap: ${this.message}`, ...this.wasmStack.map((frame) => describeFrame(frame, place))].join(
      '\n',
    );
  }
}

/** Names all codes of traps. */
export const TRAP_CODES: readonly string[] = WASM_TRAP_MESSAGES.slice(1).map((message) =>
  message.replaceAll(' ', '-'),
);

function describeFrame(frame: TraceFrame, place: (position: number) => string): string {
  const { module, name, funcidx, position } = frame;
  const func = name === null ? `function ${funcidx}` : `$${name}`;
  return `    at ${module === null ? '' : `${module}.`}${func} (${place(position)})`;
}

function hexadecimal(position: number): string {
  return `0x${position.toString(16)}`;
}
