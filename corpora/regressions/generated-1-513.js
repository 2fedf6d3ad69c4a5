// Differed in its stack:
//   tree-walker: TypeError: cannot read private member #s30 from an object whose class did not declare it ⏎ at corpora/regressions/generated-1-513.js:3:20 ⏎ at corpora/regressions/generated-1-513.js:1:1
//   bytecode-vm: TypeError: cannot read private member #s30 from an object whose class did not declare it ⏎ at corpora/regressions/generated-1-513.js:3:20 ⏎ at corpora/regressions/generated-1-513.js:1:8
// Found by: npm run differential -- --seed 1 --index 513 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-513.js

if (0) 0();
class K29 {
static #s30 = this.#s30;
}
