// Programs to code units: the entry points of the compiler.
import type { FunctionExpression, Module, Script } from '../../syntax/ast.gen.ts';
import {
  type DynamicFunctionKind,
  type EvalContext,
  NO_SURROUNDINGS,
  parseDynamicFunction,
  parseEval,
} from '../../syntax/parse.ts';
import type { Scope } from '../../syntax/scope.ts';
import { analyzeScopes } from '../../syntax/scope-analysis.ts';
import { SourceText } from '../../syntax/source-text.ts';
import type { SyntaxErrorRecord } from '../../syntax/syntax-error.ts';
import { CALL_ASYNC, CodeUnit, type DeclarationsConstant, type UnitKind } from '../unit.ts';
import { assignmentEffects, assignmentRows } from './assignments.ts';
import { registerOf } from './bindings.ts';
import { callRows } from './calls.ts';
import { classRows } from './classes.ts';
import {
  compileStatements,
  installBranches,
  installEffects,
  installExpressions,
  installStatements,
} from './dispatch.ts';
import { EnvironmentNode, FunctionCompiler } from './function-compiler.ts';
import { makeFunctionUnit, unitOf } from './functions.ts';
import { loopRows } from './loops.ts';
import { operatorBranches, operatorRows } from './operators.ts';
import { primaryRows } from './primary.ts';
import { compileWithResources, declaresResources } from './resources.ts';
import { boundNameOf, declareBlockFunctions, functionsToInitialize, openLexicals } from './scopes.ts';
import { Session } from './session.ts';
import { statementRows } from './statements.ts';

installExpressions([...primaryRows, ...operatorRows, ...assignmentRows, ...callRows, ...classRows]);
installStatements([...statementRows, ...loopRows]);
installBranches(operatorBranches);
installEffects(assignmentEffects);

/** A script, or the code of an eval. Throws NestedTooDeeply. */
export function compileScript(program: Script): CodeUnit {
  const session = new Session(analyzeScopes(program), program.source, program.scope.kind as UnitKind);
  const isEval = program.scope.kind === 'eval';
  const unit = new CodeUnit(isEval ? 'eval' : 'script', program.source);
  unit.strict = program.strict;
  unit.textEnd = program.source.text.length;
  const c = new FunctionCompiler(session, unit, null);
  const { emit, writer } = c;
  writer.at(program.start);
  c.thisInRegister = !isEval;
  c.completion = writer.newRegister();
  const { root } = session.analysis;
  if (isEval) {
    // The lexical names, and with strict code the vars, have an environment of their own.
    const register = writer.newRegister();
    const descriptor = { ...session.descriptorOf(root), isVariableScope: program.strict };
    emit.newEnvironment(register, unit.environmentRegister, writer.scope(descriptor));
    c.pushEnvironment(root, register);
    openLexicals(c, root);
  }
  if (isEval && program.strict) {
    // Its vars are its own.
    for (const binding of root.bindings.values()) {
      if (binding.storage === 'register') registerOf(c, binding);
    }
    declareBlockFunctions(c, program.scope, root);
    compileStatements(c, program.body);
    emit.return(c.completion);
    c.finish();
    return unit;
  }
  const declarations = declarationsOf(c, program.scope);
  if (program.scope.annexBFunctions.length > 0) c.annexBActive = writer.newRegister();
  const active = c.annexBActive === -1 ? writer.newRegister() : c.annexBActive;
  if (isEval) emit.declareEval(active, c.environmentRegister, writer.constant(declarations), 0);
  else emit.declareGlobals(active, writer.constant(declarations));
  compileStatements(c, program.body);
  emit.return(c.completion);
  c.finish();
  return unit;
}

function declarationsOf(c: FunctionCompiler, scope: Scope): DeclarationsConstant {
  scope.annexBFunctions.forEach((f, i) => {
    c.annexBIndex.set(f, i);
  });
  return {
    constantKind: 'declarations',
    varNames: scope.varNames,
    lexicals: scope.lexicals
      .filter((lexical) => lexical.bindingKind !== 'import')
      .map(({ name, bindingKind }) => ({
        name,
        isConstant: bindingKind === 'const' || bindingKind === 'using',
      })),
    functions: functionsToInitialize(scope.functions).map((f) => {
      const unit = c.addFunction(unitOf(c, f));
      const name = boundNameOf(f);
      c.functions[unit].name = name === '*default*' ? 'default' : name;
      return { name, unit };
    }),
    annexBNames: scope.annexBFunctions.map(boundNameOf),
  };
}

/** A module: its declarations are `constants[0]` of the unit, for InitializeEnvironment. Throws NestedTooDeeply. */
export function compileModule(program: Module): CodeUnit {
  const session = new Session(analyzeScopes(program), program.source, 'module');
  const unit = new CodeUnit('module', program.source);
  unit.strict = true;
  unit.textEnd = program.source.text.length;
  if (program.hasTopLevelAwait) unit.callKind = CALL_ASYNC;
  unit.moduleEntries = program.entries;
  // The module environment is what the code is entered with.
  const environment = new EnvironmentNode(session.analysis.root, null, null, unit.environmentRegister);
  const c = new FunctionCompiler(session, unit, environment);
  const { emit, writer } = c;
  writer.at(program.start);
  writer.constant(declarationsOf(c, program.scope));
  if (declaresResources(program.scope)) compileWithResources(c, () => compileStatements(c, program.body));
  else compileStatements(c, program.body);
  emit.return(writer.constantRegister(undefined));
  c.finish();
  return unit;
}

/** What PerformEval knows of the code around a direct eval. */
export type EvalSurroundings = EvalContext;
export { NO_SURROUNDINGS };

export type CompileResult =
  | { readonly ok: true; readonly unit: CodeUnit }
  | { readonly ok: false; readonly error: SyntaxErrorRecord };

/** Parses and compiles the text of an eval. Throws NestedTooDeeply. */
export function compileEval(name: string, text: string, surroundings: EvalSurroundings): CompileResult {
  const parsed = parseEval(new SourceText(name, text), surroundings);
  return parsed.ok ? { ok: true, unit: compileScript(parsed.node) } : parsed;
}

/** Parses and compiles a function from the texts of its parameters and body. Throws NestedTooDeeply. */
export function compileFunctionText(
  kind: DynamicFunctionKind,
  parameters: string,
  body: string,
): CompileResult {
  const parsed = parseDynamicFunction(kind, parameters, body, '<anonymous>');
  return parsed.ok ? { ok: true, unit: compileDynamicFunction(parsed.node) } : parsed;
}

/** A function that is made by itself, as by the Function constructor. */
function compileDynamicFunction(node: FunctionExpression): CodeUnit {
  const session = new Session(analyzeScopes(node), node.info.source, 'function');
  return makeFunctionUnit(session, node, null);
}
