import { expect, test } from 'vitest';
import { parseFeatures } from './features.ts';

const text = `## Proposed language features
#
# What this section is for.
#
# https://process.example

# A first proposal
# https://first.example/
first-tag

# Another
## https://second.example
second.tag
## a sub-tag of it
second.tag.more

## Standard language features
#
# Words.

Plain
Linked  # https://linked.example/1

## Test-Harness Features

Hook
`;

const rows: readonly [tag: string, stage: string, title: string, address: string][] = [
  ['first-tag', 'proposal', 'A first proposal', 'https://first.example/'],
  ['second.tag', 'proposal', 'Another', 'https://second.example'],
  ['second.tag.more', 'proposal', 'a sub-tag of it', 'https://second.example'],
  ['Plain', 'standard', '', ''],
  ['Linked', 'standard', '', 'https://linked.example/1'],
  ['Hook', 'host', '', ''],
];

for (const [tag, stage, title, address] of rows)
  test(`${tag} has the stage of its section and the comment above it`, () =>
    expect(parseFeatures(text).get(tag)).toEqual({ stage, title, address }));

test('only tags are features', () =>
  expect([...parseFeatures(text).keys()]).toEqual(rows.map(([tag]) => tag)));
