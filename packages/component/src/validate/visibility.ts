import type { Direction } from '@wit-ts/model';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { instanceOf } from '../elaborate/declarations.ts';
import type {
  DefinedNode,
  Entity,
  EvaluatedFunc,
  InstanceNode,
  EvaluatedType,
  ValueNode,
} from '../elaborate/nodes.ts';
import { peel } from '../elaborate/nodes.ts';
import { withArticle } from '../with-article.ts';

/**
 * External visibility (`Explainer.md`, "External Visibility of Types"): resources, records, variants, enums and flags
 * in the type of an import or export must have a name that the outside can see. Types of imports are visible to both
 * sides, types of exports to exports only.
 */
export class Visibility {
  readonly #imported = new Set<EvaluatedType>();
  readonly #exported = new Set<EvaluatedType>();

  /** Makes the types of an import or export visible. Returns what it uses that is not visible, or `undefined`. */
  introduce(
    context: EvaluationContext,
    direction: Direction,
    entity: Entity,
    offset: number,
  ): string | undefined {
    const visible = direction === 'import' ? this.#imported : this.#exported;
    switch (entity.tag) {
      case 'type': {
        const fault = hiddenInType(context, entity.type, visible, offset);
        this.#exported.add(entity.type);
        if (direction === 'import') this.#imported.add(entity.type);
        return fault && `uses ${fault}`;
      }
      case 'func': {
        const fault = hiddenInFunc(context, entity.func, visible);
        return fault && `uses ${fault}`;
      }
      case 'value': {
        const fault = hiddenInValue(context, entity.type, visible, new Set());
        return fault && `uses ${fault}`;
      }
      case 'instance': {
        let fault: string | undefined;
        context.spend(entity.instance.exports.size);
        for (const [name, { entity: member }] of entity.instance.exports) {
          const inner = member && this.introduce(context, direction, member, offset);
          if (inner !== undefined) fault ??= `has \`${name}\`, which ${inner}`;
        }
        return fault;
      }
      default:
        return undefined;
    }
  }
}

/** A type that gets a name: it may be hidden itself, but the types that it mentions may not. */
function hiddenInType(
  context: EvaluationContext,
  type: EvaluatedType,
  visible: ReadonlySet<EvaluatedType>,
  offset: number,
): string | undefined {
  const target = peel(type);
  switch (target.tag) {
    case 'defined':
      return hiddenInParts(context, target, visible, new Set());
    case 'func':
      return hiddenInFunc(context, target, visible);
    case 'instance':
      return hiddenInInstance(context, instanceOf(context, target, offset), visible, offset);
    default:
      return undefined;
  }
}

/** An instance type's own types are visible within it. */
function hiddenInInstance(
  context: EvaluationContext,
  instance: InstanceNode,
  outer: ReadonlySet<EvaluatedType>,
  offset: number,
): string | undefined {
  // The visible types are copied for each instance.
  context.spend(instance.exports.size + outer.size);
  const visible = new Set(outer);
  for (const { entity } of instance.exports.values()) {
    if (entity?.tag === 'type') {
      const fault = hiddenInType(context, entity.type, visible, offset);
      if (fault !== undefined) return fault;
      visible.add(entity.type);
    } else if (entity?.tag === 'func') {
      const fault = hiddenInFunc(context, entity.func, visible);
      if (fault !== undefined) return fault;
    } else if (entity?.tag === 'instance') {
      const fault = hiddenInInstance(context, entity.instance, visible, offset);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function hiddenInFunc(
  context: EvaluationContext,
  func: EvaluatedFunc,
  visible: ReadonlySet<EvaluatedType>,
): string | undefined {
  context.spend(func.params.length);
  const seen = new Set<DefinedNode>();
  for (const { type } of func.params) {
    const fault = hiddenInValue(context, type, visible, seen);
    if (fault !== undefined) return fault;
  }
  return func.result === undefined ? undefined : hiddenInValue(context, func.result, visible, seen);
}

function hiddenInValue(
  context: EvaluationContext,
  type: ValueNode,
  visible: ReadonlySet<EvaluatedType>,
  seen: Set<DefinedNode>,
): string | undefined {
  if (typeof type === 'string' || visible.has(type)) return undefined;
  const node = peel(type) as DefinedNode;
  switch (node.type.tag) {
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
      return `${withArticle(node.type.tag)} that ${node.type.tag === 'flags' ? 'are' : 'is'} not exported or imported under a name before it`;
    default:
      return hiddenInParts(context, node, visible, seen);
  }
}

function hiddenInParts(
  context: EvaluationContext,
  node: DefinedNode,
  visible: ReadonlySet<EvaluatedType>,
  seen: Set<DefinedNode>,
): string | undefined {
  if (seen.has(node)) return undefined;
  seen.add(node);
  context.spend(node.children.length);
  if (node.resource !== undefined && !visible.has(node.resource)) {
    return 'a resource that is not exported or imported under a name before it';
  }
  for (const child of node.children) {
    const fault = hiddenInValue(context, child, visible, seen);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
