// The dashboard's views. Each takes the page (app.js) and returns an element; none keeps state of its
// own beyond what it shows: everything that can be linked to is in the page's state.

import {
  bar,
  barCell,
  formatMs,
  h,
  inParts,
  link,
  note,
  pill,
  runName,
  runTable,
  share,
  small,
  table,
  testLink,
  testRow,
  testTable,
} from './elements.js';
import { OUTCOMES } from './model.js';
import { featuresView } from './views-features.js';

export const views = {
  overview: {
    title: 'Overview',
    render(page) {
      const tests = page.selected;
      const kinds = page.model.disagreements(tests);
      const hasTiers = page.model.newestOfTiers().length > 1;
      return h(
        'div',
        {},
        hasTiers ? h('h2', {}, 'Disagreements') : null,
        hasTiers ? disagreementLinks(page, kinds) : null,
        hasTiers ? h('h2', {}, 'Runs') : null,
        h(
          'div',
          { class: 'cards' },
          page.model.runs.map((run) => runCard(page, run, tests)),
        ),
        h('h2', {}, 'Folders'),
        folderTable(page),
      );
    },
  },

  disagreements: {
    title: 'Disagreements',
    render(page) {
      const kinds = page.model.disagreements(page.selected);
      const sections = Object.entries(disagreementTitles).map(([kind, title]) =>
        h(
          'section',
          { id: `kind-${kind}` },
          h('h2', {}, `${title} `, h('span', { class: 'badge' }, kinds[kind].length.toLocaleString('en'))),
          testTable(page, kinds[kind], page.model.newestOfTiers(), 'None.'),
        ),
      );
      if (page.model.newestOfTiers().length < 2)
        return note(
          'There is one tier here. Run another with --tier, or keep runs of several, to compare tiers.',
        );
      return h('div', {}, sections);
    },
  },

  features: featuresView,

  failures: {
    title: 'Failures',
    render(page) {
      const run = page.chosenRun();
      const clusters = page.model.clusters(run, page.selected);
      if (clusters.length === 0) return note(`No failure in ${runName(run)}.`);
      const rows = clusters.map((cluster) => {
        const details = h(
          'details',
          { class: 'cluster' },
          h(
            'summary',
            {},
            h('span', { class: 'badge' }, cluster.count.toLocaleString('en')),
            h('span', {}, [...cluster.letters].map(pill)),
            h('code', {}, cluster.text),
          ),
        );
        details.addEventListener(
          'toggle',
          () => details.append(testTable(page, [...cluster.tests], [run], '')),
          { once: true },
        );
        return details;
      });
      return h('div', {}, h('h2', {}, `Failures of ${runName(run)} by message`), ...inParts(rows));
    },
  },

  slowest: {
    title: 'Slowest',
    render(page) {
      const run = page.chosenRun();
      const timed = page.selected
        .map((test) => ({ test, ms: page.model.timeMs(run, test) }))
        .filter(({ ms }) => ms > 0);
      timed.sort((a, b) => b.ms - a.ms);
      const rows = timed
        .slice(0, 500)
        .map(({ test, ms }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, testLink(page, test)),
            h('td', { class: 'number' }, formatMs(ms)),
            h('td', {}, pill(page.model.outcome(run, test))),
          ),
        );
      if (rows.length === 0) return note(`No test of ${runName(run)} took a millisecond.`);
      const head = h(
        'tr',
        {},
        h('th', {}, 'Test'),
        h('th', { class: 'number' }, 'Time'),
        h('th', {}, 'Outcome'),
      );
      return h('div', {}, h('h2', {}, `Slowest tests of ${runName(run)}`), table(head, rows));
    },
  },

  compare: {
    title: 'Compare',
    render(page) {
      const { model, state } = page;
      if (model.runs.length < 2)
        return note('There is one run here; two are needed. --from FILE,FILE takes kept ones.');
      const b = model.runs[Number(state.b || 0)] ?? model.runs[0];
      const a = (state.a && model.runs[Number(state.a)]) || model.runBefore(b);
      const choose = (key, chosen) =>
        h(
          'select',
          {
            'aria-label': key === 'a' ? 'Before' : 'After',
            onchange: (event) => page.go({ [key]: event.target.value }),
          },
          model.runs.map((run) =>
            h('option', { value: String(run.index), selected: run === chosen }, runName(run)),
          ),
        );
      const changes = model.changes(a, b, page.selected);
      const titles = { broke: 'Broke', fixed: 'Fixed', other: 'Failed differently' };
      return h(
        'div',
        {},
        h(
          'p',
          { class: 'choose' },
          h('span', {}, 'From ', choose('a', a)),
          h('span', {}, 'to ', choose('b', b)),
        ),
        Object.entries(titles).map(([kind, title]) =>
          h(
            'section',
            {},
            h(
              'h2',
              {},
              `${title} `,
              h('span', { class: 'badge' }, changes[kind].length.toLocaleString('en')),
            ),
            testTable(page, changes[kind], [a, b], 'None.'),
          ),
        ),
      );
    },
  },

  tests: {
    title: 'Tests',
    render(page) {
      return testTable(page, page.selected, page.model.runs, 'No test passes the filters.');
    },
  },
};

