import type { ComponentBodyNode, Entity, Exported, InstanceNode } from '@wit-ts/component/elaborate';
import type { Adopted, AdoptedComponent, Modules } from './adopted.ts';
import { HostImports } from './host-imports.ts';
import { importedModules } from './module-refs.ts';
import { planFaults } from './plan-faults.ts';
import { planTexts } from './plan-texts.ts';

/** What the host must give, with the components and core modules that are imported. */
export class HigherOrderImports extends HostImports implements Modules {
  adopted: Adopted | undefined;
  /** Whether components are imported. */
  withComponents = false;
  /** Whether components or core modules are imported. */
  higherOrder = false;

  known: Modules['known'] = (value) => ({ tag: 'import', import: this.add([], { tag: 'known', value }) });

  addressType(index: number, memory: string): 'i32' | 'i64' {
    return this.adopted?.addressType?.(this.list[index]!, memory) ?? 'i32';
  }

  /** Lists components that are not known and core modules, too, and returns known components. */
  override import(path: readonly string[], entity: Entity, offset: number): Entity {
    switch (entity.tag) {
      case 'core module': {
        this.higherOrder = true;
        const index = this.add(path, { tag: 'module' });
        importedModules.set(entity.module, { tag: 'import', import: index });
        return entity;
      }
      case 'component': {
        this.higherOrder = true;
        this.withComponents = true;
        const given = this.adopted?.component(path);
        if (given !== undefined) return { tag: 'component', component: bodyNode(given) };
        if (entity.component.tag === 'component')
          this.add(path, { tag: 'component', declared: entity.component });
        return entity;
      }
      case 'value':
        throw planFaults(planTexts)('value-import', offset, path.join('/'));
      default:
        return super.import(path, entity, offset);
    }
  }

  protected override instance(path: readonly string[], instance: InstanceNode, offset: number): InstanceNode {
    let exports: Map<string, Exported> | undefined;
    for (const [name, { name: attributes, entity }] of instance.exports) {
      const imported = entity && this.import([...path, name], entity, offset);
      if (imported === entity) continue;
      exports ??= new Map(instance.exports);
      exports.set(name, { name: attributes, entity: imported });
    }
    return exports === undefined ? instance : { ...instance, exports };
  }
}

function bodyNode({ component, enclosing, value }: AdoptedComponent): ComponentBodyNode {
  return { tag: 'body', component, enclosing, ...(value === undefined ? {} : { value }) };
}
