// Module items: import and export declarations, and the entries that linking reads.
// https://tc39.es/ecma262/#sec-modules

import {
  type BindingIdentifier,
  ExportClause,
  ExportDeclaration,
  ExportDefault,
  ImportDeclaration,
  type ModuleItem,
} from '../ast.gen.ts';
import { forEachBoundName } from '../bound-names.ts';
import type { ExportEntry, ImportEntry, ImportPhase, ModuleEntries, ModuleRequest } from '../scope.ts';
import {
  T_AS,
  T_ASYNC,
  T_AT,
  T_CLASS,
  T_COLON,
  T_COMMA,
  T_CONST,
  T_DEFAULT,
  T_DEFER,
  T_DOT,
  T_EOF,
  T_EXPORT,
  T_FROM,
  T_FUNCTION,
  T_IDENTIFIER,
  T_IMPLEMENTS,
  T_IMPORT,
  T_LBRACE,
  T_LET,
  T_LPAREN,
  T_MUL,
  T_RBRACE,
  T_SOURCE,
  T_STRING,
  T_VAR,
  T_WITH,
} from '../tokens.gen.ts';
import { StatementParser } from './statements.ts';

/** `a as b` of an export list, before it is known whether `from` follows. */
interface ExportSpecifier {
  readonly localName: string;
  readonly exportName: string;
  readonly position: number;
  /** Whether localName may refer to a local binding: neither a string nor a reserved word. */
  readonly problem: 'string' | 'reserved' | null;
}

interface LocalExport {
  readonly exportName: string;
  readonly localName: string;
  readonly position: number;
}

export class ModuleParser extends StatementParser {
  private readonly requestedModules: ModuleRequest[] = [];
  private readonly importEntries: ImportEntry[] = [];
  private readonly localExports: LocalExport[] = [];
  private readonly indirectExportEntries: ExportEntry[] = [];
  private readonly starExportEntries: ExportEntry[] = [];
  private readonly exportedNames: Set<string> = new Set();

  parseModuleItems(): ModuleItem[] {
    const items: ModuleItem[] = [];
    while (this.token !== T_EOF) items.push(this.parseModuleItem());
    return items;
  }

  private parseModuleItem(): ModuleItem {
    if (this.token === T_EXPORT) return this.parseExport(this.tokenStart);
    if (this.token === T_IMPORT) {
      const { tokenStart, lastEnd, newlineBefore } = this;
      this.next();
      const token = this.token;
      if (token !== T_LPAREN && token !== T_DOT) return this.parseImport(tokenStart);
      this.rewind(tokenStart, lastEnd, newlineBefore);
    }
    if (this.token === T_AT) return this.parseDecoratedItem();
    return this.parseStatementListItem();
  }

  /** `@d class`, `@d export class` or `@d export default class`. */
  private parseDecoratedItem(): ModuleItem {
    const start = this.tokenStart;
    const decorators = this.parseDecorators();
    if (this.token !== T_EXPORT) return this.parseClassDeclaration(decorators, start, false);
    const exportStart = this.tokenStart;
    this.next();
    const isDefault = this.eat(T_DEFAULT);
    if (this.token !== T_CLASS) this.unexpected();
    const declaration = this.parseClassDeclaration(decorators, start, isDefault);
    if (isDefault) {
      this.noteDefault(declaration.name, exportStart);
      if (declaration.name === null) this.scopes.declareLexical('*default*', 'class', declaration.start);
      return new ExportDefault(start, this.lastEnd, declaration);
    }
    const name = declaration.name as BindingIdentifier;
    this.noteLocalExport(name.name, name.name, name.start);
    return new ExportDeclaration(start, this.lastEnd, declaration);
  }

  // ---------------------------------------------------------------- imports

