// The command line tool `kataan`. Each invocation is one of: help, version, a dump or check, a program, the REPL.
import { runIfAgentThread } from '../host/agent-threads.ts';
import { SourceFileError } from '../host/source-file.ts';
import { HELP, parseCommandLine, type RunOptions } from './arguments.ts';
import { checkBytecode, compileToFile, dumpBytecode } from './bytecode.ts';
import { runOnEveryTier } from './every-tier.ts';
import { EXIT_OK, EXIT_USAGE, readProgram, runProgram } from './program.ts';
import { runRepl } from './repl.ts';
import { checkProgram, dumpProgram } from './source-dump.ts';
import { STDERR, STDOUT, writeTo } from './terminal.ts';
import { VERSION } from './version.ts';
import { runWasm } from './wasm.ts';

async function main(args: readonly string[]): Promise<number> {
  const commandLine = parseCommandLine(args);
  switch (commandLine.kind) {
    case 'help':
      writeTo(STDOUT, HELP);
      return EXIT_OK;
    case 'version':
      writeTo(STDOUT, `kataan ${VERSION}\n`);
      return EXIT_OK;
    case 'mistake':
      writeTo(STDERR, `kataan: ${commandLine.message}\nhint: ${commandLine.hint}\n`);
      return EXIT_USAGE;
    case 'run':
      return reportingFiles(() => run(commandLine.options));
    case 'compile':
      return reportingFiles(() => compileToFile(commandLine.options));
    case 'wasm':
      return reportingFiles(async () => runWasm(commandLine.options));
  }
}

async function run(options: RunOptions): Promise<number> {
  const program = await readProgram(options);
  if (program === null) {
    if (!options.isOnEveryTier) return runRepl(options);
    writeTo(STDERR, 'kataan: --tier all needs a program\nhint: kataan --tier all FILE\n');
    return EXIT_USAGE;
  }
  if (program.kind === 'bytecode') {
    if (options.dump !== null) return dumpBytecode(program, options.dump, options.asJson);
    if (options.checksOnly) return checkBytecode(program);
  } else {
    if (options.dump !== null) return dumpProgram(program, options.dump, options.asJson);
    if (options.checksOnly) return checkProgram(program);
  }
  return options.isOnEveryTier ? runOnEveryTier(program, options) : runProgram(program, options);
}

/** Tells of files that cannot be read or written. */
async function reportingFiles(act: () => Promise<number>): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof SourceFileError)) throw error;
    writeTo(STDERR, `kataan: ${error.message}\nhint: kataan --help tells how programs are named\n`);
    return EXIT_USAGE;
  }
}

// Threads of agents run this file too.
if (!runIfAgentThread()) void main(process.argv.slice(2)).then((status) => process.exit(status));
