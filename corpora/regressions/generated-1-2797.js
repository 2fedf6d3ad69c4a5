// Differed in its stack:
//   tree-walker: TypeError: Cannot convert undefined to object ⏎ at corpora/regressions/generated-1-2797.js:1:15
//   bytecode-vm: TypeError: Cannot convert undefined to object ⏎ at corpora/regressions/generated-1-2797.js:1:22
// Found by: npm run differential -- --seed 1 --index 2797 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-2797.js

var { 2: d6 = Object.assign?.() } = 0;