  /** Behind `import`. https://tc39.es/ecma262/#sec-imports */
  private parseImport(start: number): ModuleItem {
    if (this.token === T_STRING) {
      const request = this.parseSpecifier('evaluation');
      this.consumeSemicolon();
      this.addRequest(request);
      return new ImportDeclaration(start, this.lastEnd, request.specifier);
    }
    let phase: ImportPhase = 'evaluation';
    const bindings: { importName: string | null; local: BindingIdentifier }[] = [];
    if (this.isImportSource()) {
      phase = 'source';
      this.next();
      bindings.push({ importName: null, local: this.parseImportedBinding() });
    } else {
      if (this.token === T_DEFER && this.isFollowedByStar()) {
        phase = 'defer';
        this.next();
      } else if (this.token >= T_IDENTIFIER) {
        bindings.push({ importName: 'default', local: this.parseImportedBinding() });
        if (this.eat(T_COMMA)) {
          if (this.token !== T_MUL && this.token !== T_LBRACE) this.unexpected();
        } else if (this.token !== T_FROM) this.unexpected();
      }
      if (this.token === T_MUL) {
        this.next();
        this.expect(T_AS);
        bindings.push({ importName: null, local: this.parseImportedBinding() });
      } else if (this.token === T_LBRACE) this.parseNamedImports(bindings);
      else if (this.token !== T_FROM) this.unexpected();
    }
    this.expect(T_FROM);
    if (this.token !== T_STRING) this.unexpected();
    const request = this.addRequest(this.parseSpecifier(phase));
    this.consumeSemicolon();
    for (const { importName, local } of bindings)
      this.importEntries.push({ moduleRequest: request, importName, localName: local.name, phase });
    return new ImportDeclaration(start, this.lastEnd, request.specifier);
  }

  /** At `source`: whether it is the phase, not the binding (`import source from "x"`). */
  private isImportSource(): boolean {
    if (this.token !== T_SOURCE) return false;
    const { tokenStart, lastEnd, newlineBefore } = this;
    this.next();
    let isPhase = this.isIdentifierToken();
    if (this.token === T_FROM) {
      this.next();
      isPhase = this.token === T_FROM;
    }
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return isPhase;
  }

  private isFollowedByStar(): boolean {
    const { tokenStart, lastEnd, newlineBefore } = this;
    this.next();
    const found = this.token === T_MUL;
    this.rewind(tokenStart, lastEnd, newlineBefore);
    return found;
  }

  private parseImportedBinding(): BindingIdentifier {
    const local = this.parseBindingIdentifier();
    this.declareLexicalName(local, 'import');
    return local;
  }

