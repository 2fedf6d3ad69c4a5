// The page 'Features': every `features:` tag of the tests with its rate in each run, by the stage of what it stands for. Tags
// on which our tiers differ come first, then those with the lowest rate.

import { barCell, breakable, h, link, note, passShare, runHeading, small, table } from './elements.js';

const STAGES = {
  proposal: ['Proposals', 'stage 2.7 or 3'],
  standard: ['In the standard', 'stage 4'],
  host: ['Hooks of the test host', '$262'],
  unlisted: ['Others', 'not in features.txt of the suite'],
};

export const featuresView = {
  title: 'Features',
  render(page) {
    const { model } = page;
    const differing = new Set(model.disagreements(page.selected).tiers);
    const byTag = new Map(model.features.map(({ name }) => [name, []]));
    for (const test of page.selected) for (const name of model.testFeatures[test]) byTag.get(name).push(test);
    const sections = Object.entries(STAGES).flatMap(([stage, [title, remark]]) => {
      const features = model.features.filter(
        (each) => each.stage === stage && byTag.get(each.name).length > 0,
      );
      if (features.length === 0) return [];
      return h(
        'section',
        {},
        h('h2', {}, `${title} `, h('span', { class: 'badge' }, String(features.length)), ' ', small(remark)),
        stageTable(page, features, byTag, differing),
      );
    });
    return sections.length === 0 ? note('No test here has a feature tag.') : h('div', {}, sections);
  },
};

function stageTable(page, features, byTag, differing) {
  const { model } = page;
  const ours = model.newestOfTiers().filter((run) => !run.isReference);
  const rows = features.map((feature) => {
    const tests = byTag.get(feature.name);
    const shares = ours.map((run) => passShare(model.counts(run, tests)));
    const differ = tests.some((test) => differing.has(test));
    return { feature, tests, differ, share: Math.min(...shares, 2) };
  });
  rows.sort((a, b) => b.differ - a.differ || a.share - b.share || (a.feature.name < b.feature.name ? -1 : 1));
  const all = [...new Set(rows.flatMap(({ tests }) => tests))];
  const head = h(
    'tr',
    {},
    h('th', {}, 'Feature'),
    model.runs.map((run) => h('th', { class: 'run' }, runHeading(run))),
  );
  const cells = (tests) => model.runs.map((run) => barCell(model.counts(run, tests)));
  const total = h(
    'tr',
    { class: 'total' },
    h('th', { scope: 'row' }, 'together ', small(all.length)),
    cells(all),
  );
  return table(head, [
    total,
    ...rows.map(({ feature, tests, differ }) =>
      h(
        'tr',
        {},
        h(
          'th',
          { scope: 'row' },
          link(page, { view: 'tests', feature: feature.name }, breakable(feature.name)),
          ' ',
          small(tests.length),
          differ ? h('span', { class: 'pill fail' }, 'tiers differ') : null,
          feature.title === '' ? null : h('small', { class: 'about' }, aboutLink(feature)),
        ),
        cells(tests),
      ),
    ),
  ]);
}

function aboutLink({ title, address }) {
  return address === '' ? title : h('a', { href: address, rel: 'noreferrer' }, title);
}
