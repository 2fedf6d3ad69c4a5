// The page 'Features': every `features:` tag of the suite with its stage and its rate in each run, and the same by stage. The
// address says which stage is shown and which column the table is sorted by.

import { breakable, fileCell, h, link, note, passShare, runHeading, small, table } from './elements.js';

const HEAD_CLASSES = { tests: { class: 'number' }, stage: { class: 'wide' } };
const HEADS = { name: 'Feature', stage: 'Stage', tests: 'Files' };

export const featuresView = {
  title: 'Features',
  render(page) {
    const rows = featureRows(page);
    if (rows.length === 0) return note('No test here has a feature tag.');
    const stages = [...new Set(rows.map(({ stage }) => stage))];
    const shown = stages.includes(page.state.stage)
      ? rows.filter(({ stage }) => stage === page.state.stage)
      : rows;
    return h(
      'div',
      {},
      h('h2', {}, 'By stage'),
      stageTable(page, rows, stages),
      h('h2', {}, 'Features ', h('span', { class: 'badge' }, String(shown.length))),
      stageChoice(page, stages),
      h(
        'p',
        { class: 'faint hint' },
        'A rate is of scenarios; below it, files of which every scenario passed.',
      ),
      featureTable(page, shown),
    );
  },
};

/** In the data's order of stages: proposals first, then editions from the newest. */
function featureRows(page) {
  const { model, state } = page;
  const isAll = page.selected.length === model.paths.length;
  const differing = new Set(model.disagreements(page.selected).tiers);
  const byTag = new Map(model.features.map(({ name }) => [name, []]));
  for (const test of page.selected) for (const name of model.testFeatures[test]) byTag.get(name).push(test);
  const rows = model.features
    .filter(
      ({ name }) => isAll || (state.feature === '' ? byTag.get(name).length > 0 : name === state.feature),
    )
    .map((feature) => {
      const tests = byTag.get(feature.name);
      return { ...feature, tests, differ: tests.some((test) => differing.has(test)) };
    });
  return rows.sort(
    (a, b) => compareStages(a.stage, b.stage) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
  );
}

/** Stages before editions, newer editions before older ones, ECMA-402 behind ECMA-262, what is no feature last. */
export function compareStages(a, b) {
  const groups = [/^stage/, /^ES\d/, /^ECMA-402/, /^hooks/];
  const groupOf = (stage) => {
    const index = groups.findIndex((pattern) => pattern.test(stage));
    return index < 0 ? groups.length : index;
  };
  const byGroup = groupOf(a) - groupOf(b);
  if (byGroup !== 0 || a === b) return byGroup;
  return a < b === a.startsWith('stage') ? -1 : 1;
}

function rateCells(page, tests) {
  return page.model.runs.map((run) =>
    fileCell(page.model.counts(run, tests), page.model.fileCounts(run, tests)),
  );
}

function stageTable(page, rows, stages) {
  const head = h(
    'tr',
    {},
    h('th', {}, 'Stage'),
    h('th', { class: 'number wide' }, 'Tags'),
    h('th', { class: 'number' }, 'Files'),
    page.model.runs.map((run) => h('th', { class: 'run' }, runHeading(run))),
  );
  const line = (title, group, isTotal) => {
    const tests = [...new Set(group.flatMap((row) => row.tests))];
    return h(
      'tr',
      isTotal ? { class: 'total' } : {},
      h('th', { scope: 'row' }, title),
      h('td', { class: 'number wide' }, String(group.length)),
      h('td', { class: 'number' }, tests.length.toLocaleString('en')),
      rateCells(page, tests),
    );
  };
  return table(head, [
    line('all tags', rows, true),
    ...stages.map((stage) => {
      const group = rows.filter((row) => row.stage === stage);
      return line(link(page, { stage: stage === page.state.stage ? '' : stage }, stage), group, false);
    }),
  ]);
}

function stageChoice(page, stages) {
  const option = (value, text) => h('option', { value, selected: value === page.state.stage }, text);
  return h(
    'p',
    { class: 'choose' },
    h(
      'select',
      { 'aria-label': 'Stage', onchange: (event) => page.go({ stage: event.target.value }) },
      option('', 'All stages'),
      stages.map((stage) => option(stage, stage)),
    ),
  );
}

function featureTable(page, rows) {
  const { model, state } = page;
  const runKeys = model.runs.map((run) => `run${run.index}`);
  const [key, isDown] = sortOf(state.sort, [...Object.keys(HEADS), ...runKeys]);
  const sortable = (name, label, attributes) => {
    const isSorted = name === key;
    const order = isSorted ? (isDown ? 'descending' : 'ascending') : 'none';
    return h(
      'th',
      { ...attributes, 'aria-sort': order },
      link(page, { sort: isSorted && !isDown ? `-${name}` : name }, label),
    );
  };
  const head = h(
    'tr',
    { class: 'sortable' },
    Object.entries(HEADS).map(([name, label]) => sortable(name, label, HEAD_CLASSES[name] ?? {})),
    model.runs.map((run) => sortable(`run${run.index}`, h('span', {}, runHeading(run)), { class: 'run' })),
  );
  const valueOf = {
    name: (row) => row.name.toLowerCase(),
    tests: (row) => row.tests.length,
    ...Object.fromEntries(
      model.runs.map((run) => [`run${run.index}`, (row) => passShare(model.counts(run, row.tests))]),
    ),
  }[key];
  // Without a column the rows are by stage, as they come.
  const sorted = valueOf === undefined ? [...rows] : sortedBy(rows, valueOf);
  if (isDown) sorted.reverse();
  return table(
    head,
    sorted.map((row) => () => featureRow(page, row)),
    (make) => make(),
  );
}

function sortOf(text, keys) {
  const isDown = text.startsWith('-');
  const key = isDown ? text.slice(1) : text;
  return keys.includes(key) ? [key, isDown] : ['stage', false];
}

function sortedBy(rows, valueOf) {
  const keyed = rows.map((row) => ({ row, value: valueOf(row) }));
  keyed.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  return keyed.map(({ row }) => row);
}

function featureRow(page, { name, stage, title, address, tests, differ }) {
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      tests.length === 0 ? breakable(name) : link(page, { view: 'tests', feature: name }, breakable(name)),
      h('small', { class: 'about narrow' }, stage),
      differ ? h('span', { class: 'pill fail' }, 'tiers differ') : null,
      title === '' ? null : h('small', { class: 'about' }, aboutLink(title, address)),
    ),
    h('td', { class: 'stage wide' }, stage),
    h('td', { class: 'number' }, tests.length === 0 ? small(0) : tests.length.toLocaleString('en')),
    rateCells(page, tests),
  );
}

function aboutLink(title, address) {
  return address === '' ? title : h('a', { href: address, rel: 'noreferrer' }, title);
}
