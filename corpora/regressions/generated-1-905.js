// Differed in its stack:
//   tree-walker: TypeError: 0 is not a function ⏎ at f0 (corpora/regressions/generated-1-905.js:2:1) ⏎ at corpora/regressions/generated-1-905.js:4:13
//   bytecode-vm: TypeError: 0 is not a function ⏎ at f0 (corpora/regressions/generated-1-905.js:2:1) ⏎ at corpora/regressions/generated-1-905.js:4:16
// Found by: npm run differential -- --seed 1 --index 905 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-905.js

async function f0() {
0()
}
const it7 = f0.call().toString?.();
