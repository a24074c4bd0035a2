import { partsOf, type Func, type Interface, type Owner, type Type, type TypeDef } from '@wit-ts/model';

/** Whether an owner of types is an interface and not a world. */
export function isInterface(owner: Owner): owner is Interface {
  return 'functions' in owner;
}

/** The type that a `use` names, through any number of `use`s of `use`s; the definition itself where it is none. */
export function definitionOf(def: TypeDef): TypeDef {
  let current = def;
  for (let next = usedBy(current); next !== undefined; next = usedBy(current)) current = next;
  return current;
}

/** Whether a type stands in its interface by `use`, and so is defined elsewhere. */
export function isUse(def: TypeDef): boolean {
  return usedBy(def) !== undefined;
}

/** What a `use` names: the next step on the way to the definition. */
export function usedBy({ kind, owner }: TypeDef): TypeDef | undefined {
  if (kind.tag !== 'alias' || typeof kind.type === 'string') return undefined;
  return kind.type.name !== undefined && kind.type.owner !== owner ? kind.type : undefined;
}

/** Every function of an interface or a world. */
export function functionsOf(owner: Owner): Func[] {
  if (isInterface(owner)) return [...owner.functions.values()];
  return [...owner.imports.values(), ...owner.exports.values()].flatMap((item) =>
    item.tag === 'function' ? [item.function] : [],
  );
}

/** Every named type of an interface or a world, by its WIT name. */
export function typesOf(owner: Owner): ReadonlyMap<string, TypeDef> {
  if (isInterface(owner)) return owner.types;
  const types = new Map<string, TypeDef>();
  for (const item of [owner.imports, owner.exports]) {
    for (const [name, { tag, ...rest }] of item)
      if (tag === 'type' && 'type' in rest) types.set(name, rest.type);
  }
  return types;
}

/** The other interfaces and worlds whose types an owner's own types and functions mention. */
export function mentionedOwners(owner: Owner): Set<Owner> {
  const owners = new Set<Owner>();
  const seen = new Set<TypeDef>();
  const queue: (Type | undefined)[] = [...typesOf(owner).values()];
  for (const { params, result } of functionsOf(owner)) queue.push(...params.map(({ type }) => type), result);
  // The queue grows while it is walked: types nest deeper than a stack where they are hostile.
  for (const type of queue) {
    if (type === undefined || typeof type === 'string' || seen.has(type)) continue;
    seen.add(type);
    const def = definitionOf(type);
    if (def.owner !== undefined && def.owner !== owner) owners.add(def.owner);
    else queue.push(...partsOf(def.kind));
  }
  return owners;
}

/** Whether an interface defines a resource, or mentions types of one that does. */
export function reachesResources(iface: Interface): boolean {
  const seen = new Set<Owner>([iface]);
  for (const owner of seen) {
    for (const def of typesOf(owner).values()) if (def.kind.tag === 'resource') return true;
    for (const other of mentionedOwners(owner)) seen.add(other);
  }
  return false;
}
