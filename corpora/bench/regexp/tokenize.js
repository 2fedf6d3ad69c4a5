// expect: 0,4800,2400,360,240,3360 -720718139
// scale: 11
// about: one alternation of token patterns with the flag g, asked by exec until the text ends

const source = Array.from(
  { length: 120 },
  (_, i) => `function step${i}(state, input) {
  // Adds what the input says, ${i} times.
  const total = state.total + input.length * ${i}.5e3 - 0x${(i * 4099).toString(16)};
  if (total >= ${i * 17} && input !== "it's \\"${i}\\"") { return { ...state, total, name: 'step ${i}' }; }
  return state ?? undefined; /* nothing to do */
}
`,
).join('');

const token =
  /(\s+|\/\/.*|\/\*[\s\S]*?\*\/)|([A-Za-z_$][\w$]*)|(0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(\.{3}|=>|[-+*/<>=!&|?]=+|&&|\|\||\?\?|[-+*/<>=!&|?:;,.(){}[\]])/g;

function unit() {
  const counts = [0, 0, 0, 0, 0, 0];
  let hash = 0;
  token.lastIndex = 0;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    let kind = 1;
    while (match[kind] === undefined) kind++;
    counts[kind]++;
    hash = (hash * 31 + match[0].length + kind) | 0;
  }
  return `${counts.join()} ${hash}`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
