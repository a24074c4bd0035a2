import { DecodeError } from '@wit-ts/component/binary';
import {
  type ComponentTypeNode,
  type Entity,
  EvaluationContext,
  evaluateDeclarations,
  type Exported,
  IndexSpaces,
  instantiateAsDeclared,
  type ModelFuncType,
  peel,
  rareEvaluation,
} from '@wit-ts/component/elaborate';

/** The imports and exports of a component type, for messages. */
export interface ComponentShape {
  readonly imports: ReadonlyMap<string, ShapeItem>;
  readonly exports: ReadonlyMap<string, ShapeItem>;
}

export type ShapeItem =
  | { readonly tag: 'func'; readonly type: ModelFuncType }
  | { readonly tag: 'instance' | 'resource' | 'type' | 'module' | 'component' };

/** A larger type is not worth a message. */
const MAX_STEPS = 10_000;

/** Returns the imports and exports of a component type, or `undefined` if the type is too large or faulty. */
export function componentShapeOf(type: ComponentTypeNode): ComponentShape | undefined {
  const context = new EvaluationContext({
    report: (_code, message, offset) => {
      throw new DecodeError(message, offset);
    },
    instantiate: instantiateAsDeclared,
    rare: rareEvaluation,
    maxSteps: MAX_STEPS,
  });
  const spaces = new IndexSpaces('component type', type.enclosing);
  try {
    evaluateDeclarations(context, spaces, type.declarations);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
  return { imports: itemsOf(spaces.imports), exports: itemsOf(spaces.exports) };
}

function itemsOf(exported: ReadonlyMap<string, Exported>): Map<string, ShapeItem> {
  const items = new Map<string, ShapeItem>();
  for (const [name, { entity }] of exported) if (entity !== undefined) items.set(name, itemOf(entity));
  return items;
}

function itemOf(entity: Entity): ShapeItem {
  switch (entity.tag) {
    case 'func':
      return { tag: 'func', type: entity.func.model };
    case 'core module':
      return { tag: 'module' };
    case 'type':
      return { tag: peel(entity.type).tag === 'resource' ? 'resource' : 'type' };
    case 'value':
      return { tag: 'type' };
    default:
      return { tag: entity.tag };
  }
}
