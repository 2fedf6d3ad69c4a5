// Differed in its stack:
//   tree-walker: TypeError: undefined is not iterable ⏎ at corpora/regressions/generated-1-241.js:1:5
//   bytecode-vm: TypeError: undefined is not iterable ⏎ at corpora/regressions/generated-1-241.js:1:6
// Found by: npm run differential -- --seed 1 --index 241 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-241.mjs

let [[]] = '';
