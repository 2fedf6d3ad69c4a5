// Programs compiled ahead: from a source text, or from the bytes of a KTBC file, which are checked before anything of them
// runs. A CompiledProgram may run in any number of runtimes whose tier runs bytecode; see Runtime.runProgram.
import { type BytecodeError, decode, encode, makeError } from './bytecode/codec.ts';
import { compileModule, compileScript } from './bytecode/compiler/compile.ts';
import { type DisassembledUnit, disassemble, disassembleToData } from './bytecode/disassemble.ts';
import { type CodeUnit, NestedTooDeeply } from './bytecode/unit.ts';
import { describeVerifyError, verify } from './bytecode/verify.ts';
import { parseModule, parseScript } from './syntax/parse.ts';
import { SourceText } from './syntax/source-text.ts';
import { makeSyntaxError, type SyntaxErrorRecord } from './syntax/syntax-error.ts';

export {
  type BytecodeError,
  type BytecodeErrorCode,
  isBytecode,
  sealDigest as sealBytecode,
} from './bytecode/codec.ts';
export type { DisassembledInstruction, DisassembledUnit } from './bytecode/disassemble.ts';

/** A script or module, compiled in whole. */
export class CompiledProgram {
  /** The root of its units; for Runtime only. */
  readonly unit: CodeUnit;

  constructor(unit: CodeUnit) {
    this.unit = unit;
  }

  /** The name of its source, shown in messages and stack traces. */
  get name(): string {
    return this.unit.source.name;
  }

  get goal(): 'script' | 'module' {
    return this.unit.unitKind === 'module' ? 'module' : 'script';
  }

  /** The file form, KTBC. */
  toBytes(): Uint8Array {
    return encode(this.unit);
  }

  /** The bytecode as text. */
  disassemble(): string {
    return disassemble(this.unit);
  }

  /** The bytecode as plain data. */
  disassembleToData(): DisassembledUnit {
    return disassembleToData(this.unit);
  }
}

export type ProgramResult =
  | { readonly ok: true; readonly program: CompiledProgram }
  | { readonly ok: false; readonly error: SyntaxErrorRecord };

export type LoadResult =
  | { readonly ok: true; readonly program: CompiledProgram }
  | { readonly ok: false; readonly error: BytecodeError };

/** Parses and compiles a source text with all its functions; or its first early error. */
export function compileProgram(source: string, name: string, goal: 'script' | 'module'): ProgramResult {
  const text = new SourceText(name, source);
  let at = 0;
  try {
    let root: CodeUnit;
    if (goal === 'module') {
      const parsed = parseModule(text);
      if (!parsed.ok) return parsed;
      root = compileModule(parsed.node);
    } else {
      const parsed = parseScript(text);
      if (!parsed.ok) return parsed;
      root = compileScript(parsed.node);
    }
    const pending = [root];
    for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
      at = unit.textStart;
      pending.push(...unit.compiled().functions);
    }
    return { ok: true, program: new CompiledProgram(root) };
  } catch (thrown) {
    if (!(thrown instanceof NestedTooDeeply)) throw thrown;
    return { ok: false, error: makeSyntaxError(text, 'NestedTooDeeply', at, '') };
  }
}

/** Reads the bytes of a KTBC file and verifies the code in them, which may come from anywhere; or why it may not run. */
export function loadBytecode(bytes: Uint8Array): LoadResult {
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  const problems = verify(decoded.unit);
  if (problems.length > 0) {
    const hint = 'run code of this engine only, compiled from its source';
    const error = makeError(
      'unverified',
      0,
      `the code is refused: ${describeVerifyError(problems[0])}`,
      hint,
    );
    return { ok: false, error };
  }
  return { ok: true, program: new CompiledProgram(decoded.unit) };
}

/** Reads the bytes to be looked at, not run: also of code that the verifier refuses. */
export function inspectBytecode(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly text: string; readonly data: DisassembledUnit }
  | { readonly ok: false; readonly error: BytecodeError } {
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  return { ok: true, text: disassemble(decoded.unit), data: disassembleToData(decoded.unit) };
}
