import {
  externName,
  functionsOf,
  typesOf,
  type Func,
  type Interface,
  type TypeDef,
  type World,
  type WorldItem,
} from '@wit-ts/model';
import type { CasingChoice } from './choices.ts';
import { exportSurface } from './exports.ts';
import { membersOf } from './members.ts';
import { ObjectNames, type Side } from './object-names.ts';
import type { Items, Member } from './surface.ts';

/** An item of a world, as part of its surface. */
export type WorldSurfaceItem =
  | { readonly tag: 'func'; readonly type: Func }
  | { readonly tag: 'resource' | 'none'; readonly type: TypeDef }
  | {
      readonly tag: 'instance';
      readonly exports: Items<WorldSurfaceItem>;
      readonly item: WorldItem & { readonly tag: 'interface' };
    };

/** A member of a world's surface. */
export type WorldSurfaceMember = Member<WorldSurfaceItem>;

/** What a world imports and exports, as JavaScript sees it. */
export interface WorldSurface {
  readonly imports: readonly WorldSurfaceMember[];
  readonly exports: readonly WorldSurfaceMember[];
}

/** Returns the surface of a world. @param side who has the exports and gives the imports: a host by default */
export function worldSurface(world: World, side?: Side, choices?: CasingChoice): WorldSurface {
  return {
    imports: membersOf(itemsOf(world.imports), new ObjectNames('import', choices, side)),
    exports: exportSurface(itemsOf(world.exports), side, undefined, choices),
  };
}

/** Returns the items of an interface: its types, and then its functions under their annotated names. */
export function interfaceItems(iface: Interface): Items<WorldSurfaceItem> {
  return partOf(iface.types, iface.functions);
}

function itemsOf(items: ReadonlyMap<string, WorldItem>): Items<WorldSurfaceItem> {
  return Array.from(items, ([key, item]): readonly [string, WorldSurfaceItem] => {
    if (item.tag === 'interface')
      return [key, { tag: 'instance', exports: partOf(typesOf(item), functionsOf(item)), item }];
    return item.tag === 'function' ? functionItem(item.function) : typeItem(key, item.type);
  });
}

function partOf(
  types: ReadonlyMap<string, TypeDef>,
  functions: ReadonlyMap<string, Func>,
): Items<WorldSurfaceItem> {
  return [
    ...Array.from(types, ([name, type]) => typeItem(name, type)),
    ...Array.from(functions.values(), functionItem),
  ];
}

function typeItem(name: string, type: TypeDef): readonly [string, WorldSurfaceItem] {
  return [name, { tag: type.kind.tag === 'resource' ? 'resource' : 'none', type }];
}

/** The name is the function's own, because that is what declarations are written for. */
function functionItem(func: Func): readonly [string, WorldSurfaceItem] {
  return [externName(func), { tag: 'func', type: func }];
}
