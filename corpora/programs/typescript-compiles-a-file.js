// script: typescript-5/lib/typescript.js
// The TypeScript compiler parses, transpiles and prints a file of 340 lines of zod's source, for two targets.
const source = readText('zod/src/v3/ZodError.ts');
print(`${source.split('\n').length} lines`);
for (const target of [ts.ScriptTarget.ES5, ts.ScriptTarget.ES2022]) {
  const { outputText, diagnostics } = ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: { target, module: ts.ModuleKind.CommonJS, removeComments: true },
  });
  print(`${diagnostics.length} diagnostics`);
  print(outputText);
}
const file = ts.createSourceFile('ZodError.ts', source, ts.ScriptTarget.Latest, true);
const counts = new Map();
const visit = (node) => {
  const kind = ts.SyntaxKind[node.kind];
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  ts.forEachChild(node, visit);
};
visit(file);
for (const [kind, count] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) print(`${kind} ${count}`);
print(ts.createPrinter({ removeComments: true }).printFile(file).length);
