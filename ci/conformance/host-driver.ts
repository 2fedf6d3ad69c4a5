// The host as a reference engine: the same scenarios on the V8 that runs us, through node:vm.
// Every realm is a plain context (no interceptors on its global object), so what fails here is
// V8's or node:vm's doing. Two limits are node:vm's own: parse errors and the promise of `import()`
// belong to the main realm (the former are made anew in the guest's realm where that can be seen).

import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import type { Completion, Driver, HarnessFile, ScenarioInput, ScenarioResult } from './driver.ts';
import { hasReported, programText } from './driver.ts';
import { HostAgents } from './host-agents.ts';

/** How long an asynchronous test may be idle before it counts as ended without a report. */
const IDLE_MS = 2000;

// Runs inside each realm, so that `$262`, `print` and the errors they throw belong to it.
const bootstrapScript = new vm.Script(`(function (host) {
  const tryHost = (result) => { if (result.error !== undefined) throw new SyntaxError(result.error); return result.value; };
  const $262 = {
    createRealm() { return host.createRealm(); },
    detachArrayBuffer(buffer) { host.detachArrayBuffer(buffer); return null; },
    evalScript(text) { return host.runScript(tryHost(host.compile(text))); },
    gc() { host.gc(); },
    get global() { return host.global; },
    get IsHTMLDDA() { return host.undetectable(); },
    agent: {
      start(text) { host.agents.start(\`\${text}\`); },
      broadcast(buffer, value) { host.agents.broadcast(buffer, value); },
      getReport() { return host.agents.getReport(); },
      sleep(ms) { host.agents.sleep(ms); },
      monotonicNow() { return host.agents.monotonicNow(); },
      setTimeout(callback, ms) { host.setTimeout(callback, ms); },
    },
  };
  Object.defineProperty(globalThis, '$262', { value: $262, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'print', {
    value: function print(text) { host.print(\`\${text}\`); }, writable: true, configurable: true,
  });
  return { $262, SyntaxError };
})`);

interface Bootstrapped {
  readonly $262: object;
  readonly SyntaxError: new (message: string) => Error;
}

export class HostDriver implements Driver {
  readonly name = 'host-v8';
  private readonly harnessScripts = new Map<HarnessFile, vm.Script>();

  async run(input: ScenarioInput): Promise<ScenarioResult> {
    if (input.parseOnly) return parse(input);
    const agents = new HostAgents();
    const prints: string[] = [];
    try {
      const realm = new HostRealm(prints, agents, input.root);
      for (const file of input.includes) this.harnessScript(file).runInContext(realm.context);
      const failure = input.goal === 'module' ? await realm.runModule(input) : realm.runTestScript(input);
      if (failure) return failure;
      await untilReported(input, prints, agents);
      return { completion: 'normal', errorName: '', message: '', prints };
    } finally {
      agents.terminate();
    }
  }

  private harnessScript(file: HarnessFile): vm.Script {
    let script = this.harnessScripts.get(file);
    if (!script) {
      script = new vm.Script(file.source, { filename: file.name });
      this.harnessScripts.set(file, script);
    }
    return script;
  }
}

class HostRealm {
  readonly context: vm.Context;
  private readonly guest: Bootstrapped;
  private readonly modules = new Map<string, vm.Module>();
  /** One linking for each module that is a root or was imported dynamically. */
  private readonly linkings = new Map<vm.Module, Promise<void>>();
  private readonly root: string;
  private readonly prints: string[];

  constructor(prints: string[], agents: HostAgents, root: string) {
    // @types/node does not say that the first argument may be this symbol.
    this.context = vm.createContext(vm.constants.DONT_CONTEXTIFY as unknown as vm.Context);
    this.root = root;
    this.prints = prints;
    const bootstrap = bootstrapScript.runInContext(this.context) as (host: object) => Bootstrapped;
    this.guest = bootstrap({
      agents,
      global: this.context,
      createRealm: () => new HostRealm(prints, agents, root).guest.$262,
      compile: (text: unknown) => this.compile(String(text), join(root, 'test')),
      detachArrayBuffer: (buffer: ArrayBuffer) => structuredClone(buffer, { transfer: [buffer] }),
      runScript: (script: vm.Script) => script.runInContext(this.context),
      gc: () => (globalThis as { gc?: () => void }).gc?.(),
      print: (text: string) => prints.push(text),
      setTimeout: (callback: () => void, ms: number) => void setTimeout(callback, ms),
      undetectable,
    });
  }

  runTestScript(input: ScenarioInput): ScenarioResult | null {
    const compiled = this.compile(programText(input), join(this.root, input.path));
    if (compiled.value === undefined) return this.failure('parse-error', compiled.thrown);
    try {
      compiled.value.runInContext(this.context);
      return null;
    } catch (error) {
      return this.failure('throw', error);
    }
  }

