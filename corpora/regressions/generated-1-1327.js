// Differed in its stack:
//   tree-walker: TypeError: 0 is not a function ⏎ at f0 (corpora/regressions/generated-1-1327.js:3:1) ⏎ at corpora/regressions/generated-1-1327.js:6:1 ⏎ at attempt (corpora/regressions/generated-1-1327.js:1:26) ⏎ at corpora/regressions/generated-1-1327.js:5:1
//   bytecode-vm: TypeError: 0 is not a function ⏎ at f0 (corpora/regressions/generated-1-1327.js:3:1) ⏎ at corpora/regressions/generated-1-1327.js:6:4 ⏎ at attempt (corpora/regressions/generated-1-1327.js:1:26) ⏎ at corpora/regressions/generated-1-1327.js:5:1
// Found by: npm run differential -- --seed 1 --index 1327 --reduce 1 --reduce-seconds 20
// Replay: npm run differential -- corpora/regressions/generated-1-1327.js

const attempt = (f) => { f() };
async function f0() {
0();
}
attempt(() => {
f0.apply()?.b
});
