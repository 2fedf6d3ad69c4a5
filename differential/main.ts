// `npm run differential`: runs inputs through every tier and compares what happens; reduces what differs. Exit status: 0 the tiers
// agree, 1 they do not, 2 the run could not be made.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { log, runCommand, UsageError, writeFile } from '../ci/command.ts';
import { parseFrontMatter } from '../ci/conformance/front-matter.ts';
import { scenarioModes } from '../ci/conformance/scenarios.ts';
import { filterPaths, shardPaths, timeLimitSeconds } from '../ci/conformance/selection.ts';
import { listTests, locateSuite, readSource, type Suite } from '../ci/conformance/suite.ts';
import { featuresOf, listScripts, locateWasmSuite } from '../ci/conformance/wasm-suite.ts';
import { DEFAULT_FEATURES } from '../engine/wasm/harness.ts';
import { programAt } from '../fuzz/programs/program.ts';
import { type Difference, isUnfinished, type Observation } from './compare.ts';
import { judgeDisagreements, parseAccepted, type ScenarioName } from './expectations.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { type BatchCounts, type Input, isWasm } from './protocol.ts';
import { reduceDifference } from './reduce-difference.ts';
import { REGRESSIONS } from './regression-file.ts';
import { differenceIn, Session } from './session.ts';
import { wasmGoalOf } from './wasm.ts';

export interface Places {
  readonly checkout: string;
  readonly workerFile: string;
}

interface Found {
  readonly input: Input;
  readonly difference: Difference;
}

const ACCEPTED = 'differential/expectations/test262.txt';
/** Other agents run in threads of their own, in no order that two tiers could agree on: such tests are left out, and counted. */
const STARTS_AGENTS = /\$262\.agent\b/;
const PRINTED = 40;
const LOG_MS = 30_000;

/** Runs the command and returns its exit status. */
export function main(args: readonly string[], places: Places): Promise<number> {
  return runCommand('differential', USAGE, args, () => {
    const options = parseOptions(args);
    if (!options.prints) return new Command(options, places, args).conduct();
    process.stdout.write(programAt(options.seed, options.index as number).source);
    return 0;
  });
}

class Command {
  private readonly options: Options;
  private readonly places: Places;
  private readonly args: readonly string[];
  private readonly suite: Suite | null;
  private readonly session: Session;
  private readonly found: Found[] = [];
  private unfinished: Input[] = [];
  private compared = 0;
  private unsupported = 0;
  private leftOut = 0;
  private readonly kinds = { programs: false, wasm: false };
  private lastLogMs = Date.now();

  constructor(options: Options, places: Places, args: readonly string[]) {
    this.options = options;
    this.places = places;
    this.args = args;
    this.suite = options.test262.length > 0 ? locateSuite(places.checkout, process.env, log) : null;
    this.session = new Session({
      tiers: options.tiers,
      wasmTiers: options.wasmTiers,
      timeoutMs: 1000 * options.timeoutSeconds,
      workers: options.workers,
      workerFile: places.workerFile,
      checkout: places.checkout,
      suiteRoot: this.suite?.root ?? null,
    });
  }

  async conduct(): Promise<number> {
    const startMs = Date.now();
    try {
      const { options } = this;
      const files = this.fileInputs();
      if (options.index !== null) files.push({ kind: 'generated', seed: options.seed, index: options.index });
      files.push(...this.suiteInputs());
      await this.compareAll(files);
      if (options.generate > 0 && options.index === null) await this.compareGenerated();
      const scenarios = this.scenarioInputs();
      await this.compareAll(scenarios);
      if (this.compared === 0) throw new UsageError('nothing is selected');
      const isAccepted = this.checkAccepted(scenarios);
      const seconds = (Date.now() - startMs) / 1000;
      process.stdout.write(
        `${this.compared.toLocaleString('en')} inputs on ${this.tiersRun()} in ${seconds.toFixed(1)} s: ` +
          `${this.found.length} differ${this.unfinished.length > 0 ? `, ${this.unfinished.length} ended on no tier` : ''}` +
          `${this.unsupported > 0 ? `, ${this.unsupported} the host does not know` : ''}` +
          `${this.leftOut > 0 ? `; left out: ${this.leftOut} tests that start agents` : ''}\n`,
      );
      this.report();
      if (options.json !== null) this.writeJson(options.json);
      await this.reduceAll();
      const others = this.found.filter(({ input }) => input.kind !== 'test262');
      return isAccepted && others.length === 0 ? 0 : 1;
    } finally {
      this.session.close();
    }
  }

  // ---- Inputs

