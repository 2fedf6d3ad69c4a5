// Differed in its stack:
//   tree-walker: Promise { ⏎ <rejected> TypeError: undefined is not iterable ⏎ at f4 (corpora/regressions/generated-1-1676.js:1:1) ⏎ at corpora/regressions/generated-1-1676.js:3:1 ⏎ }
//   bytecode-vm: Promise { ⏎ <rejected> TypeError: undefined is not iterable ⏎ at f4 (corpora/regressions/generated-1-1676.js:1:19) ⏎ at corpora/regressions/generated-1-1676.js:3:1 ⏎ }
// Found by: npm run differential -- --seed 1 --index 1676 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-1676.js

async function f4([]) {
}
f4();
