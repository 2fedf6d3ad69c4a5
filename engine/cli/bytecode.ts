// `kataan compile`, and what `--check` and `--dump bytecode` do with a compiled program.
import { compileProgram, describeSyntaxError, inspectBytecode, loadBytecode } from '../engine.ts';
import { writeFileBytes } from '../host/source-file.ts';
import type { CompileOptions, DumpKind } from './arguments.ts';
import {
  type BytecodeFile,
  EXIT_ERROR,
  EXIT_OK,
  EXIT_USAGE,
  readProgram,
  reportBytecodeError,
} from './program.ts';
import { STDERR, STDOUT, writeBytesTo, writeTo } from './terminal.ts';

function err(text: string): void {
  writeTo(STDERR, text);
}

/** Compiles a source text to a file; the result is the exit status. Throws SourceFileError. */
export async function compileToFile({ source, isModule, output }: CompileOptions): Promise<number> {
  const program = await readProgram({ source, isModule });
  if (program === null || program.kind === 'bytecode') {
    err('kataan: the file is compiled already\nhint: kataan FILE runs it\n');
    return EXIT_USAGE;
  }
  // The name goes into the file: as it was given, so that it tells nothing of this machine.
  const name = source.kind === 'file' ? source.path : program.name;
  const compiled = compileProgram(program.text, name, program.isModule ? 'module' : 'script');
  if (!compiled.ok) {
    err(`${describeSyntaxError(program.name, compiled.error)}\n`);
    return EXIT_ERROR;
  }
  const bytes = compiled.program.toBytes();
  if (output === '-') writeBytesTo(STDOUT, bytes);
  else writeFileBytes(output, bytes);
  return EXIT_OK;
}

/** Reads and verifies a compiled program; reports what is wrong. The result is the exit status. */
export function checkBytecode({ name, bytes }: BytecodeFile): number {
  const loaded = loadBytecode(bytes);
  return loaded.ok ? EXIT_OK : reportBytecodeError(name, loaded.error, err);
}

/** Prints the bytecode of a compiled program, and then whether the verifier refuses it; the result is the exit status. */
export function dumpBytecode(file: BytecodeFile, kind: DumpKind, asJson: boolean): number {
  if (kind !== 'bytecode') {
    err(`kataan: a compiled program has no ${kind}\nhint: --dump bytecode shows what it has\n`);
    return EXIT_USAGE;
  }
  const shown = inspectBytecode(file.bytes);
  if (!shown.ok) return reportBytecodeError(file.name, shown.error, err);
  writeTo(STDOUT, asJson ? `${JSON.stringify(shown.data)}\n` : shown.text);
  return checkBytecode(file);
}
