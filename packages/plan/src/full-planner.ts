import type { Canon, CanonOptions, Component } from '@wit-ts/component';
import {
  type ComponentNode,
  modelOf,
  type ModuleNode,
  rareEvaluation,
  type ValueNode,
  valueType,
} from '@wit-ts/component/elaborate';
import type { Adopt } from './adopted.ts';
import type { CoreReferences } from './core-references.ts';
import { HigherOrderImports } from './higher-order-imports.ts';
import { importedModules } from './module-refs.ts';
import type { ModuleRef, Plan, PlanExport } from './plan.ts';
import { planTexts } from './plan-texts.ts';
import { Planner } from './planner.ts';

/** Plans also what few components have, with the texts of errors. */
export class FullPlanner extends Planner {
  declare protected readonly imports: HigherOrderImports;
  /** Whether components are exported. */
  #exportsComponents = false;

  constructor() {
    super(planTexts, HigherOrderImports, rareEvaluation);
    this.options.importedAddress = (index, memory) => this.imports.addressType(index, memory);
  }

  /** Plans a component whose imported components, and the index spaces around it, may be known. */
  runWith(component: Component, adopt: Adopt | undefined): Plan {
    const { imports } = this;
    imports.adopted = adopt?.(imports);
    const plan = this.run(component, imports.adopted?.enclosing);
    if (this.#exportsComponents || imports.withComponents) this.#numberModulesIn(component);
    return this.#exportsComponents || imports.higherOrder ? { ...plan, higherOrder: true } : plan;
  }

  /**
   * Numbers also the modules that this component does not instantiate: a component that receives an exported component
   * may instantiate them.
   */
  #numberModulesIn({ definitions }: Component): void {
    for (const definition of definitions) {
      if (definition.tag === 'core-module') this.moduleNumber(definition.bytes);
      else if (definition.tag === 'component') this.#numberModulesIn(definition.component);
    }
  }

  protected override moduleRef(node: ModuleNode): ModuleRef {
    return importedModules.get(node) ?? super.moduleRef(node);
  }

  protected override builtin(canon: Canon, core: CoreReferences, offset: number): void {
    const { instance } = core;
    const type = this.#typeOf(canon, core, offset);
    const options = optionsOf(canon);
    this.trampoline(
      {
        tag: 'builtin',
        canon,
        ...(type === undefined ? {} : { type: modelOf(type) }),
        ...(options === undefined ? {} : { options: this.options.resolve(options, core, offset) }),
        ...('table' in canon ? { table: core.at('table', canon.table, offset) } : {}),
        instance,
      },
      core,
    );
  }

  /** The type of a result, of a stream or of a future that a built-in mentions. */
  #typeOf(canon: Canon, { spaces }: CoreReferences, offset: number): ValueNode | undefined {
    if (canon.tag === 'task.return') {
      return canon.result === undefined ? undefined : valueType(this.context, spaces, canon.result, offset);
    }
    const isOfThreads = canon.tag.startsWith('thread.') || canon.tag.startsWith('context.');
    if (!('type' in canon) || typeof canon.type !== 'number' || isOfThreads) return undefined;
    return valueType(this.context, spaces, canon.type, offset);
  }

  protected override component(node: ComponentNode): PlanExport {
    if (node.tag === 'component') return { tag: 'none', component: true };
    this.#exportsComponents = true;
    const { component, enclosing, value } = node;
    return { tag: 'component', component, enclosing, ...(value === undefined ? {} : { value }) };
  }
}

/** The canonical options of a built-in. Some built-ins have a memory only. */
function optionsOf(canon: Canon): CanonOptions | undefined {
  if ('options' in canon) return canon.options;
  if (!('memory' in canon)) return undefined;
  return { stringEncoding: 'utf8', memory: canon.memory, async: false };
}
