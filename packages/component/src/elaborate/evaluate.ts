import type { Definition, Instance } from '../ast.ts';
import { evaluateShared, externEntity, type GivenEntities, introduce } from './declarations.ts';
import { sizeOfDefinition } from './define-type.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { entityAt } from './index-lookup.ts';
import { IndexSpaces, Snapshot } from './index-spaces.ts';
import { instanceNode } from './instance-node.ts';
import { type ComponentNode, type Entity, type Exported, type InstanceNode, named } from './nodes.ts';

/** Returns the index spaces of a component that is instantiated, filled by `fill`. */
export function instantiateWith(
  context: EvaluationContext,
  component: ComponentNode,
  offset: number,
  fill: (spaces: IndexSpaces) => void,
): InstanceNode {
  const definitions = component.tag === 'body' ? component.component.definitions : component.declarations;
  return context.nested(offset, definitions, () => {
    const kind = component.tag === 'body' ? 'component' : 'component type';
    const spaces = new IndexSpaces(kind, component.enclosing);
    fill(spaces);
    return instanceNode(context, spaces.exports, offset);
  });
}

/**
 * Evaluates one definition of a component and appends it to its index space. Core instances and aliases of their
 * exports do not affect component types and are left out.
 */
export function evaluateDefinition(
  context: EvaluationContext,
  spaces: IndexSpaces,
  definition: Definition,
  given?: GivenEntities,
): Entity | undefined {
  const { offset } = definition;
  context.step(offset, partsOfDefinition(definition));
  switch (definition.tag) {
    case 'core-module':
      spaces.push('core module', {
        tag: 'core module',
        module: { tag: 'body', bytes: definition.bytes, offset },
      });
      return undefined;
    case 'core-instance':
      return undefined;
    case 'component':
      spaces.push('component', {
        tag: 'component',
        component: { tag: 'body', component: definition.component, enclosing: new Snapshot(spaces) },
      });
      return undefined;
    case 'instance':
      spaces.push('instance', evaluateInstance(context, spaces, definition.instance, offset));
      return undefined;
    case 'canon': {
      if (definition.canon.tag !== 'lift') return undefined;
      const entity = externEntity(context, spaces, { tag: 'func', type: definition.canon.type }, offset);
      spaces.push('func', entity);
      return undefined;
    }
    case 'start':
    case 'value':
      context.forRareDefinition().definition(context, spaces, definition);
      return undefined;
    case 'export': {
      const exported = entityAt(context, spaces, definition.sort, definition.index, offset);
      const seen =
        exported?.tag === 'type' ? ({ tag: 'type', type: named(exported.type) } as const) : exported;
      const ascribed =
        definition.type === undefined || context.options.ignoresAscriptions === true
          ? undefined
          : externEntity(context, spaces, definition.type, offset);
      introduce(spaces, spaces.exports, definition.name, definition.sort, ascribed ?? seen);
      return ascribed ?? seen;
    }
    default:
      return evaluateShared(context, spaces, definition, given);
  }
}

/** Returns how many parts of a definition are visited when it is evaluated. */
function partsOfDefinition(definition: Definition): number {
  if (definition.tag === 'type') return sizeOfDefinition(definition.type);
  if (definition.tag !== 'instance' && definition.tag !== 'core-instance') return 0;
  const { instance } = definition;
  return (instance.tag === 'instantiate' ? instance.args : instance.exports).length;
}

function evaluateInstance(
  context: EvaluationContext,
  spaces: IndexSpaces,
  instance: Instance,
  offset: number,
): Entity | undefined {
  if (instance.tag === 'exports') {
    const exports = new Map<string, Exported>();
    for (const { name, sort, index } of instance.exports) {
      if (!exports.has(name.name))
        exports.set(name.name, { name, entity: entityAt(context, spaces, sort, index, offset) });
    }
    return { tag: 'instance', instance: instanceNode(context, exports, offset) };
  }
  const component = entityAt(context, spaces, 'component', instance.component, offset);
  const entities = new Map<string, Entity | undefined>();
  for (const arg of instance.args)
    entities.set(arg.name, entityAt(context, spaces, arg.sort, arg.index, offset));
  if (component?.tag !== 'component') return undefined;
  return {
    tag: 'instance',
    instance: context.options.instantiate(context, component.component, entities, offset),
  };
}
