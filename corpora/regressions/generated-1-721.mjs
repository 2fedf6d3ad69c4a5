// Differed in its stack:
//   tree-walker: TypeError: undefined is not iterable ⏎ at f1 (corpora/regressions/generated-1-721.js:1:1) ⏎ at corpora/regressions/generated-1-721.js:3:9
//   bytecode-vm: TypeError: undefined is not iterable ⏎ at f1 (corpora/regressions/generated-1-721.js:1:13) ⏎ at corpora/regressions/generated-1-721.js:3:9
// Found by: npm run differential -- --seed 1 --index 721 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-721.mjs

function f1([]) {
}
Reflect.apply(f1, '', [])
