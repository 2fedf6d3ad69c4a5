// Differed in its output: a variable of the VM had the register, and the value, of what the parameters had needed for a while.
//   tree-walker: undefined
//   bytecode-vm: []
// Found by: npm run differential -- --generate 20000 --seed 3 (4736)
// Replay: npm run differential -- corpora/regressions/var-after-rest-parameter.js
// expect: undefined
// expect: undefined 1

function f(p, ...rest) {
  switch (0) {
    default:
      var v;
    case console.log(v):
  }
}
f();
function g(p = [...'ab', { c: [1, 2] }.c.length]) {
  for (var i = 0; i < 1; i++) var w;
  console.log(w, i);
}
g();
