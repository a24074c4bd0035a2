import {
  externName,
  functionsOf,
  type Mismatch,
  type Type,
  type TypeDef,
  type WorldItem,
  unalias,
  partsOf,
} from '@wit-ts/model';
import type { Serving } from './serving.ts';
import { nameOf } from './summary.ts';

/** More are not told; and more types are not looked for, since that costs a walk over the world each. */
const MAX_AFFECTED = 20;

/** Finds the functions of a component whose types contain one that differs. */
export class Affected {
  readonly #component: Serving;
  readonly #known = new Map<TypeDef, readonly string[]>();

  constructor(component: Serving) {
    this.#component = component;
  }

  /** Names of functions, with their interface where that is another one than the mismatch's. */
  by({ side, path }: Mismatch): { readonly affects?: readonly string[] } {
    const [first = '', ...inner] = path;
    const items = this.#component.items(side);
    const key = this.#component.key(side, nameOf(first));
    const item = key === undefined ? undefined : items.get(key);
    const def = item === undefined ? undefined : outermostType(item, inner);
    if (def === undefined) return {};
    let names = this.#known.get(def);
    if (names === undefined && this.#known.size < MAX_AFFECTED) {
      names = functionsUsing(def, items, key ?? '');
      this.#known.set(def, names);
    }
    return names === undefined || names.length === 0 ? {} : { affects: names };
  }
}

/** The type of the item in which a path goes on; none where the path goes through a function, which says it itself. */
function outermostType(item: WorldItem, inner: readonly string[]): TypeDef | undefined {
  const segment = inner[0] ?? '';
  if (!/^(?:record|variant|enum|flags|tuple|list|option|result|map) ./u.test(segment)) return undefined;
  if (item.tag === 'type') return targetOf(item.type);
  return item.tag === 'interface' ? item.interface.types.get(nameOf(segment)) : undefined;
}

function functionsUsing(def: TypeDef, items: ReadonlyMap<string, WorldItem>, home: string): string[] {
  const reaches = new Reach(def);
  const names: string[] = [];
  for (const [key, item] of items) {
    const functions = item.tag === 'function' ? [item.function] : functionsOf(item).values();
    for (const func of functions) {
      const types = [
        ...func.params.map(({ type }) => type),
        ...(func.result === undefined ? [] : [func.result]),
      ];
      if (!types.some((type) => reaches.from(type))) continue;
      names.push(item.tag === 'function' || key === home ? externName(func) : `${key} ${externName(func)}`);
      if (names.length === MAX_AFFECTED) return names;
    }
  }
  return names;
}

/** Whether a type contains a definition. Types may share parts, so each is looked at once. */
class Reach {
  readonly #known = new Map<TypeDef, boolean>();

  constructor(goal: TypeDef) {
    this.#known.set(goal, true).set(targetOf(goal), true);
  }

  from(type: Type): boolean {
    if (typeof type === 'string') return false;
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    this.#known.set(type, false);
    const found = contents(type).some((part) => this.from(part));
    this.#known.set(type, found);
    return found;
  }
}

/** A handle does not reach into its resource: what functions that one has is not its own. */
function contents({ kind }: TypeDef): readonly Type[] {
  return kind.tag === 'own' || kind.tag === 'borrow' ? [] : partsOf(kind);
}

/** The definition behind other names for it; of a name for a primitive, the name. */
function targetOf(def: TypeDef): TypeDef {
  const target = unalias(def);
  return typeof target === 'object' ? target : def;
}