  async runModule(input: ScenarioInput): Promise<ScenarioResult | null> {
    let module: vm.SourceTextModule;
    try {
      module = this.sourceTextModule(input.source, join(this.root, input.path));
    } catch (error) {
      return this.failure('parse-error', error);
    }
    try {
      await module.link((specifier, referrer, extra) =>
        this.load(specifier, referrer.identifier, extra.attributes),
      );
    } catch (error) {
      return this.failure('resolution-error', error);
    }
    let failure: ScenarioResult | null = null;
    let isSettled = false;
    module.evaluate().then(
      () => {
        isSettled = true;
      },
      (error: unknown) => {
        isSettled = true;
        failure = this.failure('throw', error);
      },
    );
    const deadlineMs = Date.now() + IDLE_MS;
    while (!isSettled && Date.now() < deadlineMs && !hasReported(this.prints)) await turn();
    return failure;
  }

  private compile(text: string, filename: string): { value?: vm.Script; error?: string; thrown?: unknown } {
    try {
      // A script with this hook keeps its realm alive for long, so only those that can use it have it.
      if (!text.includes('import')) return { value: new vm.Script(text, { filename }) };
      const importModuleDynamically = (specifier: string, _script: vm.Script, attributes: ImportAttributes) =>
        this.import(specifier, filename, attributes);
      return {
        value: new vm.Script(text, { filename, importModuleDynamically: importModuleDynamically as never }),
      };
    } catch (thrown) {
      return { thrown, error: messageOf(thrown) };
    }
  }

  private sourceTextModule(source: string, filename: string): vm.SourceTextModule {
    const module = new vm.SourceTextModule(source, {
      context: this.context,
      identifier: filename,
      importModuleDynamically: ((specifier: string, _module: vm.Module, attributes: ImportAttributes) =>
        this.import(specifier, filename, attributes)) as never,
    });
    this.modules.set(filename, module);
    return module;
  }

  private load(specifier: string, referrer: string, attributes: ImportAttributes | undefined): vm.Module {
    const filename = resolve(dirname(referrer), specifier);
    const key = attributes?.type ? `${filename}#${attributes.type}` : filename;
    const known = this.modules.get(key);
    if (known) return known;
    const text = readFileSync(filename, 'utf8');
    if (attributes?.type !== 'json') return this.sourceTextModule(text, filename);
    const parseJson = vm.runInContext('JSON.parse', this.context) as (text: string) => unknown;
    const value = parseJson(text);
    const module = new vm.SyntheticModule(['default'], () => module.setExport('default', value), {
      context: this.context,
      identifier: key,
    });
    this.modules.set(key, module);
    return module;
  }

  private async import(
    specifier: string,
    referrer: string,
    attributes: ImportAttributes,
  ): Promise<vm.Module> {
    try {
      const module = this.load(specifier, referrer, attributes);
      await this.link(module);
      if (module.status !== 'evaluating') await module.evaluate();
      return module;
    } catch (error) {
      throw error instanceof SyntaxError ? new this.guest.SyntaxError(error.message) : error;
    }
  }

  private link(module: vm.Module): Promise<void> {
    let linking = this.linkings.get(module);
    if (!linking) {
      linking =
        module.status === 'unlinked'
          ? module.link((specifier, referrer, extra) =>
              this.load(specifier, referrer.identifier, extra.attributes),
            )
          : Promise.resolve();
      this.linkings.set(module, linking);
    }
    return linking;
  }

  private failure(completion: Completion, error: unknown): ScenarioResult {
    return { completion, errorName: constructorName(error), message: messageOf(error), prints: this.prints };
  }
}

type ImportAttributes = Record<string, string | undefined>;

function parse(input: ScenarioInput): ScenarioResult {
  try {
    if (input.goal === 'module') new vm.SourceTextModule(input.source);
    else new vm.Script(programText(input));
    return { completion: 'normal', errorName: '', message: '', prints: [] };
  } catch (error) {
    return {
      completion: 'parse-error',
      errorName: constructorName(error),
      message: messageOf(error),
      prints: [],
    };
  }
}

/** Waits for the report of an asynchronous test; drains the jobs of any other. */
async function untilReported(
  input: ScenarioInput,
  prints: readonly string[],
  agents: HostAgents,
): Promise<void> {
  await turn();
  if (!input.isAsync) return;
  const deadlineMs = Date.now() + IDLE_MS;
  // With agents about, only the runner's own limit ends a test that never reports.
  for (let turns = 0; !hasReported(prints) && (agents.count > 0 || Date.now() < deadlineMs); turns++)
    await (turns < 20 ? turn() : new Promise((resolve) => setTimeout(resolve, 2)));
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** V8's undetectable callable, what its own shell gives as `$262.IsHTMLDDA`. */
function undetectable(): unknown {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return new vm.Script('%GetUndetectable()').runInThisContext();
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

function constructorName(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  try {
    return String(error.constructor.name);
  } catch {
    return ''; // The thrown object is the guest's and may have any shape.
  }
}

function messageOf(error: unknown): string {
  try {
    return typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : String(error);
  } catch {
    return 'a value that cannot be printed'; // As above.
  }
}
