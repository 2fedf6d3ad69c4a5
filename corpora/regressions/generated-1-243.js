// Differed in its stack:
//   tree-walker: TypeError: undefined is not iterable ⏎ at corpora/regressions/generated-1-243.js:1:7
//   bytecode-vm: TypeError: undefined is not iterable ⏎ at corpora/regressions/generated-1-243.js:1:10
// Found by: npm run differential -- --seed 1 --index 243 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-243.js

let { y: [] } = 0;
