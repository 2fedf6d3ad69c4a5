// The 'Benchmark' page: the newest kept run of `npm run bench` as tables, and the means of the runs before it. The page
// is there only when a run was kept; ci/bench/README.md documents the data.

import { h } from './elements.js';

const QUICKJS = 'quickjs-emscripten';
const HOST = 'host-v8';
const GROUPS = { micro: 'Micro programs', programs: 'Programs of 200 lines and more' };
/** What a tier may be behind QuickJS at most in the mean, and a single program. */
const GOOD_RATIO = 1.2;
const BAD_RATIO = 3;

const STYLE = `
body:has(.bench) #filters { display: none; }
.bench .about-run { margin-bottom: 0.8rem; }
.bench td.number { vertical-align: baseline; }
.bench .ratio { display: inline-block; min-width: 3.2rem; margin-left: 0.5rem; color: var(--faint); }
.bench .ratio.good { color: var(--pass-ink); }
.bench .ratio.bad { color: var(--fail-ink); }
.bench td.missing { color: var(--faint); }
`;

/** The view of the page for these runs, newest first. */
export function benchView(runs) {
  return {
    title: 'Benchmark',
    render() {
      const [run] = runs;
      return h(
        'div',
        { class: 'bench' },
        h('style', {}, STYLE),
        h('p', { class: 'faint about-run' }, describe(run)),
        h(
          'div',
          { class: 'cards' },
          run.engines.map((engine) => engineCard(run, engine)),
        ),
        programTables(run, 'steady', `Microseconds of a unit, and how many times slower than ${QUICKJS}`),
        programTables(
          run,
          'first',
          `The first second: units completed in ${run.settings.windowMs} ms by a fresh process, and how many times slower`,
        ),
        operationTable(run),
        realmTable(run),
        startupTable(run),
        historyTable(runs),
        missingList(run),
      );
    },
  };
}

function describe(run) {
  const { settings } = run;
  return [
    `${run.date.slice(0, 16).replace('T', ' ')} UTC`,
    run.commit === 'none' ? 'no commit' : run.commit.slice(0, 8) + (run.commit.endsWith('+') ? '+' : ''),
    `node ${run.node}`,
    run.processor,
    run.isPinned ? 'pinned to one processor' : 'not pinned',
    `median of ${settings.rounds} rounds of ${settings.targetMs} ms`,
    ...(run.isQuick ? ['a quick run: for a look, not for a claim'] : []),
  ].join(' · ');
}

function summaryOf(run, engine, table, group) {
  return run.summary.find((row) => row.engine === engine && row.table === table && row.group === group);
}

function engineCard(run, engine) {
  const rows = [
    ['micro, warm', summaryOf(run, engine.name, 'steady', 'micro')],
    ['programs, warm', summaryOf(run, engine.name, 'steady', 'programs')],
    ['the first second', summaryOf(run, engine.name, 'first', 'all')],
  ].filter(([, row]) => row !== undefined);
  const [main] = rows;
  const isQuickjs = engine.name === QUICKJS;
  const ratio = main === undefined ? null : isQuickjs ? main[1].toHost : main[1].toQuickjs;
  return h(
    'article',
    { class: 'card' },
    h('h3', {}, engine.name, engine.isReference ? h('span', { class: 'tag' }, engine.version) : null),
    h('p', { class: 'big' }, ratio === null ? '–' : `${number(ratio)}×`),
    h(
      'p',
      { class: 'faint' },
      main === undefined
        ? 'not measured'
        : `the time of ${isQuickjs ? HOST : QUICKJS}, geometric mean: ${main[0]}`,
    ),
    rows.length === 0 ? null : meansTable(engine, rows),
  );
}

/** The means of one engine to both references, and for ours the program that is furthest behind. */
function meansTable(engine, rows) {
  const cell = (ratio) => h('td', { class: 'number' }, ratio === null ? '–' : `${number(ratio)}×`);
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['', 'QuickJS', 'V8'].map((head, i) => h('th', i === 0 ? {} : { class: 'number' }, head)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map(([label, row]) =>
        h(
          'tr',
          {},
          h(
            'th',
            { scope: 'row' },
            label,
            row.worst === null || engine.isReference
              ? null
              : h('small', { class: 'about' }, `at most ${number(row.worst.toQuickjs)}× (${row.worst.name})`),
          ),
          cell(row.toQuickjs),
          cell(row.toHost),
        ),
      ),
    ),
  );
}

function programTables(run, table, title) {
  const sections = Object.entries(GROUPS).flatMap(([group, label]) => {
    const programs = run.programs.filter(
      (program) => program.group === group && Object.keys(program[table]).length > 0,
    );
    if (programs.length === 0) return [];
    const rows = programs.map((program) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row', title: `${program.about} (${program.lines} lines)` }, program.name),
        run.engines.map(({ name, isReference }) => programCell(program, table, name, isReference)),
      ),
    );
    const mean = h(
      'tr',
      { class: 'total' },
      h('th', { scope: 'row' }, 'geometric mean'),
      run.engines.map(({ name, isReference }) => {
        const row = summaryOf(run, name, table, group);
        return h('td', { class: 'number' }, ratioText(row?.toQuickjs ?? null, isReference, GOOD_RATIO));
      }),
    );
    return [
      h('h3', {}, label),
      tableOf(['Program', ...run.engines.map(({ name }) => name)], [...rows, mean]),
    ];
  });
  return sections.length === 0 ? null : h('section', {}, h('h2', {}, title), sections);
}

