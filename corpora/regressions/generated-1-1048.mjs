// Differed in its stack:
//   tree-walker: TypeError: { x: 0 }.x is not a function ⏎ at corpora/regressions/generated-1-1048.js:1:13
//   bytecode-vm: TypeError: { x: 0 }.x is not a function ⏎ at corpora/regressions/generated-1-1048.js:1:22
// Found by: npm run differential -- --seed 1 --index 1048 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-1048.mjs

const it4 = { x: 0 }.x?.();
