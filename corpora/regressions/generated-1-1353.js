// Differed in its stack:
//   tree-walker: TypeError: Cannot read properties of undefined (reading 'y') ⏎ at corpora/regressions/generated-1-1353.js:3:21 ⏎ at corpora/regressions/generated-1-1353.js:1:1
//   bytecode-vm: TypeError: Cannot read properties of undefined (reading 'y') ⏎ at corpora/regressions/generated-1-1353.js:3:21 ⏎ at corpora/regressions/generated-1-1353.js:1:19
// Found by: npm run differential -- --seed 1 --index 1353 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-1353.js

try {  } catch  { log; }
class K29 {
static #s30 = 0[''].y;
}