  private fileInputs(): Input[] {
    const { options, places } = this;
    const isDefault =
      options.files.length + options.corpora.length + options.test262.length + options.generate === 0 &&
      options.index === null &&
      options.suiteFilters === null;
    const corpora = isDefault
      ? ['programs', 'regressions', 'bench/micro', 'bench/programs', 'bench-wasm']
      : options.corpora;
    const paths = corpora.flatMap((name) => this.corpusPaths(name));
    for (const given of options.files) {
      const file = resolve(given);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (stat === undefined) throw new UsageError(`there is no file ${given}`);
      for (const each of stat.isDirectory() ? inputFilesIn(file) : [file])
        paths.push(relative(places.checkout, each).split(sep).join('/'));
    }
    return paths.map((path) => this.fileInput(path));
  }

  private fileInput(path: string): Input {
    const goal = wasmGoalOf(path);
    if (goal === null) return { kind: 'file', path, goal: path.endsWith('.mjs') ? 'module' : 'script' };
    const file = join(this.places.checkout, path);
    return {
      kind: 'wasm',
      path,
      file,
      goal,
      seed: this.options.seed,
      features: DEFAULT_FEATURES,
      isOfSuite: false,
    };
  }

  /** Scripts of the WebAssembly suite. */
  private suiteInputs(): Input[] {
    const { suiteFilters, seed } = this.options;
    if (suiteFilters === null) return [];
    const { root } = locateWasmSuite(this.places.checkout, process.env, log);
    return filterPaths(listScripts(root), suiteFilters).map((path) => ({
      kind: 'wasm',
      path,
      file: join(root, path),
      goal: 'wasm-script',
      seed,
      features: featuresOf(path),
      isOfSuite: true,
    }));
  }

  private corpusPaths(name: string): string[] {
    const folder = `corpora/${name}`;
    let names: string[];
    try {
      names = readdirSync(join(this.places.checkout, folder));
    } catch {
      throw new UsageError(`there is no corpus ${name}`); // The one thing that reading a folder of ours fails for.
    }
    return names.filter(isInputFile).map((file) => `${folder}/${file}`);
  }

  private scenarioInputs(): (Input & { kind: 'test262' })[] {
    const { suite, options } = this;
    if (suite === null) return [];
    let paths = filterPaths(listTests(suite), options.test262);
    if (options.shard !== null) paths = shardPaths(paths, options.shard);
    return paths.flatMap((path) => {
      const source = readSource(suite.root, path);
      if (STARTS_AGENTS.test(source)) {
        this.leftOut++;
        return [];
      }
      const test = { path, ...parseFrontMatter(source) };
      return scenarioModes(test).map((mode) => ({ kind: 'test262' as const, path, mode }));
    });
  }

  // ---- Comparing

  private async compareAll(inputs: readonly Input[]): Promise<void> {
    let done = 0;
    const compare = async (input: Input): Promise<void> => {
      const observations = await this.session.observe(input, this.timeoutMs(input));
      this.compared++;
      this.logProgress(++done, inputs.length);
      if (isUnfinished(observations)) this.unfinished.push(input);
      this.note(input, observations);
    };
    await Promise.all(inputs.map(compare));
  }

  private timeoutMs(input: Input): number {
    const { timeoutSeconds } = this.options;
    return 1000 * (input.kind === 'test262' ? timeLimitSeconds(input.path, timeoutSeconds) : timeoutSeconds);
  }

  private note(input: Input, observations: ReadonlyMap<string, Observation>): void {
    this.kinds[isWasm(input) ? 'wasm' : 'programs'] = true;
    for (const { completion } of observations.values()) if (completion === 'unsupported') this.unsupported++;
    const difference = differenceIn(input, observations);
    if (difference !== null && !this.options.ignored.includes(difference.kind))
      this.found.push({ input, difference });
  }

  private async compareGenerated(): Promise<void> {
    const { seed, generate } = this.options;
    const startMs = Date.now();
    const sum = { programs: 0, parseErrors: 0, thrown: 0, limits: 0, lines: 0, outputLines: 0 };
    const add = (counts: BatchCounts): void => {
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += counts[name];
      this.logProgress(sum.programs, generate);
    };
    const differing = await this.session.generate(seed, generate, add);
    this.compared += generate;
    const seconds = (Date.now() - startMs) / 1000;
    const share = (part: number): string => `${((100 * part) / sum.programs).toFixed(2)}%`;
    process.stdout.write(
      `generated, seed ${seed}: ${generate.toLocaleString('en')} programs, ${(generate / seconds).toFixed(0)} a second, ` +
        `${share(sum.programs - sum.parseErrors)} valid, ${share(sum.thrown)} thrown, ${share(sum.limits)} limited, ` +
        `${(sum.lines / sum.programs).toFixed(0)} lines and ${(sum.outputLines / sum.programs).toFixed(1)} lines of output each\n`,
    );
    for (const index of differing) {
      const input: Input = { kind: 'generated', seed, index };
      this.note(input, await this.session.observe(input));
    }
  }