function programCell(program, table, engine, isReference) {
  const cell = program[table][engine];
  if (cell === undefined) return h('td', {});
  if (isMissing(cell)) return missingCell(cell);
  const own = costOf(program, table, engine);
  const other = costOf(program, table, QUICKJS);
  const text = table === 'steady' ? number(cell.median) : cell.count.toLocaleString('en');
  const title =
    table === 'steady'
      ? `± ${(100 * cell.spread).toFixed(1)}%, ${number(cell.low)} to ${number(cell.high)} µs, ${cell.samples.length} samples`
      : `first unit after ${number(cell.firstMs)} ms`;
  return h(
    'td',
    { class: 'number', title },
    text,
    ratioText(own === null || other === null ? null : own / other, isReference, GOOD_RATIO),
  );
}

function ratioText(ratio, isReference, good) {
  if (ratio === null) return h('span', { class: 'ratio' });
  const kind = isReference ? '' : ratio <= good ? ' good' : ratio > BAD_RATIO ? ' bad' : '';
  return h('span', { class: `ratio${kind}` }, `${number(ratio)}×`);
}

function operationTable(run) {
  const programs = run.programs.filter(
    ({ operation, steady }) => operation !== null && Object.keys(steady).length > 0,
  );
  if (programs.length === 0) return null;
  const rows = programs.map((program) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, program.operation.name),
      run.engines.map(({ name }) => {
        const cell = program.steady[name];
        if (cell === undefined) return h('td', {});
        if (isMissing(cell)) return missingCell(cell);
        return h('td', { class: 'number' }, number((1000 * cell.median) / program.operation.count));
      }),
    ),
  );
  return h(
    'section',
    {},
    h('h2', {}, 'Nanoseconds of single operations, the loop around them included'),
    tableOf(['Operation', ...run.engines.map(({ name }) => name)], rows),
  );
}

function realmTable(run) {
  const entries = Object.entries(run.realms);
  if (entries.length === 0) return null;
  const rows = entries.map(([name, cell]) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, name),
      isMissing(cell)
        ? missingCell(cell)
        : [cell.createMs, cell.createKb, cell.firstScriptMs, cell.usedKb].map((value) =>
            h('td', { class: 'number' }, number(value)),
          ),
    ),
  );
  return h(
    'section',
    {},
    h('h2', {}, `Realms, ${run.settings.realms} kept alive`),
    tableOf(['Engine', 'ms to create', 'KB each', 'ms of a first script', 'KB each with it'], rows),
  );
}

function startupTable(run) {
  if (run.startup.length === 0) return null;
  const [plain] = run.startup;
  const rows = run.startup.map(({ command, median, spread }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('code', {}, command)),
      h('td', { class: 'number', title: `± ${(100 * spread).toFixed(1)}%` }, number(median)),
      h('td', { class: 'number' }, median === plain.median ? '–' : number(median - plain.median)),
    ),
  );
  return h(
    'section',
    {},
    h('h2', {}, 'Start to end of a process'),
    tableOf(['Command', 'ms', 'over node'], rows),
  );
}

/** The means of our tiers in every kept run of everything, where there are several. */
function historyTable(keptRuns) {
  const runs = keptRuns.filter(({ isComplete, isQuick }) => isComplete && !isQuick);
  const tiers = [
    ...new Set(
      runs.flatMap(({ engines }) => engines.filter((each) => !each.isReference).map(({ name }) => name)),
    ),
  ];
  if (runs.length < 2 || tiers.length === 0) return null;
  const rows = runs.map((run) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, `${run.date.slice(0, 16).replace('T', ' ')} ${run.commit.slice(0, 8)}`),
      tiers.flatMap((tier) =>
        [
          ['steady', 'micro'],
          ['steady', 'programs'],
          ['first', 'all'],
        ].map(([table, group]) =>
          h(
            'td',
            { class: 'number' },
            ratioText(summaryOf(run, tier, table, group)?.toQuickjs ?? null, false, GOOD_RATIO),
          ),
        ),
      ),
    ),
  );
  const heads = tiers.flatMap((tier) => [`${tier}, micro`, `${tier}, programs`, `${tier}, first second`]);
  return h(
    'section',
    {},
    h('h2', {}, `Kept runs: times slower than ${QUICKJS}`),
    tableOf(['Run', ...heads], rows),
  );
}

function missingList(run) {
  const lines = run.programs.flatMap((program) =>
    ['steady', 'first'].flatMap((table) =>
      Object.entries(program[table])
        .filter(([, cell]) => isMissing(cell))
        .map(([engine, cell]) => `${program.name}, ${engine}, ${table}: ${cell.failed ?? cell.skipped}`),
    ),
  );
  if (lines.length === 0) return null;
  return h(
    'section',
    {},
    h('h2', {}, 'Without a number'),
    h(
      'ul',
      {},
      lines.map((line) => h('li', {}, line)),
    ),
  );
}

/** As ci/bench/results.ts: the time of a unit, warm or on average in the first second. */
function costOf(program, table, engine) {
  const cell = program[table][engine];
  if (cell === undefined || isMissing(cell)) return null;
  return table === 'steady' ? cell.median : cell.lastMs / Math.max(1, cell.count);
}

function isMissing(cell) {
  return 'skipped' in cell || 'failed' in cell;
}

function missingCell(cell) {
  const text = cell.failed === undefined ? 'skipped' : 'failed';
  return h('td', { class: 'number missing', title: cell.failed ?? cell.skipped }, text);
}

function number(value) {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3);
}

function tableOf(heads, rows) {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((head, i) => h('th', i === 0 ? {} : { class: 'number' }, head)),
        ),
      ),
      h('tbody', {}, rows),
    ),
  );
}
