// Differed in its stack:
//   tree-walker: TypeError: o3.a is not a function ⏎ at corpora/regressions/generated-1-1129.js:5:23 ⏎ at corpora/regressions/generated-1-1129.js:4:8 ⏎ at corpora/regressions/generated-1-1129.js:8:13
//   bytecode-vm: TypeError: o3.a is not a function ⏎ at corpora/regressions/generated-1-1129.js:5:26 ⏎ at corpora/regressions/generated-1-1129.js:4:8 ⏎ at corpora/regressions/generated-1-1129.js:8:13
// Found by: npm run differential -- --seed 1 --index 1129 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-1129.js

const log = console.log;
const o3 = {};
class K4 {
[0] = (() => {
if (o3.a ||= 1) try { o3.a?.() } catch (e) { log(e);  }
})();
}
const o12 = new K4();
