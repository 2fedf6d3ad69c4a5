// Differed in its output: the VM kept variables in registers that `with` makes code look up by name, and set globals.
//   tree-walker: undefined
//   bytecode-vm: number
// Found by: npm run differential -- --generate 20000 --seed 1 (6676)
// Replay: npm run differential -- corpora/regressions/var-under-with.js
// expect: 0 1 q 2 3
// expect: undefined undefined undefined undefined undefined
// expect: undefined
// expect: 7 undefined

(function () {
  with (0) var x = 0;
  with ({}) {
    for (var a of [1]) for (var b in { q: 1 }) var [c, { d }] = [2, { d: 3 }];
  }
  console.log(x, a, b, c, d);
})();
console.log(typeof x, typeof a, typeof b, typeof c, typeof d);
(function () {
  with ({ e: 0 }) var e = 5;
  console.log(e);
})();
(function () {
  try {
    throw 1;
  } catch (g) {
    with ({}) var g = 7;
    console.log(g, typeof f);
  }
  var f;
})();
