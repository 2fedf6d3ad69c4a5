// The dashboard's data: what the scripts data.js and runs/<n>.js deliver, unpacked into flat arrays, and
// the questions the views ask of them. Data comes as scripts because a page from disk may not fetch.
//
// A test is its index in path order, a scenario its index in test and mode order. Outcomes are
// letters: p pass, f fail, t timeout, c crash, - not run.

export const OUTCOMES = { p: 'pass', f: 'fail', t: 'timeout', c: 'crash', '-': 'not run' };
const SEVERITY = '-pftc';

const waiting = new Map();

globalThis.Kataan = {
  /** Called by each data script. */
  receive(kind, index, data) {
    waiting.get(`${kind}/${index}`)?.(data);
  },
};

/** Loads one data script and resolves to its data. */
export function load(kind, index) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    waiting.set(`${kind}/${index}`, resolve);
    script.src = kind === 'data' ? 'data.js' : `${kind}/${index}.js`;
    script.onerror = () => reject(new Error(`${script.src} is missing`));
    script.onload = () => script.remove();
    document.head.append(script);
  });
}

export class Model {
  static async load() {
    const data = await load('data', 0);
    const runs = await Promise.all(data.runs.map((_, i) => load('runs', i)));
    return new Model(data, runs);
  }

  constructor(data, runData) {
    /** The `features:` tags of the tests: { name, stage, title, address }; stages as ci/conformance/feature-stages.ts calls them. */
    this.features = data.features;
    this.parts = data.parts;
    this.modes = data.modes;
    this.paths = [];
    this.testFeatures = [];
    this.testModes = [];
    this.firstScenario = [];
    this.sourceCache = new Map();
    let scenario = 0;
    for (const [folder, names, masks, features] of data.folders)
      names.split('/').forEach((name, i) => {
        const modes = data.modes.filter((_, bit) => masks[i] & (1 << bit));
        this.paths.push(`${folder}/${name}`);
        this.testModes.push(modes);
        this.testFeatures.push(features[i].map((id) => data.features[id].name));
        this.firstScenario.push(scenario);
        scenario += modes.length;
      });
    this.firstScenario.push(scenario);
    this.indexOfPath = new Map(this.paths.map((path, i) => [path, i]));
    this.runs = data.runs.map((head, i) => unpackRun(head, runData[i], i));
    this.testOfScenario = new Int32Array(scenario);
    for (let test = 0; test < this.paths.length; test++)
      this.testOfScenario.fill(test, this.firstScenario[test], this.firstScenario[test + 1]);
    this.tree = buildTree(this.paths);
  }

  /** The worst outcome of a test's scenarios. */
  outcome(run, test) {
    let worst = 0;
    for (let s = this.firstScenario[test]; s < this.firstScenario[test + 1]; s++)
      worst = Math.max(worst, SEVERITY.indexOf(run.outcomes[s]));
    return SEVERITY[worst];
  }

  scenarios(test) {
    const first = this.firstScenario[test];
    return this.testModes[test].map((mode, i) => ({ mode, id: first + i }));
  }

  /** The longest of a test's scenarios, in milliseconds. */
  timeMs(run, test) {
    let longest = 0;
    for (let s = this.firstScenario[test]; s < this.firstScenario[test + 1]; s++)
      longest = Math.max(longest, run.times[s]);
    return longest;
  }

  message(run, scenario) {
    const id = run.messageOf.get(scenario);
    return id === undefined ? '' : run.messages[id];
  }

  /** The message of a test's first scenario that has one. */
  testMessage(run, test) {
    for (const { id } of this.scenarios(test)) if (run.messageOf.has(id)) return this.message(run, id);
    return '';
  }

  /** Scenario counts of some tests in a run. */
  counts(run, tests) {
    const counts = { p: 0, f: 0, t: 0, c: 0, '-': 0 };
    for (const test of tests)
      for (let s = this.firstScenario[test]; s < this.firstScenario[test + 1]; s++) counts[run.outcomes[s]]++;
    return counts;
  }

  /** Of some tests those that ran in a run, and those of which every scenario passed. */
  fileCounts(run, tests) {
    let passed = 0;
    let total = 0;
    for (const test of tests) {
      const outcome = this.outcome(run, test);
      if (outcome !== '-') total++;
      if (outcome === 'p') passed++;
    }
    return { passed, total };
  }

  /** The tests that the filter lets through, as indices. */
  select(filter) {
    const terms = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const runs = filter.run === '' ? this.runs : [this.runs[Number(filter.run)]].filter(Boolean);
    const hasText = (test) =>
      terms.every(
        (term) =>
          this.paths[test].toLowerCase().includes(term) ||
          runs.some((run) =>
            this.scenarios(test).some(({ id }) => this.message(run, id).toLowerCase().includes(term)),
          ),
      );
    const selected = [];
    for (let test = 0; test < this.paths.length; test++) {
      if (filter.feature && !this.testFeatures[test].includes(filter.feature)) continue;
      if (filter.outcome && !runs.some((run) => matchesOutcome(this.outcome(run, test), filter.outcome)))
        continue;
      if (terms.length === 0 || hasText(test)) selected.push(test);
    }
    return selected;
  }

