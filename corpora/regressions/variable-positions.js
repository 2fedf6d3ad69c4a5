// Differed in its stack: where a variable in a register was the last thing evaluated, the VM's frame was still where it had
// been before.
// Found by: npx vitest run oracles/folding
// Replay: npm run differential -- corpora/regressions/variable-positions.js
// expect: spread: get at get it (12:36), spread (13:35)
// expect: key: text at toString (12:76), key (14:30)
// expect: second: get at get it (12:36), second (15:51)
// expect: folded: get at get it (12:36), folded (16:37)
// expect: behindFolded: text at toString (12:76), behindFolded (17:50)

'use strict';
const thrower = { get it() { throw new Error('get'); }, toString() { throw new Error('text'); } };
const spread = (o) => ({ a: 1, ...o });
const key = (o) => ({ a: 1, [o]: 2 });
const second = (o, p) => ({ a: -p, ...p, b: p, ...o });
const folded = (o) => ({ ...(1 + 1, o) });
const behindFolded = (o) => ({ [2 * 2]: `${1}`, [o]: 1 });
for (const f of [spread, key, second, folded, behindFolded]) {
  try {
    console.log(f.name, f(thrower, 1));
  } catch (e) {
    const frames = e.stack.split('\n    at ').slice(1).map((frame) => frame.replace(/[^( ]*:(\d+:\d+)/, '$1'));
    console.log(`${f.name}: ${e.message} at ${frames.slice(0, -1).join(', ')}`);
  }
}