  private logProgress(done: number, total: number): void {
    if (Date.now() - this.lastLogMs < LOG_MS) return;
    this.lastLogMs = Date.now();
    log(`${done.toLocaleString('en')}/${total.toLocaleString('en')}, ${this.found.length} differ`);
  }

  private tiersRun(): string {
    const { tiers, wasmTiers } = this.options;
    const { programs, wasm } = this.kinds;
    return [...(programs || !wasm ? tiers : []), ...(wasm ? wasmTiers : [])].join(', ');
  }

  // ---- Reporting

  /** Compares the Test262 scenarios that differ with the list; true when it says the same. */
  private checkAccepted(run: readonly ScenarioName[]): boolean {
    if (run.length === 0) return true;
    const accepted = parseAccepted(readFileSync(join(this.places.checkout, ACCEPTED), 'utf8'));
    const disagreeing = this.found.flatMap(({ input }) => (input.kind === 'test262' ? [input] : []));
    const { unexpected, gone } = judgeDisagreements(accepted, run, disagreeing);
    for (const { path, mode } of gone) {
      process.stdout.write(`${path} [${mode}] is listed in ${ACCEPTED}, but the tiers agree\n`);
    }
    return unexpected.length + gone.length === 0;
  }

  private report(): void {
    for (const { input, difference } of this.found.slice(0, PRINTED)) {
      const { kind, leftTier, rightTier, leftText, rightText } = difference;
      process.stdout.write(
        `\n${nameOf(input)}: differs in its ${kind}\n  ${leftTier}: ${leftText}\n  ${rightTier}: ${rightText}\n  ${replayOf(input)}\n`,
      );
    }
    if (this.found.length > PRINTED) {
      process.stdout.write(`\nand ${this.found.length - PRINTED} more; --json names all\n`);
    }
    for (const input of this.unfinished.slice(0, PRINTED)) {
      process.stdout.write(`\n${nameOf(input)}: no tier came to an end; --timeout allows more\n`);
    }
  }

  private writeJson(file: string): void {
    const { tiers, wasmTiers } = this.options;
    const differences = this.found.map(({ input, difference }) => ({
      name: nameOf(input),
      replay: replayOf(input),
      ...difference,
    }));
    const report = {
      format: 1,
      tiers,
      wasmTiers,
      inputs: this.compared,
      differences,
      unfinished: this.unfinished.map(nameOf),
    };
    writeFile(file, `${JSON.stringify(report, null, 1)}\n`);
  }

  private async reduceAll(): Promise<void> {
    const { reduce, reduceSeconds } = this.options;
    // One of each sort: the others are likely the same defect.
    const seen = new Set<string>();
    const chosen = this.found.filter(({ input, difference }) => {
      if (input.kind === 'file' && input.path.startsWith(`${REGRESSIONS}/`)) return false;
      const sort = sortOf(difference);
      if (seen.has(sort)) return false;
      seen.add(sort);
      return true;
    });
    for (const { input, difference } of chosen.slice(0, reduce)) {
      log(`reducing ${nameOf(input)}`);
      const result = await reduceDifference(this.session, input, difference, {
        checkout: this.places.checkout,
        suiteRoot: this.suite?.root ?? null,
        maxMs: 1000 * reduceSeconds,
        foundBy: `npm run differential -- ${this.args.join(' ')}`,
      });
      process.stdout.write(`\n${nameOf(input)}: ${result}\n`);
    }
  }
}

/** What differences have in common that are likely of one cause: the texts without what varies. */
function sortOf({ kind, leftText, rightText }: Difference): string {
  const blur = (text: string): string => text.replace(/'[^']*'|\d+/g, '#').slice(0, 60);
  return `${kind} ${blur(leftText)} ${blur(rightText)}`;
}

function nameOf(input: Input): string {
  switch (input.kind) {
    case 'file':
    case 'text':
    case 'wasm':
    case 'wasm-text':
      return input.path;
    case 'generated':
      return `generated program ${input.seed}:${input.index}`;
    case 'test262':
      return `${input.path} [${input.mode}]`;
  }
}

function replayOf(input: Input): string {
  switch (input.kind) {
    case 'file':
    case 'text':
      return `npm run differential -- ${input.path}`;
    case 'generated':
      return `npm run differential -- --seed ${input.seed} --index ${input.index}`;
    case 'test262':
      return `npm run differential -- --test262 '${input.path}'`;
    case 'wasm':
    case 'wasm-text':
      return `npm run differential -- ${input.isOfSuite ? `--suite wasm --filter '${input.path}'` : input.path}`;
  }
}

function isInputFile(name: string): boolean {
  return /\.m?js$/.test(name) || wasmGoalOf(name) !== null;
}

function inputFilesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter(isInputFile)
    .sort()
    .map((name) => join(folder, name));
}
