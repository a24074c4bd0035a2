import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { evaluateDeclarations } from '../elaborate/declarations.ts';
import type { DefinedNode, Entity, EvaluatedType, ValueNode } from '../elaborate/nodes.ts';
import { peel } from '../elaborate/nodes.ts';
import { IndexSpaces } from '../elaborate/index-spaces.ts';

/**
 * Returns whether a type refers, directly or through other types, to a resource that is defined outside of it. Such a
 * type cannot be aliased across a component's boundary (`Binary.md`, "Alias Definitions"), because each instance of
 * the outer component has its own.
 */
export function refersToResource(context: EvaluationContext, type: EvaluatedType, offset: number): boolean {
  // Resources that the type itself declares are made when it is evaluated, so they have later numbers.
  const newest = context.newResource().id;
  const seen = new Set<EvaluatedType>();
  const inValue = (value: ValueNode): boolean => typeof value !== 'string' && inType(value);
  const inDefined = (node: DefinedNode): boolean => {
    return (node.resource !== undefined && inType(node.resource)) || node.children.some(inValue);
  };
  const inEntity = (entity: Entity | undefined): boolean => {
    switch (entity?.tag) {
      case 'type':
        return inType(entity.type);
      case 'func':
        return inType(entity.func);
      case 'value':
        return inValue(entity.type);
      case 'instance':
        return [...entity.instance.exports.values()].some((exported) => inEntity(exported.entity));
      case 'component':
        return entity.component.tag === 'component' && inType(entity.component);
      default:
        return false;
    }
  };
  const inType = (mentioned: EvaluatedType): boolean => {
    const target = peel(mentioned);
    if (seen.has(target)) return false;
    seen.add(target);
    context.spend(partCount(target));
    switch (target.tag) {
      case 'resource':
        return target.id < newest;
      case 'defined':
        return inDefined(target);
      case 'func':
        return (
          target.params.some((param) => inValue(param.type)) ||
          (target.result !== undefined && inValue(target.result))
        );
      default:
        return context.nested(offset, target.declarations, () => {
          const spaces = new IndexSpaces(
            target.tag === 'instance' ? 'instance type' : 'component type',
            target.enclosing,
          );
          context.quietly(() => evaluateDeclarations(context, spaces, target.declarations));
          return [...spaces.imports.values(), ...spaces.exports.values()].some((item) =>
            inEntity(item.entity),
          );
        });
    }
  };
  return inType(type);
}

function partCount(node: Exclude<EvaluatedType, { tag: 'named' }>): number {
  if (node.tag === 'defined') return 1 + node.children.length;
  return node.tag === 'func' ? 1 + node.params.length : 1;
}