  private parseNamedImports(bindings: { importName: string | null; local: BindingIdentifier }[]): void {
    this.next();
    while (this.token !== T_RBRACE) {
      const { tokenStart, lastEnd, newlineBefore } = this;
      const isString = this.token === T_STRING;
      const importName = this.parseModuleExportName();
      if (this.token === T_AS) {
        this.next();
        bindings.push({ importName, local: this.parseImportedBinding() });
      } else {
        if (isString) this.unexpected();
        this.rewind(tokenStart, lastEnd, newlineBefore);
        bindings.push({ importName, local: this.parseImportedBinding() });
      }
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.expect(T_RBRACE);
  }

  /** ModuleExportName: an IdentifierName or a well-formed string. */
  private parseModuleExportName(): string {
    if (this.token === T_STRING) {
      this.checkStringToken();
      if (!isWellFormed(this.value)) this.fail('IllFormedExportName', this.tokenStart);
    } else if (this.token < T_IDENTIFIER) this.unexpected();
    const name = this.value;
    this.next();
    return name;
  }

  /** The ModuleSpecifier and its attributes. */
  private parseSpecifier(phase: ImportPhase): ModuleRequest {
    this.checkStringToken();
    const specifier = this.value;
    this.next();
    const attributes: { key: string; value: string }[] = [];
    if (this.token === T_WITH) {
      this.next();
      this.expect(T_LBRACE);
      while (this.token !== T_RBRACE) {
        const keyStart = this.tokenStart;
        if (this.token === T_STRING) this.checkStringToken();
        else if (this.token < T_IDENTIFIER) this.unexpected();
        const key = this.value;
        this.next();
        this.expect(T_COLON);
        if (this.token !== T_STRING) this.unexpected();
        this.checkStringToken();
        if (attributes.some((attribute) => attribute.key === key))
          this.fail('DuplicateAttribute', keyStart, key);
        attributes.push({ key, value: this.value });
        this.next();
        if (this.token !== T_COMMA) break;
        this.next();
      }
      this.expect(T_RBRACE);
      attributes.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    }
    return { specifier, attributes, phase };
  }

  /** Module code is strict: its strings have no legacy octal escapes. */
  private checkStringToken(): void {
    if (this.octalPos >= 0) this.fail('StrictOctal', this.octalPos);
  }

  /** Adds a request unless an equal one is there; returns the one in the list. */
  private addRequest(request: ModuleRequest): ModuleRequest {
    for (const other of this.requestedModules) if (requestsEqual(other, request)) return other;
    this.requestedModules.push(request);
    return request;
  }

  // ---------------------------------------------------------------- exports

  private parseExport(start: number): ModuleItem {
    this.next();
    const token = this.token;
    if (token === T_MUL) return this.parseExportStar(start);
    if (token === T_LBRACE) return this.parseExportList(start);
    if (token === T_DEFAULT) return this.parseExportDefault(start);
    if (token === T_VAR || token === T_CONST || token === T_LET) {
      const declaration =
        token === T_VAR ? this.parseVariableStatement(this.tokenStart) : this.parseExportedLexical();
      for (const { target } of declaration.declarations)
        forEachBoundName(target, (name) => this.noteLocalExport(name.name, name.name, name.start));
      return new ExportDeclaration(start, this.lastEnd, declaration);
    }
    const declarationStart = this.tokenStart;
    if (token === T_FUNCTION || (token === T_ASYNC && this.startsAsyncFunction())) {
      const declaration = this.parseFunctionDeclaration(declarationStart, token === T_ASYNC, false);
      this.declareFunction(declaration, true);
      const name = declaration.name as BindingIdentifier;
      this.noteLocalExport(name.name, name.name, name.start);
      return new ExportDeclaration(start, this.lastEnd, declaration);
    }
    if (token === T_CLASS || token === T_AT) {
      const declaration = this.parseClassDeclaration(this.parseDecorators(), declarationStart, false);
      const name = declaration.name as BindingIdentifier;
      this.noteLocalExport(name.name, name.name, name.start);
      return new ExportDeclaration(start, this.lastEnd, declaration);
    }
    return this.unexpected();
  }

  private parseExportedLexical() {
    const start = this.tokenStart;
    const kind = this.token === T_LET ? 'let' : 'const';
    this.next();
    return this.parseLexicalDeclaration(start, kind);
  }

  private parseExportStar(start: number): ModuleItem {
    this.next();
    let exportName: string | null = null;
    const namePos = this.tokenStart;
    if (this.eat(T_AS)) exportName = this.parseModuleExportName();
    this.expect(T_FROM);
    if (this.token !== T_STRING) this.unexpected();
    const moduleRequest = this.addRequest(this.parseSpecifier('evaluation'));
    this.consumeSemicolon();
    if (exportName === null) {
      this.starExportEntries.push({
        exportName,
        moduleRequest,
        importName: null,
        importKind: 'all-but-default',
        localName: null,
      });
    } else {
      this.noteExportedName(exportName, namePos);
      this.indirectExportEntries.push({
        exportName,
        moduleRequest,
        importName: null,
        importKind: 'all',
        localName: null,
      });
    }
    return new ExportClause(start, this.lastEnd);
  }

  private parseExportList(start: number): ModuleItem {
    const specifiers: ExportSpecifier[] = [];
    this.next();
    while (this.token !== T_RBRACE) {
      const position = this.tokenStart;
      const problem = this.token === T_STRING ? 'string' : this.isReservedHere() ? 'reserved' : null;
      const localName = this.parseModuleExportName();
      const exportName = this.eat(T_AS) ? this.parseModuleExportName() : localName;
      specifiers.push({ localName, exportName, position, problem });
      if (this.token !== T_COMMA) break;
      this.next();
    }
    this.expect(T_RBRACE);
    if (this.eat(T_FROM)) {
      if (this.token !== T_STRING) this.unexpected();
      const moduleRequest = this.addRequest(this.parseSpecifier('evaluation'));
      for (const { localName, exportName, position } of specifiers) {
        this.noteExportedName(exportName, position);
        this.indirectExportEntries.push({
          exportName,
          moduleRequest,
          importName: localName,
          importKind: 'name',
          localName: null,
        });
      }
    } else {
      for (const { localName, exportName, position, problem } of specifiers) {
        if (problem === 'string') this.fail('StringLocalExport', position);
        if (problem === 'reserved') this.fail('ReservedLocalExport', position, localName);
        this.noteLocalExport(exportName, localName, position);
      }
    }
    this.consumeSemicolon();
    return new ExportClause(start, this.lastEnd);
  }

  /** Whether the current token, a name, is reserved in module code. */
  private isReservedHere(): boolean {
    if (this.token < T_IDENTIFIER) return false;
    const kind = this.atoms.kindOf(this.atoms.internString(this.value));
    return kind >= T_IMPLEMENTS;
  }

  private parseExportDefault(start: number): ModuleItem {
    const defaultPos = this.tokenStart;
    this.next();
    const declarationStart = this.tokenStart;
    const token = this.token;
    if (token === T_FUNCTION || (token === T_ASYNC && this.startsAsyncFunction())) {
      const declaration = this.parseFunctionDeclaration(declarationStart, token === T_ASYNC, true);
      this.declareFunction(declaration, true);
      this.noteDefault(declaration.name, defaultPos);
      return new ExportDefault(start, this.lastEnd, declaration);
    }
    if (token === T_CLASS || token === T_AT) {
      const declaration = this.parseClassDeclaration(this.parseDecorators(), declarationStart, true);
      if (declaration.name === null) this.scopes.declareLexical('*default*', 'class', declaration.start);
      this.noteDefault(declaration.name, defaultPos);
      return new ExportDefault(start, this.lastEnd, declaration);
    }
    const expression = this.parseAssignment();
    this.consumeSemicolon();
    this.scopes.declareLexical('*default*', 'let', expression.start);
    this.noteDefault(null, defaultPos);
    return new ExportDefault(start, this.lastEnd, expression);
  }

  private noteDefault(name: BindingIdentifier | null, position: number): void {
    this.noteLocalExport('default', name === null ? '*default*' : name.name, position);
  }

  private noteLocalExport(exportName: string, localName: string, position: number): void {
    this.noteExportedName(exportName, position);
    this.localExports.push({ exportName, localName, position });
  }

  private noteExportedName(name: string, position: number): void {
    if (this.exportedNames.has(name)) this.fail('DuplicateExport', position, name);
    this.exportedNames.add(name);
  }

  /** The entries of the finished module. Exports of imported names become indirect exports. */
  finishEntries(): ModuleEntries {
    const imports = new Map<string, ImportEntry>();
    for (const entry of this.importEntries) imports.set(entry.localName, entry);
    const localExportEntries: ExportEntry[] = [];
    for (const { exportName, localName, position } of this.localExports) {
      if (localName !== '*default*' && !this.scopes.declares(localName))
        this.fail('UndeclaredExport', position, localName);
      const entry = imports.get(localName);
      if (entry === undefined || entry.importName === null) {
        localExportEntries.push({
          exportName,
          moduleRequest: null,
          importName: null,
          importKind: 'name',
          localName,
        });
      } else {
        this.indirectExportEntries.push({
          exportName,
          moduleRequest: entry.moduleRequest,
          importName: entry.importName,
          importKind: 'name',
          localName: null,
        });
      }
    }
    return {
      requestedModules: this.requestedModules,
      importEntries: this.importEntries,
      localExportEntries,
      indirectExportEntries: this.indirectExportEntries,
      starExportEntries: this.starExportEntries,
    };
  }
}

/** ModuleRequestsEqual, with the phase. Attributes are sorted. */
function requestsEqual(a: ModuleRequest, b: ModuleRequest): boolean {
  return (
    a.specifier === b.specifier &&
    a.phase === b.phase &&
    a.attributes.length === b.attributes.length &&
    a.attributes.every((attribute, i) => {
      const other = b.attributes[i];
      return attribute.key === other.key && attribute.value === other.value;
    })
  );
}

/** IsStringWellFormedUnicode — https://tc39.es/ecma262/#sec-isstringwellformedunicode */
function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.codePointAt(i) as number;
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false;
    if (codePoint > 0xffff) i++;
  }
  return true;
}
