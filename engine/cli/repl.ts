// The read-eval-print loop on a terminal. node:readline edits the line; what is typed is coloured by the engine's
// lexer, continued while the parser wants more, and evaluated as scripts of one realm.

import { writeFileSync } from 'node:fs';
import type { Interface } from 'node:readline';
import {
  type Completion,
  describeSyntaxError,
  type Execution,
  inspect,
  JSObject,
  PAUSABLE_TIERS,
  parseReplInput,
  peekValue,
  type Runtime,
  type Script,
  type Value,
} from '../engine.ts';
import { type EventLoop, type LoopEnd, UncaughtInJob } from '../host/event-loop.ts';
import { readSourceFile, SourceFileError } from '../host/source-file.ts';
import type { RunOptions } from './arguments.ts';
import { completionsOf } from './completion.ts';
import { highlight } from './highlight.ts';
import { History, historyPath } from './history.ts';
import { createRuntime, EXIT_OK, installHost, PROCESS_HOST } from './program.ts';
import { STDERR, STDOUT, wantsColors, writeTo } from './terminal.ts';
import { VERSION } from './version.ts';

const PROMPT = '> ';
const CONTINUATION_PROMPT = '... ';
/** Fuel between two looks at the keyboard: some ten milliseconds. */
const SLICE_FUEL = 500_000;

interface Command {
  readonly name: string;
  readonly help: string;
  readonly run: (repl: Repl, argument: string) => void;
}

const COMMANDS: readonly Command[] = [
  { name: '.break', help: 'drop the lines of an unfinished input', run: (repl) => repl.dropInput() },
  {
    name: '.editor',
    help: 'type several lines, then Ctrl-D to run or Ctrl-C to drop them',
    run: (repl) => repl.startEditor(),
  },
  { name: '.exit', help: 'leave (also Ctrl-D)', run: (repl) => repl.exit() },
  { name: '.help', help: 'this list', run: (repl) => repl.help() },
  { name: '.load', help: '.load FILE runs a file here', run: (repl, file) => repl.load(file) },
  {
    name: '.save',
    help: '.save FILE writes what was run in this session',
    run: (repl, file) => repl.save(file),
  },
];

/** Runs the loop until the user leaves; the result is the exit status. */
export async function runRepl(options: RunOptions): Promise<number> {
  const { createInterface } = await import('node:readline');
  return new Repl(options).run(createInterface);
}

/** Parts of readline's interface that Node keeps for its users, though its types do not list them. */
interface LineEditor extends Interface {
  _refreshLine(): void;
  _writeToOutput(text: string): void;
  _ttyWrite(text: string, key: { readonly name?: string; readonly ctrl?: boolean }): void;
}

class Repl {
  private readonly runtime: Runtime;
  private readonly loop: EventLoop;
  private readonly history: History;
  private readonly colors: boolean;
  private editor: LineEditor | null = null;
  /** Lines of an input that is not finished. */
  private pending = '';
  private isEditing = false;
  private isPromptShown = false;
  private wasInterrupted = false;
  /** Gives up the evaluation that is going on: a program, or its wait for a top-level await. */
  private abandon: (() => void) | null = null;
  /** Lines that came while an input was evaluated. */
  private readonly waitingLines: string[] = [];
  private isEvaluating = false;
  private isAbandoned = false;
  private readonly inputs: string[] = [];
  private inputCount = 0;
  private lastValue: Value = undefined;
  private turnTimer: NodeJS.Timeout | null = null;

  constructor(options: RunOptions) {
    this.colors = wantsColors(STDOUT);
    this.history = new History(historyPath());
    this.runtime = createRuntime(options);
    this.loop = installHost(this.runtime, options, {
      ...PROCESS_HOST,
      out: (text) => this.print(STDOUT, text),
      err: (text) => this.print(STDERR, text),
    });
    this.runtime.defineGlobal('_', undefined);
  }

