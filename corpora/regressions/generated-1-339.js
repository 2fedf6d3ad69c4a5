// Differed in its stack:
//   tree-walker: TypeError: cannot read private member #s22 from an object whose class did not declare it ⏎ at corpora/regressions/generated-1-339.js:3:20 ⏎ at corpora/regressions/generated-1-339.js:1:1
//   bytecode-vm: TypeError: cannot read private member #s22 from an object whose class did not declare it ⏎ at corpora/regressions/generated-1-339.js:3:20 ⏎ at corpora/regressions/generated-1-339.js:1:19
// Found by: npm run differential -- --seed 1 --index 339 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-339.js

try {  } catch  { log; }
class K20 {
static #s22 = this.#s22;
}
