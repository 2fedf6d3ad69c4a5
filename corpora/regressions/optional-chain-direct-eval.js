// Differed in its output: the tree-walker took the eval of an optional chain for an indirect one.
//   tree-walker: ReferenceError: x is not defined
//   bytecode-vm: 5
// Replay: npm run differential -- corpora/regressions/optional-chain-direct-eval.js
// expect: 5 5 undefined undefined

(function () {
  const x = { y: 5 };
  console.log(eval('x')?.y, (eval)('x')?.['y'], eval?.('typeof x')?.y, eval('x').z?.w);
})();
