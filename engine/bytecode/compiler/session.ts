// What the compilation of one program shares between its units: the scope analysis, and where in its environment each
// captured binding lies.
import { assert } from '../../base/assert.ts';
import type { Binding, ScopeAnalysis, ScopeInfo } from '../../syntax/scope-analysis.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import {
  BINDING_CONSTANT,
  BINDING_MUTABLE,
  BINDING_SLOPPY_CONSTANT,
  type ScopeDescriptor,
  type UnitKind,
} from '../unit.ts';

interface Layout {
  readonly descriptor: ScopeDescriptor;
  readonly slots: ReadonlyMap<Binding, number>;
}

export class Session {
  readonly analysis: ScopeAnalysis;
  readonly source: SourceText;
  readonly goal: UnitKind;
  private readonly layouts: Map<ScopeInfo, Layout>;

  constructor(analysis: ScopeAnalysis, source: SourceText, goal: UnitKind) {
    this.analysis = analysis;
    this.source = source;
    this.goal = goal;
    this.layouts = new Map();
  }

  descriptorOf(info: ScopeInfo): ScopeDescriptor {
    return this.layoutOf(info).descriptor;
  }

  slotOf(binding: Binding): number {
    const slot = this.layoutOf(binding.scope).slots.get(binding);
    assert(slot !== undefined, 'the binding lies in an environment');
    return slot;
  }

  private layoutOf(info: ScopeInfo): Layout {
    let layout = this.layouts.get(info);
    if (layout === undefined) {
      layout = makeLayout(info);
      this.layouts.set(info, layout);
    }
    return layout;
  }
}

/** BINDING_* of a binding. */
export function mutabilityOf(binding: Binding): number {
  switch (binding.kind) {
    case 'const':
    case 'using':
    case 'class-name':
    case 'import':
      return BINDING_CONSTANT;
    case 'function-name':
      return BINDING_SLOPPY_CONSTANT;
    default:
      return BINDING_MUTABLE;
  }
}

/** A lexical declaration, which starts uninitialized. */
function startsUninitialized(binding: Binding): boolean {
  switch (binding.kind) {
    case 'let':
    case 'const':
    case 'using':
    case 'class':
    case 'catch-parameter':
      return true;
    case 'class-name':
      // Unless it is checked, nothing can see it before it is initialized.
      return binding.isChecked || binding.scope.scope?.containsDirectEval === true;
    case 'parameter':
      return binding.scope.kind === 'parameters';
    default:
      return false;
  }
}

function makeLayout(info: ScopeInfo): Layout {
  const names: string[] = [];
  const mutability: number[] = [];
  const uninitialized: boolean[] = [];
  const lexical: boolean[] = [];
  const slots = new Map<Binding, number>();
  for (const binding of info.bindings.values()) {
    if (binding.storage !== 'environment') continue;
    slots.set(binding, names.length);
    names.push(binding.name);
    mutability.push(mutabilityOf(binding));
    uninitialized.push(startsUninitialized(binding));
    lexical.push(
      binding.kind === 'let' ||
        binding.kind === 'const' ||
        binding.kind === 'using' ||
        binding.kind === 'class' ||
        (binding.kind === 'function' && info.kind !== 'function'),
    );
  }
  const descriptor: ScopeDescriptor = {
    names,
    mutability,
    uninitialized,
    lexical,
    isVariableScope: info.mayGainVars && info.kind === 'function',
    isCatch: info.kind === 'catch',
  };
  return { descriptor, slots };
}
