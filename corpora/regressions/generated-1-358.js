// Differed in its stack:
//   tree-walker: TypeError: undefined is not iterable ⏎ at corpora/regressions/generated-1-358.js:1:7
//   bytecode-vm: TypeError: undefined is not iterable ⏎ at corpora/regressions/generated-1-358.js:1:8
// Found by: npm run differential -- --seed 1 --index 358 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-358.js

const [[]] = '';
