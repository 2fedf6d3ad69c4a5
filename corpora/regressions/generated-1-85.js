// Differed in its stack:
//   tree-walker: TypeError: Cannot assign to read only property 'x' of object ⏎ at corpora/regressions/generated-1-85.js:4:26 ⏎ at corpora/regressions/generated-1-85.js:4:9 ⏎ at K30 (corpora/regressions/generated-1-85.js:1:1) ⏎ at corpora/regressions/generated-1-85.js:8:27 ⏎ at attempt (corpora/regressions/generated…
//   bytecode-vm: TypeError: Cannot assign to read only property 'x' of object ⏎ at corpora/regressions/generated-1-85.js:4:26 ⏎ at corpora/regressions/generated-1-85.js:4:9 ⏎ at corpora/regressions/generated-1-85.js:8:27 ⏎ at attempt (corpora/regressions/generated-1-85.js:2:26) ⏎ at corpora/regressions/generated-1-8…
// Found by: npm run differential -- --seed 1 --index 85 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-85.js

const log = console.log;
const attempt = (f) => { f() };
class K30 {
#s31 = (() => { try { ''.x %= 0 } catch (e) { log(e);  } })();
constructor() {
}
}
const o38 = attempt(() => new K30());
