// script: acorn/dist/acorn.js
// acorn parses its own distribution and reports what it saw.
const source = readText('acorn/dist/acorn.js');
const tokens = [];
const comments = [];
const ast = acorn.parse(source, {
  ecmaVersion: 'latest',
  sourceType: 'script',
  locations: true,
  onToken: (token) => tokens.push(token.type.label),
  onComment: comments,
});

const counts = new Map();
let nodes = 0;
(function walk(node) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item);
    return;
  }
  if (typeof node.type === 'string') {
    nodes++;
    counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
  }
  for (const key of Object.keys(node)) {
    if (key !== 'loc' && key !== 'regex') walk(node[key]);
  }
})(ast);

print(`nodes ${nodes}, tokens ${tokens.length}, comments ${comments.length}`);
for (const [type, count] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) print(`${type} ${count}`);
print(JSON.stringify(ast.body[0], (key, value) => (key === 'body' ? '…' : value), 1));
let hash = 0;
for (const label of tokens) for (let i = 0; i < label.length; i++) hash = (hash * 31 + label.charCodeAt(i)) | 0;
print(`token hash ${hash}`);
try {
  acorn.parse('let x = ;', { ecmaVersion: 2022 });
} catch (error) {
  print(`${error.name}: ${error.message}`);
}