  run(createInterface: typeof import('node:readline').createInterface): Promise<number> {
    writeTo(STDOUT, `kataan ${VERSION} (.help lists commands)\n`);
    const editor = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      prompt: PROMPT,
      history: this.history.load(),
      historySize: 1000,
      removeHistoryDuplicates: true,
      completer: (line: string) => this.complete(line),
    }) as LineEditor;
    this.editor = editor;
    if (this.colors) this.colorInput(editor);
    this.handleKeys(editor);
    return new Promise((leave) => {
      editor.on('line', (line) => this.onLine(line));
      editor.on('SIGINT', () => this.onInterrupt());
      editor.on('close', () => {
        if (this.isPromptShown) writeTo(STDOUT, '\n');
        leave(EXIT_OK);
      });
      this.prompt();
    });
  }

  // ---- The line editor

  /** Writes the line in colours, and again after each key, since a token's colour depends on what follows. */
  private colorInput(editor: LineEditor): void {
    const write = editor._writeToOutput.bind(editor);
    editor._writeToOutput = (text) => {
      const prompt = editor.getPrompt();
      const isWholeLine = text === prompt + editor.line;
      write(
        isWholeLine && !editor.line.startsWith('.') ? prompt + highlight(editor.line, this.pending) : text,
      );
    };
  }

  private handleKeys(editor: LineEditor): void {
    const handle = editor._ttyWrite.bind(editor);
    editor._ttyWrite = (text, key) => {
      const isControl = key?.ctrl === true;
      if (this.isEditing && isControl && (key.name === 'd' || key.name === 'c')) {
        this.endEditor(key.name === 'd');
        return;
      }
      if (!(isControl && key.name === 'c')) this.wasInterrupted = false;
      const before = editor.line;
      handle(text, key);
      const isTyping = this.isPromptShown && key?.name !== 'return' && key?.name !== 'enter';
      if (this.colors && isTyping && editor.line !== before) editor._refreshLine();
    };
  }

  private complete(line: string): [string[], string] {
    if (this.pending === '' && /^\.\w*$/.test(line)) {
      return [COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(line)), line];
    }
    const [completions, word] = completionsOf(this.runtime.realm, this.pending + line);
    return [completions, word];
  }

  private prompt(): void {
    if (this.editor === null) return;
    this.editor.setPrompt(this.isEditing ? '' : this.pending === '' ? PROMPT : CONTINUATION_PROMPT);
    this.isPromptShown = true;
    this.editor.prompt();
  }

  /** Prints program output; a prompt that stands there moves below it. */
  private print(fd: number, text: string): void {
    const { editor } = this;
    if (editor === null || !this.isPromptShown) {
      writeTo(fd, text);
      return;
    }
    writeTo(STDOUT, '\r\u001b[J');
    writeTo(fd, text);
    editor.prompt(true);
  }

  // ---- Input

  private onLine(line: string): void {
    if (this.isEvaluating) {
      this.waitingLines.push(line);
      return;
    }
    this.isPromptShown = false;
    if (this.isEditing) {
      this.pending += `${line}\n`;
      this.prompt();
      return;
    }
    this.history.add(line);
    const command =
      this.pending === '' ? /^\s*(\.[a-z]+)\s*(.*?)\s*$/.exec(line) : /^\s*(\.break)()\s*$/.exec(line);
    if (command !== null) {
      this.runCommand(command[1], command[2]);
      return;
    }
    const text = this.pending + line;
    if (text.trim() === '') {
      this.pending = '';
      this.prompt();
      return;
    }
    void this.evaluate(text, 'may-continue');
  }

  private onInterrupt(): void {
    const { editor } = this;
    if (editor === null) return;
    if (this.isEvaluating) {
      this.isAbandoned = true;
      this.abandon?.();
      return;
    }
    const hadInput = this.pending !== '' || editor.line !== '';
    writeTo(STDOUT, '\n');
    this.isPromptShown = false;
    if (!hadInput && this.wasInterrupted) {
      this.exit();
      return;
    }
    if (!hadInput) writeTo(STDOUT, '(To leave, press Ctrl-C again or Ctrl-D, or type .exit)\n');
    this.wasInterrupted = !hadInput;
    this.pending = '';
    // Clears the line without a trace in the history.
    editor.write(null, { ctrl: true, name: 'e' });
    editor.write(null, { ctrl: true, name: 'u' });
    this.prompt();
  }

  private runCommand(name: string, argument: string): void {
    const command = COMMANDS.find((known) => known.name === name);
    if (command === undefined) {
      writeTo(STDOUT, `There is no command ${name}; .help lists them.\n`);
      this.prompt();
    } else command.run(this, argument);
  }

  // ---- Evaluation

  /** Evaluates and prints; an unfinished text is kept for the next line if it may continue. */
  private async evaluate(text: string, mode: 'may-continue' | 'complete'): Promise<void> {
    this.isEvaluating = true;
    this.isAbandoned = false;
    await this.evaluateInput(text, mode);
    this.isEvaluating = false;
    if (this.waitingLines.length === 0) this.prompt();
    while (!this.isEvaluating && this.waitingLines.length > 0)
      this.onLine(this.waitingLines.shift() as string);
  }

  private async evaluateInput(text: string, mode: 'may-continue' | 'complete'): Promise<void> {
    const name = `REPL${this.inputCount + 1}`;
    const input = parseReplInput(text, name);
    if (input.kind === 'incomplete' && mode === 'may-continue') {
      this.pending = `${text}\n`;
      return;
    }
    this.pending = '';
    this.inputCount++;
    if (input.kind === 'script') {
      this.inputs.push(text);
      this.forget(input.names);
      const completion = await this.runScript(input.script);
      await this.finish(completion, input.isAsync);
    } else if (input.kind === 'error') {
      writeTo(
        STDOUT,
        `${describeSyntaxError(name, input.error)
          .replace(/^.*\n/, '')
          .replace(/ \(REPL.*\)$/, '')}\n`,
      );
    } else writeTo(STDOUT, 'SyntaxError: unexpected end of input\n');
  }

  /** Runs a script and its jobs in slices, between which Ctrl-C is heard; in a tier that cannot pause, at once. */
  private async runScript(script: Script): Promise<Completion> {
    if (!PAUSABLE_TIERS.includes(this.runtime.tierName))
      return inCookedMode(() => this.runtime.runParsedScript(script));
    const execution = this.runtime.startParsedScript(script);
    this.abandon = () => execution.abort();
    let end = this.runSlice(execution);
    while (end.kind === 'paused') {
      await new Promise((resolve) => setImmediate(resolve));
      end = this.runSlice(execution);
    }
    this.abandon = null;
    return end;
  }

  private runSlice(execution: Execution): ReturnType<Execution['run']> {
    for (;;) {
      try {
        return execution.run(SLICE_FUEL);
      } catch (thrown) {
        if (!(thrown instanceof UncaughtInJob)) throw thrown;
        this.printUncaught(thrown.value);
      }
    }
  }

  /** Lets names be declared again that an earlier input declared with let, const or class. */
  private forget(names: readonly string[]): void {
    const { declarativeRecord } = this.runtime.realm.globalEnv;
    for (const name of names) declarativeRecord.removeBinding(name);
  }

  private async finish(completion: Completion, isAsync: boolean): Promise<void> {
    switch (completion.kind) {
      case 'throw':
        this.printUncaught(completion.value);
        break;
      case 'limit':
        if (completion.limit === 'abort') writeTo(STDOUT, '\nInterrupted.\n');
        else
          writeTo(
            STDOUT,
            `Stopped: the limit of ${completion.limit} was reached; it is used up for this session.\n`,
          );
        break;
      case 'normal':
        if (isAsync) await this.awaitResult(completion.value);
        else this.printResult(completion.value);
        break;
      case 'parse-error':
        writeTo(STDOUT, `${describeSyntaxError('REPL', completion.error)}\n`);
    }
    this.turn();
  }

  /** Runs turns until the promise is settled or the user gives up. */
  private async awaitResult(promise: Value): Promise<void> {
    this.runtime.markHandled(promise);
    const abandoned = new Promise<void>((resolve) => {
      this.abandon = resolve;
    });
    if (this.isAbandoned) this.abandon?.();
    for (;;) {
      const next = inCookedMode(() => this.loop.turn());
      const state = this.runtime.promiseState(promise);
      if (state?.state === 'fulfilled') {
        this.printResult(state.result instanceof JSObject ? peekValue(state.result, 'value') : undefined);
        break;
      }
      if (state?.state === 'rejected') {
        this.printUncaught(state.result);
        break;
      }
      if (typeof next !== 'number' && next.kind !== 'done') {
        this.reportTurn(next);
        break;
      }
      const delayMs = typeof next === 'number' ? next : 1000;
      await Promise.race([abandoned, new Promise((wake) => setTimeout(wake, delayMs))]);
      if (this.isAbandoned) {
        writeTo(STDOUT, '\nNo longer waiting.\n');
        break;
      }
    }
    this.abandon = null;
  }

  /** Runs jobs and timers that are due; comes back when the next is. */
  private turn(): void {
    if (this.turnTimer !== null) clearTimeout(this.turnTimer);
    this.turnTimer = null;
    const next = inCookedMode(() => this.loop.turn());
    if (typeof next === 'number') this.turnTimer = setTimeout(() => this.turn(), next);
    else if (next.kind !== 'done') {
      this.reportTurn(next);
      this.turnTimer = setTimeout(() => this.turn(), 0);
      if (next.kind === 'limit') clearTimeout(this.turnTimer);
    }
  }

  private reportTurn(end: LoopEnd): void {
    if (end.kind === 'uncaught') this.printUncaught(end.value);
    else if (end.kind === 'unhandled-rejection') this.printUncaught(end.value, 'Uncaught (in promise)');
    else if (end.kind === 'limit') this.print(STDOUT, `Stopped: the limit of ${end.limit} was reached.\n`);
  }

  private printResult(value: Value): void {
    this.print(STDOUT, `${inspect(value, { colors: this.colors })}\n`);
    this.keepValue(value);
  }

  private printUncaught(value: Value, label = 'Uncaught'): void {
    // The frame of the input itself says nothing.
    const text = inspect(value, { colors: this.colors }).replace(/\n {4}at REPL\d+:\d+:\d+$/m, '');
    this.print(STDOUT, `${label} ${text}\n`);
  }

  /** Sets `_`, unless the program uses the name itself. */
  private keepValue(value: Value): void {
    const { globalObject, globalEnv, agent } = this.runtime.realm;
    if (globalEnv.declarativeRecord.HasBinding(agent, '_') || peekValue(globalObject, '_') !== this.lastValue)
      return;
    this.lastValue = value;
    this.runtime.defineGlobal('_', value);
  }

  // ---- Commands

  dropInput(): void {
    this.pending = '';
    this.prompt();
  }

  exit(): void {
    this.isPromptShown = false;
    this.editor?.close();
  }

  help(): void {
    for (const { name, help } of COMMANDS) writeTo(STDOUT, `${name.padEnd(8)} ${help}\n`);
    writeTo(
      STDOUT,
      'Ctrl-C drops a line or stops what runs, Tab completes, _ is the last value, await works at the top level.\n',
    );
    this.prompt();
  }

  load(file: string): void {
    try {
      if (file === '') throw new SourceFileError('.load needs the name of a file');
      void this.evaluate(readSourceFile(file), 'complete');
    } catch (error) {
      if (!(error instanceof SourceFileError)) throw error;
      writeTo(STDOUT, `${error.message}\n`);
      this.prompt();
    }
  }

  save(file: string): void {
    try {
      if (file === '') writeTo(STDOUT, '.save needs the name of a file\n');
      else {
        writeFileSync(file, `${this.inputs.join('\n')}\n`);
        writeTo(STDOUT, `Saved ${this.inputs.length} inputs to ${file}\n`);
      }
    } catch (error) {
      writeTo(STDOUT, `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    this.prompt();
  }

  startEditor(): void {
    writeTo(STDOUT, '// Ctrl-D runs the lines, Ctrl-C drops them\n');
    this.isEditing = true;
    this.pending = '';
    this.prompt();
  }

  private endEditor(runs: boolean): void {
    const editor = this.editor as LineEditor;
    const text = this.pending + editor.line;
    editor.write(null, { ctrl: true, name: 'e' });
    editor.write(null, { ctrl: true, name: 'u' });
    writeTo(STDOUT, '\n');
    this.isEditing = false;
    this.isPromptShown = false;
    this.pending = '';
    if (runs && text.trim() !== '') void this.evaluate(text, 'complete');
    else this.prompt();
  }
}

/** Runs something that nothing can interrupt: in cooked mode Ctrl-C ends the process, also out of an endless loop. */
function inCookedMode<Result>(run: () => Result): Result {
  process.stdin.setRawMode?.(false);
  try {
    return run();
  } finally {
    process.stdin.setRawMode?.(true);
  }
}
