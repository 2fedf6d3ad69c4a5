import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeDisagreements, parseAccepted } from './expectations.ts';
import { expectedLines, regressionText } from './regression-file.ts';

const LIST = `# head
test/a.js # one tier prints a date
test/b.js [strict] # messages differ
`;

test('disagreements are judged by the list', () => {
  const accepted = parseAccepted(LIST);
  const names = [
    { path: 'test/a.js', mode: 'strict' },
    { path: 'test/a.js', mode: 'non-strict' },
    { path: 'test/b.js', mode: 'strict' },
    { path: 'test/b.js', mode: 'non-strict' },
    { path: 'test/c.js', mode: 'raw' },
  ] as const;
  expect(judgeDisagreements(accepted, names, names.slice(0, 3))).toEqual({ unexpected: [], gone: [] });
  expect(judgeDisagreements(accepted, names, [names[0], names[3]])).toEqual({
    unexpected: [names[3]],
    gone: [names[1], names[2]],
  });
  expect(judgeDisagreements(accepted, [names[4]], [])).toEqual({ unexpected: [], gone: [] });
});

test('the list is short and names scenarios one by one', () => {
  expect(() => parseAccepted('folder:test/x # all of it\n')).toThrow('one by one');
  const long = Array.from({ length: 21 }, (_, i) => `test/${i}.js # reason`).join('\n');
  expect(() => parseAccepted(long)).toThrow('21 disagreements are listed');
  const checkedIn = readFileSync(new URL('expectations/test262.txt', import.meta.url), 'utf8');
  expect(parseAccepted(checkedIn).size).toBeLessThanOrEqual(20);
});

test('a regression says what differed, how it was found and how to see it again', () => {
  const observation = {
    completion: 'normal',
    value: '',
    output: [],
    unhandledRejections: [],
    fuel: 0,
  } as const;
  const text = regressionText(
    {
      name: 'x',
      goal: 'script',
      source: 'print(-0)\n',
      difference: {
        kind: 'output',
        leftTier: 'tree-walker',
        rightTier: 'bytecode-vm',
        left: observation,
        right: observation,
        leftText: '-0',
        rightText: '0',
      },
      foundBy: 'npm run differential -- --generate 10',
    },
    'corpora/regressions/x.js',
  );
  expect(text).toBe(`// Differed in its output:
//   tree-walker: -0
//   bytecode-vm: 0
// Found by: npm run differential -- --generate 10
// Replay: npm run differential -- corpora/regressions/x.js

print(-0)
`);
  expect(expectedLines(text)).toBeNull();
  expect(expectedLines(`// expect: a\n// expect:\n${text}`)).toEqual(['a', '']);
});