  /** The newest run of each tier: columns are newest first. */
  newestOfTiers() {
    const tiers = new Map();
    for (const run of this.runs) if (!tiers.has(run.tier)) tiers.set(run.tier, run);
    return [...tiers.values()];
  }

  /** The run of the same tier before `run`; if there is none, another one. */
  runBefore(run) {
    const others = this.runs.filter((each) => each !== run);
    return others.find((each) => each.tier === run.tier && each.index > run.index) ?? others[0];
  }

  /**
   * Tests on which tiers disagree, by kind; a test is in the first kind that fits one of its scenarios. `tiers`: one of ours
   * passes and another does not; `ways`: ours fail in different ways; `behind`: ours fail, a reference passes; `ahead`: the
   * reverse.
   */
  disagreements(tests) {
    const newest = this.newestOfTiers();
    const ours = newest.filter((run) => !run.isReference);
    const references = newest.filter((run) => run.isReference);
    const kinds = { tiers: [], ways: [], behind: [], ahead: [] };
    const ranOn = (runs, id) => runs.filter((run) => run.outcomes[id] !== '-');
    const passesOn = (runs, id) => runs.filter((run) => run.outcomes[id] === 'p').length;
    const kindOf = (id) => {
      const own = ranOn(ours, id);
      const other = ranOn(references, id);
      const passes = passesOn(own, id);
      const otherPasses = passesOn(other, id);
      if (own.length === 0) return otherPasses > 0 && otherPasses < other.length ? 'tiers' : null;
      if (passes > 0 && passes < own.length) return 'tiers';
      if (passes > 0) return otherPasses < other.length ? 'ahead' : null;
      if (new Set(own.map((run) => `${run.outcomes[id]} ${this.message(run, id)}`)).size > 1) return 'ways';
      return otherPasses > 0 ? 'behind' : null;
    };
    for (const test of tests) {
      const found = new Set(this.scenarios(test).map(({ id }) => kindOf(id)));
      const kind = Object.keys(kinds).find((each) => found.has(each));
      if (kind !== undefined) kinds[kind].push(test);
    }
    return kinds;
  }

  /** Failures of a run grouped by cluster of messages, largest first. */
  clusters(run, tests) {
    const groups = new Map();
    for (const test of tests)
      for (const { id } of this.scenarios(test)) {
        const cluster = run.clusterOf.get(id);
        if (cluster === undefined) continue;
        const group = groups.get(cluster) ?? {
          text: run.clusters[cluster],
          tests: new Set(),
          letters: new Set(),
          count: 0,
        };
        group.tests.add(test);
        group.letters.add(run.outcomes[id]);
        group.count++;
        groups.set(cluster, group);
      }
    return [...groups.values()].sort((a, b) => b.count - a.count);
  }

  /** What changed from run `a` to run `b`, for the tests that both ran. */
  changes(a, b, tests) {
    const changes = { broke: [], fixed: [], other: [] };
    for (const test of tests) {
      const before = this.outcome(a, test);
      const after = this.outcome(b, test);
      if (before === after || before === '-' || after === '-') continue;
      changes[before === 'p' ? 'broke' : after === 'p' ? 'fixed' : 'other'].push(test);
    }
    return changes;
  }

  /** The text of a test, loading its part when needed. */
  async source(test) {
    let part = this.parts.length - 1;
    while (this.parts[part] > test) part--;
    if (!this.sourceCache.has(part)) this.sourceCache.set(part, load('sources', part));
    const texts = await this.sourceCache.get(part);
    return texts[test - this.parts[part]];
  }
}

function unpackRun(head, data, index) {
  const messageOf = new Map();
  const clusterOf = new Map();
  for (let i = 0; i < data.failures.length; i += 3) {
    messageOf.set(data.failures[i], data.failures[i + 1]);
    clusterOf.set(data.failures[i], data.failures[i + 2]);
  }
  return {
    ...head,
    index,
    outcomes: data.outcomes,
    times: Int32Array.from(data.times.split(','), Number),
    messages: data.messages,
    clusters: data.clusters,
    messageOf,
    clusterOf,
  };
}

function matchesOutcome(letter, wanted) {
  return wanted === 'x' ? letter !== 'p' && letter !== '-' : letter === wanted;
}

/** Folders as nodes { name, path, folders: Map, tests: [index] }. */
function buildTree(paths) {
  const root = { name: '', path: '', folders: new Map(), tests: [] };
  paths.forEach((path, test) => {
    let node = root;
    for (const name of path.split('/').slice(0, -1)) {
      let child = node.folders.get(name);
      if (!child) {
        child = { name, path: node.path ? `${node.path}/${name}` : name, folders: new Map(), tests: [] };
        node.folders.set(name, child);
      }
      node = child;
    }
    node.tests.push(test);
  });
  return root;
}
