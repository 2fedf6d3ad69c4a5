// Differed in its stack:
//   tree-walker: TypeError: undefined is not iterable ⏎ at g4 (corpora/regressions/generated-1-320.js:1:1) ⏎ at corpora/regressions/generated-1-320.js:3:13
//   bytecode-vm: TypeError: undefined is not iterable ⏎ at g4 (corpora/regressions/generated-1-320.js:1:13) ⏎ at corpora/regressions/generated-1-320.js:3:13
// Found by: npm run differential -- --seed 1 --index 320 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-320.js

function g4([]) {
}
const it5 = g4();
