import { expect, test } from 'vitest';
import { stageOf, stageRows, stageTitle } from './feature-stages.ts';
import { featureInfo, parseFeatures } from './features.ts';

const text = `## Proposed language features
#
# What this section is for.
#
# https://process.example

# A first proposal
# https://first.example/
decorators

# Another
## https://second.example
source-phase-imports
## a sub-tag of it
source-phase-imports-module-source

## Standard language features
#
# Words.

BigInt
globalThis  # https://linked.example/1
a-tag-of-tomorrow

## Test-Harness Features

IsHTMLDDA
`;

const rows: readonly [tag: string, stage: string, edition: string, title: string, address: string][] = [
  ['decorators', '2.7', '', 'A first proposal', 'https://first.example/'],
  ['source-phase-imports', '3', '', 'Another', 'https://second.example'],
  ['source-phase-imports-module-source', '3', '', 'a sub-tag of it', 'https://second.example'],
  ['BigInt', '4', 'ES2020', '', ''],
  ['globalThis', '4', 'ES2020', '', 'https://linked.example/1'],
  ['a-tag-of-tomorrow', 'unlisted', '', '', ''],
  ['IsHTMLDDA', 'host', '', '', ''],
];

for (const [tag, stage, edition, title, address] of rows)
  test(`${tag} has the stage of the table and the comment above it`, () =>
    expect(parseFeatures(text).get(tag)).toEqual({ stage, edition, title, address }));

test('only tags are features', () =>
  expect([...parseFeatures(text).keys()]).toEqual(rows.map(([tag]) => tag)));

test('a tag that features.txt does not name has the stage of the table', () =>
  expect(featureInfo(new Map(), 'Temporal')).toEqual({
    stage: '4',
    edition: 'ES2027',
    title: '',
    address: '',
  }));

test('a tag stands in one row of the table only', () => {
  const tags = stageRows.flatMap((row) => row.tags);
  expect(tags.filter((tag, i) => tags.indexOf(tag) !== i)).toEqual([]);
});

test('tags of stage 4 have an edition, and no others', () => {
  for (const { stage, edition } of stageRows) expect(edition !== '').toBe(stage === '4');
});

test('stages are called by the edition, or by their number', () => {
  const titles = ['BigInt', 'import-defer', 'ShadowRealm', 'IsHTMLDDA', '?'].map((tag) => {
    const { stage, edition } = stageOf(tag);
    return stageTitle(stage, edition);
  });
  expect(titles).toEqual(['ES2020', 'stage 3', 'stage 2.7', 'hooks of the test host', 'unlisted']);
});
