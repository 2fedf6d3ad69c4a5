// Text and JSON forms of a scope analysis, for `kataan --dump scope`.
// A line per scope, its bindings with their properties behind it, then the references inside that a tier
// cannot resolve statically or must check.

import type { IdentifierReference } from './ast.gen.ts';
import type { Binding, Resolution, ScopeAnalysis, ScopeInfo } from './scope-analysis.ts';

/** Returns the scopes as an indented text; offsets are UTF-16 offsets into the source. */
export function dumpScopes(analysis: ScopeAnalysis): string {
  const lines: string[] = [];
  const pending: { info: ScopeInfo; depth: number }[] = [{ info: analysis.root, depth: 0 }];
  while (pending.length > 0) {
    const { info, depth } = pending.pop() as { info: ScopeInfo; depth: number };
    const indent = '  '.repeat(Math.min(depth, 60));
    lines.push(`${indent}${scopeTitle(info)}`);
    for (const binding of info.bindings.values()) lines.push(`${indent}  ${bindingLine(binding)}`);
    for (let i = info.children.length - 1; i >= 0; i--)
      pending.push({ info: info.children[i], depth: depth + 1 });
  }
  lines.push('references:');
  for (const [node, resolution] of inSourceOrder(analysis))
    lines.push(`  ${node.start} ${node.name}: ${resolutionText(resolution)}`);
  return `${lines.join('\n')}\n`;
}

interface JsonScope {
  readonly id: number;
  readonly parent: number | null;
  readonly kind: string;
  readonly function: string | null;
  readonly start: number;
  readonly mayGainVars: boolean;
  readonly needsEnvironment: boolean;
  readonly bindings: readonly unknown[];
}

/** Returns the analysis as plain data for JSON: scopes in a flat list with parent indices, and references. */
export function scopesToJson(analysis: ScopeAnalysis): { scopes: JsonScope[]; references: unknown[] } {
  const ids = new Map<ScopeInfo, number>();
  const scopes: JsonScope[] = [];
  const pending: ScopeInfo[] = [analysis.root];
  while (pending.length > 0) {
    const info = pending.pop() as ScopeInfo;
    const id = ids.size;
    ids.set(info, id);
    scopes.push({
      id,
      parent: info.parent === null ? null : (ids.get(info.parent) ?? null),
      kind: info.kind,
      function: functionName(info),
      start: info.start,
      mayGainVars: info.mayGainVars,
      needsEnvironment: info.needsEnvironment,
      bindings: [...info.bindings.values()].map((binding) => ({
        name: binding.name,
        kind: binding.kind,
        storage: binding.storage,
        captured: binding.isCaptured,
        assigned: binding.isAssigned,
        references: binding.referenceCount,
      })),
    });
    for (let i = info.children.length - 1; i >= 0; i--) pending.push(info.children[i]);
  }
  const references = inSourceOrder(analysis).map(([node, { access, binding, needsTDZCheck }]) => ({
    name: node.name,
    start: node.start,
    access,
    scope: binding === null ? null : (ids.get(binding.scope) ?? null),
    needsTDZCheck,
  }));
  return { scopes, references };
}

function inSourceOrder(analysis: ScopeAnalysis): [IdentifierReference, Resolution][] {
  return [...analysis.resolutions].sort(([a], [b]) => a.start - b.start);
}

function functionName(info: ScopeInfo): string | null {
  if (info.owner === null) return null;
  const { name, info: facts } = info.owner;
  return name === null ? `(${facts.functionKind})` : name.name;
}

function scopeTitle(info: ScopeInfo): string {
  const marks = [
    info.needsEnvironment ? 'environment' : '',
    info.mayGainVars ? 'may gain vars' : '',
    info.hasMappedArguments ? 'mapped arguments' : '',
  ].filter((mark) => mark !== '');
  const name = info.kind === 'function' || info.kind === 'parameters' ? ` ${functionName(info)}` : '';
  return `${info.kind}${name} @${info.start}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}`;
}

function bindingLine(binding: Binding): string {
  const marks = [
    binding.storage,
    binding.isCaptured ? 'captured' : '',
    binding.isAssigned ? 'assigned' : '',
    `${binding.referenceCount} references`,
  ].filter((mark) => mark !== '');
  return `${binding.kind} ${binding.name}: ${marks.join(', ')}`;
}

function resolutionText({ access, binding, needsTDZCheck }: Resolution): string {
  if (access === 'global') return 'global';
  const target = binding === null ? 'by name' : `${binding.scope.kind} @${binding.scope.start}`;
  if (access === 'dynamic') return binding === null ? 'dynamic' : `dynamic, perhaps ${target}`;
  return needsTDZCheck ? `${target}, checked` : target;
}
