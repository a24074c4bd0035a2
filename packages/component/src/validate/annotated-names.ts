import { type ExternNameParts, parseExternName } from '@wit-ts/model';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import {
  type DefinedNode,
  type Entity,
  type EvaluatedFunc,
  peel,
  peelValue,
  type EvaluatedType,
  type ValueNode,
} from '../elaborate/nodes.ts';
import { withArticle } from '../with-article.ts';
import { externNameFault } from './names.ts';

/**
 * The resources that a scope imports, or exports, by name; and the rule that `[method]r.f` and other annotated names
 * come after their resource and have a type that matches the annotation (`Binary.md`, "Import and Export Definitions").
 */
export class ResourceNames {
  readonly #nodes = new Map<string, EvaluatedType>();

  register(name: string, entity: Entity | undefined): void {
    if (entity?.tag === 'type' && peel(entity.type).tag === 'resource') this.#nodes.set(name, entity.type);
  }

  check(context: EvaluationContext, name: string, entity: Entity, offset: number): void {
    const parts = parseExternName(name);
    // A malformed name has been reported.
    if (parts.tag === 'freestanding' || externNameFault(name) !== undefined) return;
    const faults =
      entity.tag === 'func'
        ? this.#faults(parts, entity.func)
        : [`it must be a function, not ${withArticle(entity.tag)}`];
    for (const fault of faults) context.report('bad-annotated-name', `\`${name}\`: ${fault}`, offset);
  }

  #faults({ tag, resource }: ExternNameParts, func: EvaluatedFunc): string[] {
    const node = this.#nodes.get(resource);
    const missing = node === undefined ? [`no resource \`${resource}\` is introduced before it`] : [];
    switch (tag) {
      case 'freestanding':
      case 'static':
        return missing;
      case 'method': {
        const [self] = func.params;
        if (self?.name === 'self' && isHandle(self.type, 'borrow', node)) return missing;
        return [...missing, `its first parameter must be \`self\` of type \`borrow<${resource}>\``];
      }
      case 'constructor':
        if (func.async) missing.push('a constructor cannot be async');
        if (func.result === undefined || !isConstructed(func.result, node))
          missing.push(`it must return \`own<${resource}>\`, or a result of that`);
        return missing;
    }
  }
}

function isConstructed(type: ValueNode, resource: EvaluatedType | undefined): boolean {
  if (isHandle(type, 'own', resource)) return true;
  const node = peelValue(type);
  return (
    typeof node !== 'string' &&
    node.type.tag === 'result' &&
    node.type.ok !== undefined &&
    isHandle(node.children[0]!, 'own', resource)
  );
}

/** Returns whether a type is a handle of the resource, or of any resource when the resource is not known. */
function isHandle(type: ValueNode, tag: 'own' | 'borrow', resource: EvaluatedType | undefined): boolean {
  const node: string | DefinedNode = peelValue(type);
  if (typeof node === 'string' || node.type.tag !== tag) return false;
  return resource === undefined || node.resource === resource;
}
