// The whole parser: the goals that parse.ts offers, on top of the layers.

import { type FunctionExpression, Module, Script, type StatementListItem } from '../ast.gen.ts';
import { T_EOF, T_FUNCTION, T_STRING } from '../tokens.gen.ts';
import { CTX_PARAMETERS } from './context.ts';
import { ModuleParser } from './modules.ts';
import { PrivateEnvironment } from './private-names.ts';

export class Parser extends ModuleParser {
  /** Script, also for eval code. */
  parseScriptGoal(): Script {
    this.skipHashbang();
    this.next();
    const body: StatementListItem[] = [];
    if (this.token === T_STRING) this.parseDirectives(body, true, T_EOF);
    while (this.token !== T_EOF) body.push(this.parseStatementListItem());
    this.scopes.finishVariableScope();
    // Eval code inside a class: what the classes around it do not declare.
    const undeclared = this.privateEnvironment?.uses[0];
    if (undeclared !== undefined) this.fail('UndeclaredPrivateName', undeclared.position, undeclared.name);
    return new Script(0, this.end, body, this.isStrict, this.scopes.record, this.source);
  }

  parseModuleGoal(): Module {
    this.skipHashbang();
    this.next();
    const items = this.parseModuleItems();
    const entries = this.finishEntries();
    return new Module(0, this.end, items, this.scopes.record, this.source, this.hasTopLevelAwait, entries);
  }

  /** FormalParameters and nothing else. */
  parseParametersGoal(): void {
    this.context |= CTX_PARAMETERS;
    this.next();
    this.parseFormalParameterItems(T_EOF);
    if (this.token !== T_EOF) this.unexpected();
  }

  /** FunctionBody and nothing else. */
  parseFunctionBodyGoal(): void {
    this.next();
    this.parseBodyAlone(T_EOF);
  }

  /** A FunctionExpression and nothing else. */
  parseFunctionExpressionGoal(isAsync: boolean): FunctionExpression {
    this.next();
    if (isAsync) this.next();
    if (this.token !== T_FUNCTION) this.unexpected();
    const node = this.parseFunctionExpression(0, isAsync);
    if (this.token !== T_EOF) this.unexpected();
    return node;
  }

  /** Makes private names visible that classes around eval code declare. */
  declareOuterPrivateNames(names: readonly string[]): void {
    const environment = new PrivateEnvironment(null);
    for (const name of names) environment.declare(name, 'field', false);
    this.privateEnvironment = environment;
  }
}
