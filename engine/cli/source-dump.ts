// `kataan --check` and `--dump`: what the front end makes of a program, without running it.
import {
  analyzeScopes,
  astToJson,
  compileProgram,
  describeSyntaxError,
  dumpAst,
  dumpScopes,
  dumpTokens,
  type Module,
  type ParseResult,
  parseModule,
  parseScript,
  type Script,
  SourceText,
  scopesToJson,
  tokensToJson,
} from '../engine.ts';
import type { DumpKind } from './arguments.ts';
import { EXIT_ERROR, EXIT_OK, type SourceProgram } from './program.ts';
import { STDERR, STDOUT, writeTo } from './terminal.ts';

/** Parses only; reports an early error. The result is the exit status. */
export function checkProgram(program: SourceProgram): number {
  return parsedOrReported(program) === null ? EXIT_ERROR : EXIT_OK;
}

/** Prints the dump; the result is the exit status. Tokens are dumped also of texts that do not parse. */
export function dumpProgram(program: SourceProgram, kind: DumpKind, asJson: boolean): number {
  const { name, text, isModule } = program;
  if (kind === 'tokens') {
    writeTo(
      STDOUT,
      asJson ? `${tokensToJson(text, { module: isModule })}\n` : dumpTokens(text, { module: isModule }),
    );
    return EXIT_OK;
  }
  if (kind === 'bytecode') {
    const compiled = compileProgram(text, name, isModule ? 'module' : 'script');
    if (!compiled.ok) {
      writeTo(STDERR, `${describeSyntaxError(name, compiled.error)}\n`);
      return EXIT_ERROR;
    }
    const shown = compiled.program;
    writeTo(STDOUT, asJson ? `${JSON.stringify(shown.disassembleToData())}\n` : shown.disassemble());
    return EXIT_OK;
  }
  const root = parsedOrReported(program);
  if (root === null) return EXIT_ERROR;
  if (kind === 'ast') writeTo(STDOUT, asJson ? `${astToJson(root)}\n` : dumpAst(root));
  else {
    const scopes = analyzeScopes(root);
    writeTo(STDOUT, asJson ? `${JSON.stringify(scopesToJson(scopes))}\n` : dumpScopes(scopes));
  }
  return EXIT_OK;
}

function parsedOrReported({ name, text, isModule }: SourceProgram): Script | Module | null {
  const source = new SourceText(name, text);
  const result: ParseResult<Script | Module> = isModule ? parseModule(source) : parseScript(source);
  if (result.ok) return result.node;
  writeTo(STDERR, `${describeSyntaxError(name, result.error)}\n`);
  return null;
}
