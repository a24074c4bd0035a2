import {
  externName,
  functionsOf,
  partsOf,
  unalias,
  type Mismatch,
  type PathStep,
  type Type,
  type TypeDef,
  type WorldItem,
  type WorldLookup,
} from '@wit-ts/model';

/** More functions than these are not named, and more types are not searched for: each costs a walk over the world. */
const MAX_AFFECTED = 20;

/** Finds the functions of a component whose types contain one that differs. */
export class AffectedFunctions {
  readonly #component: WorldLookup;
  readonly #known = new Map<TypeDef, readonly string[]>();

  constructor(component: WorldLookup) {
    this.#component = component;
  }

  /** Names of functions, preceded by their interface when it is another one than the mismatch's. */
  by({ side, path }: Mismatch): { readonly affects?: readonly string[] } {
    const [first, second] = path;
    const type = second && differingDefinition(second);
    if (type === undefined || first === undefined || !('name' in first.segment)) return {};
    let names = this.#known.get(type);
    if (names === undefined && this.#known.size < MAX_AFFECTED) {
      const key = this.#component.key(side, first.segment.name);
      names = functionsUsing(type, this.#component.items(side), key ?? '');
      this.#known.set(type, names);
    }
    return names === undefined || names.length === 0 ? {} : { affects: names };
  }
}

/** The component's type that a path goes through next; none when it goes through a function, which names itself. */
function differingDefinition({ segment, found }: PathStep): TypeDef | undefined {
  if (segment.tag !== 'definition' || segment.kind === 'resource' || found?.tag !== 'type') return undefined;
  return typeof found.type === 'object' ? found.type : undefined;
}

function functionsUsing(type: TypeDef, items: ReadonlyMap<string, WorldItem>, home: string): string[] {
  const containing = new TypesContaining(type);
  const names: string[] = [];
  for (const [key, item] of items) {
    const functions = item.tag === 'function' ? [item.function] : functionsOf(item).values();
    for (const func of functions) {
      const types = func.params.map((param) => param.type);
      if (func.result !== undefined) types.push(func.result);
      if (!types.some((one) => containing.has(one))) continue;
      names.push(item.tag === 'function' || key === home ? externName(func) : `${key} ${externName(func)}`);
      if (names.length === MAX_AFFECTED) return names;
    }
  }
  return names;
}

/** The types that contain a definition. Types may share parts, so each is examined once. */
class TypesContaining {
  readonly #known = new Map<TypeDef, boolean>();

  constructor(definition: TypeDef) {
    const target = unalias(definition);
    this.#known.set(definition, true);
    if (typeof target === 'object') this.#known.set(target, true);
  }

  has(type: Type): boolean {
    if (typeof type === 'string') return false;
    // A list instead of recursion, because a chain of records can be as long as a text.
    const stack = this.#known.has(type) ? [] : [type];
    const open = new Set<TypeDef>();
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const parts = containedTypes(top).filter((part) => typeof part === 'object');
      if (!this.#known.has(top)) {
        this.#known.set(top, false);
        open.add(top);
        for (const part of parts) if (!this.#known.has(part)) stack.push(part);
        continue;
      }
      stack.pop();
      if (open.delete(top))
        this.#known.set(
          top,
          parts.some((part) => this.#known.get(part) === true),
        );
    }
    return this.#known.get(type) === true;
  }
}

/** A handle does not contain what the functions of its resource mention. */
function containedTypes({ kind }: TypeDef): readonly Type[] {
  return kind.tag === 'own' || kind.tag === 'borrow' ? [] : partsOf(kind);
}
