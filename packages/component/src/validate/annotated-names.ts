import type { Context } from '../elaborate/context.ts';
import {
  type DefinedNode,
  type Entity,
  type FuncNode,
  peel,
  peelValue,
  type TypeNode,
  type ValueNode,
} from '../elaborate/nodes.ts';
import { a } from '../words.ts';
import { annotatedName, type AnnotatedName, externNameFault } from './names.ts';

/**
 * The resources that a scope imports, or exports, by name; and the rule that `[method]r.f` and its like stand after
 * their resource and have a fitting type (`Binary.md`, "Import and Export Definitions").
 */
export class ResourceNames {
  readonly #nodes = new Map<string, TypeNode>();

  register(name: string, entity: Entity | undefined): void {
    if (entity?.tag === 'type' && peel(entity.type).tag === 'resource') this.#nodes.set(name, entity.type);
  }

  check(context: Context, name: string, entity: Entity, offset: number): void {
    const annotated = annotatedName(name);
    // A name that is faulty in itself has been reported as such.
    if (annotated === undefined || externNameFault(name) !== undefined) return;
    const fault =
      entity.tag === 'func'
        ? this.#fault(annotated, entity.func)
        : `it must be a function, not ${a(entity.tag)}`;
    if (fault !== undefined) context.report('bad-annotated-name', `\`${name}\`: ${fault}`, offset);
  }

  #fault({ annotation, resource }: AnnotatedName, func: FuncNode): string | undefined {
    const node = this.#nodes.get(resource);
    if (node === undefined) return `there is no resource \`${resource}\` before it`;
    switch (annotation) {
      case 'static':
        return undefined;
      case 'method': {
        const [self] = func.params;
        if (self?.name === 'self' && isHandle(self.type, 'borrow', node)) return undefined;
        return `its first parameter must be \`self\`, a borrow of \`${resource}\``;
      }
      case 'constructor':
        return func.result !== undefined && isConstructed(func.result, node)
          ? undefined
          : `it must return an own of \`${resource}\`, or a result of one`;
    }
  }
}

function isConstructed(type: ValueNode, resource: TypeNode): boolean {
  if (isHandle(type, 'own', resource)) return true;
  const node = peelValue(type);
  return (
    typeof node !== 'string' &&
    node.type.tag === 'result' &&
    node.type.ok !== undefined &&
    isHandle(node.children[0]!, 'own', resource)
  );
}

function isHandle(type: ValueNode, tag: 'own' | 'borrow', resource: TypeNode): boolean {
  const node: string | DefinedNode = peelValue(type);
  return typeof node !== 'string' && node.type.tag === tag && node.resource === resource;
}
