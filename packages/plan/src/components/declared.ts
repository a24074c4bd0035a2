import { DecodeError } from '@wit-ts/component/binary';
import type { FuncType } from '@wit-ts/abi';
import { isResource } from '../elaborate.ts';
import { HostImports } from '../host-imports.ts';
import { Resources } from '../resources.ts';
import type { DeclaredType, Item } from '../scope.ts';

/** What goes into a component, or comes out of it. */
export interface Shape {
  readonly imports: ReadonlyMap<string, ShapeItem>;
  readonly exports: ReadonlyMap<string, ShapeItem>;
}

export type ShapeItem =
  | { readonly tag: 'func'; readonly type: FuncType }
  | { readonly tag: 'instance' | 'resource' | 'type' | 'module' | 'component' };

/** Definitions and parts of types that are looked at: the shape is for messages. */
const MAX_DEFINITIONS = 10_000;

/** The imports and exports of a component type; nothing where there are too many to be told. */
export function shapeOf(declared: DeclaredType): Shape | undefined {
  const resources = new Resources();
  let definitions = 0;
  const imports = new HostImports(
    resources,
    (index) => resources.list[index]!.type,
    (parts, offset) => {
      definitions += parts;
      if (definitions > MAX_DEFINITIONS) throw new DecodeError('the type is too large', offset);
    },
  );
  const given = new Map<string, Item>();
  try {
    const exports = imports.instance(undefined, declared, (name, type, scope, offset) => {
      const item = imports.item(undefined, type, scope, offset);
      given.set(name, item);
      return item;
    });
    return { imports: itemsOf(given), exports: itemsOf(exports) };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function itemsOf(items: ReadonlyMap<string, Item>): Map<string, ShapeItem> {
  return new Map(Array.from(items, ([name, item]) => [name, itemOf(item)] as const));
}

function itemOf(item: Item): ShapeItem {
  switch (item.sort) {
    case 'func':
      return { tag: 'func', type: item.type };
    case 'core module':
      return { tag: 'module' };
    case 'type':
      return { tag: item.type.tag === 'value' && isResource(item.type.type) ? 'resource' : 'type' };
    default:
      return { tag: item.sort };
  }
}