const disagreementTitles = {
  tiers: 'Tiers differ',
  ways: 'Tiers fail in different ways',
  behind: 'A reference passes, we do not',
  ahead: 'We pass, a reference does not',
};

function runCard(page, run, tests) {
  const counts = page.model.counts(run, tests);
  const sum = counts.p + counts.f + counts.t + counts.c;
  return h(
    'article',
    { class: 'card' },
    h('h3', {}, run.tier, run.isReference ? h('span', { class: 'tag' }, 'reference') : null),
    h('p', { class: 'big' }, share(counts)),
    bar(counts),
    h(
      'p',
      { class: 'legend' },
      ['p', 'f', 't', 'c']
        .filter((letter) => letter === 'p' || counts[letter] > 0)
        .map((letter) =>
          link(
            page,
            { view: 'tests', run: String(run.index), outcome: letter },
            h('i', { class: `dot ${OUTCOMES[letter]}` }),
            `${counts[letter].toLocaleString('en')} ${OUTCOMES[letter]}`,
          ),
        ),
    ),
    h(
      'p',
      { class: 'faint' },
      `${sum.toLocaleString('en')} scenarios${run.isComplete ? '' : ' (part of the suite)'} · ${run.date.slice(0, 16).replace('T', ' ')} · ` +
        `${run.commit === 'none' ? 'no commit' : run.commit.slice(0, 8)} · ${run.node}`,
    ),
  );
}

function disagreementLinks(page, kinds) {
  return h(
    'ul',
    { class: 'kinds' },
    Object.entries(disagreementTitles).map(([kind, title]) =>
      h(
        'li',
        {},
        link(
          page,
          { view: 'disagreements', section: kind },
          h('b', kinds[kind].length === 0 ? { class: 'none' } : {}, kinds[kind].length.toLocaleString('en')),
          ` ${title}`,
        ),
      ),
    ),
  );
}

function folderTable(page) {
  const isSelected = new Uint8Array(page.model.paths.length);
  for (const test of page.selected) isSelected[test] = 1;
  const open = new Set(page.state.open ? page.state.open.split(',') : ['test']);
  const rows = [];
  const visit = (node, depth) => {
    const tests = testsBelow(node).filter((test) => isSelected[test]);
    if (tests.length === 0) return;
    const isOpen = open.has(node.path);
    rows.push(
      h(
        'tr',
        {},
        h(
          'th',
          { scope: 'row', style: `--depth:${depth}` },
          h(
            'button',
            {
              type: 'button',
              class: 'folder',
              'aria-expanded': String(isOpen),
              onclick: () => toggle(node.path),
            },
            node.name,
          ),
          ' ',
          small(tests.length),
        ),
        page.model.runs.map((run) => barCell(page.model.counts(run, tests))),
      ),
    );
    if (!isOpen) return;
    for (const child of node.folders.values()) visit(child, depth + 1);
    for (const test of node.tests)
      if (isSelected[test]) rows.push(testRow(page, test, page.model.runs, depth + 1, 'name'));
  };
  const toggle = (path) => {
    if (!open.delete(path)) open.add(path);
    page.go({ open: [...open].join(',') });
  };
  for (const child of page.model.tree.folders.values()) visit(child, 0);
  if (rows.length === 0) return note('No test passes the filters.');
  return runTable(page, 'Folder', rows);
}

function testsBelow(node) {
  node.below ??= [...node.tests, ...[...node.folders.values()].flatMap(testsBelow)];
  return node.below;
}
