// Differed from the specification: shift took an element from an array whose length is not writable. The other ends of arrays beside it.
// Found by: reading
// Replay: npm run differential -- corpora/regressions/array-ends.js
// expect: locked pop: TypeError [1,2,null] 3; TypeError [1,2,null] 3; TypeError [1,2,null] 3
// expect: locked shift: TypeError [2,3,null] 3; TypeError [2,3,null] 3; TypeError [2,3,null] 3
// expect: locked push: TypeError [1,2,3] 3; TypeError [1,2,3] 3; TypeError [1,2,3] 3
// expect: locked unshift: TypeError [1,2,3] 3; TypeError [1,2,3] 3; TypeError [1,2,3] 3
// expect: frozen pop: TypeError [1,2] 2; TypeError [1,2] 2; TypeError [1,2] 2
// expect: frozen shift: TypeError [1,2] 2; TypeError [1,2] 2; TypeError [1,2] 2
// expect: frozen push: TypeError [1,2] 2; TypeError [1,2] 2; TypeError [1,2] 2
// expect: frozen unshift: TypeError [1,2] 2; TypeError [1,2] 2; TypeError [1,2] 2
// expect: inextensible pop: 2 [1] 1; 2 [1] 1; 2 [1] 1
// expect: inextensible shift: 1 [2] 1; 1 [2] 1; 1 [2] 1
// expect: inextensible push: 2 [1,2] 2; TypeError [1,2] 2; TypeError [1,2] 2
// expect: inextensible unshift: 2 [1,2] 2; TypeError [1,2] 2; TypeError [1,2] 2
// expect: holes pop: undefined [1,null,3] 3; undefined [1,null,3] 3; undefined [1,null,3] 3
// expect: holes shift: 1 [null,3,null] 3; 1 [null,3,null] 3; 1 [null,3,null] 3
// expect: holes push: 4 [1,null,3,null] 4; 5 [1,null,3,null,7] 5; 7 [1,null,3,null,7,8,9] 7
// expect: holes unshift: 4 [1,null,3,null] 4; 5 [7,1,null,3,null] 5; 7 [7,8,9,1,null,3,null] 7
// expect: undefined pop: undefined [] 0; undefined [] 0; undefined [] 0
// expect: undefined shift: undefined [] 0; undefined [] 0; undefined [] 0
// expect: undefined push: 1 [null] 1; 2 [null,7] 2; 4 [null,7,8,9] 4
// expect: undefined unshift: 1 [null] 1; 2 [7,null] 2; 4 [7,8,9,null] 4
// expect: empty pop: undefined [] 0; undefined [] 0; undefined [] 0
// expect: empty shift: undefined [] 0; undefined [] 0; undefined [] 0
// expect: empty push: 0 [] 0; 1 [7] 1; 3 [7,8,9] 3
// expect: empty unshift: 0 [] 0; 1 [7] 1; 3 [7,8,9] 3
// expect: plain pop: 2 [1] 1; 2 [1] 1; 2 [1] 1
// expect: plain shift: 1 [2] 1; 1 [2] 1; 1 [2] 1
// expect: plain push: 2 [1,2] 2; 3 [1,2,7] 3; 5 [1,2,7,8,9] 5
// expect: plain unshift: 2 [1,2] 2; 3 [7,1,2] 3; 5 [7,8,9,1,2] 5
// expect: set 5
// expect: 4 [1,2,null,6] 4
// expect: set 2
// expect: 3 [5,1,null] 3

function locked() {
  const array = [1, 2, 3];
  Object.defineProperty(array, 'length', { writable: false });
  return array;
}
function make(kind) {
  switch (kind) {
    case 'locked':
      return locked();
    case 'frozen':
      return Object.freeze([1, 2]);
    case 'inextensible':
      return Object.preventExtensions([1, 2]);
    case 'holes':
      return [1, , 3, ,];
    case 'undefined':
      return [undefined];
    case 'empty':
      return [];
    default:
      return [1, 2];
  }
}
function apply(kind, method, args) {
  const array = make(kind);
  let result;
  try {
    result = array[method](...args);
  } catch (error) {
    result = error.name;
  }
  return `${result} ${JSON.stringify(array)} ${array.length}`;
}
for (const kind of ['locked', 'frozen', 'inextensible', 'holes', 'undefined', 'empty', 'plain']) {
  for (const method of ['pop', 'shift', 'push', 'unshift']) {
    console.log(`${kind} ${method}: ${apply(kind, method, [])}; ${apply(kind, method, [7])}; ${apply(kind, method, [7, 8, 9])}`);
  }
}
Object.defineProperty(Array.prototype, '2', { set: (value) => console.log(`set ${value}`), configurable: true });
console.log(apply('plain', 'push', [5, 6]));
console.log(apply('plain', 'unshift', [5]));
