import { partsOf, type Func, type Interface, type Owner, type Type, type TypeDef } from '@wit-ts/model';

/** Returns true if an owner of types is an interface, and false if it is a world. */
export function isInterface(owner: Owner): owner is Interface {
  return 'functions' in owner;
}

/** Returns the type that a `use` names, through any number of `use`s, or the definition itself if it is not a `use`. */
function definitionOf(def: TypeDef): TypeDef {
  let current = def;
  for (let next = usedBy(current); next !== undefined; next = usedBy(current)) current = next;
  return current;
}

/** Returns true if an interface or a world has the type by `use`, so that it is defined elsewhere. */
export function isUse(def: TypeDef): boolean {
  return usedBy(def) !== undefined;
}

/** Returns the type that a `use` names, which may be a `use` as well; `undefined` for a type that is not a `use`. */
export function usedBy({ kind, owner }: TypeDef): TypeDef | undefined {
  if (kind.tag !== 'alias' || typeof kind.type === 'string') return undefined;
  return kind.type.name !== undefined && kind.type.owner !== owner ? kind.type : undefined;
}

/** Returns every function of an interface or a world. */
function functionsOf(owner: Owner): Func[] {
  if (isInterface(owner)) return [...owner.functions.values()];
  return [...owner.imports.values(), ...owner.exports.values()].flatMap((item) =>
    item.tag === 'function' ? [item.function] : [],
  );
}

/** Returns every named type of an interface or a world, by its WIT name. */
export function typesOfOwner(owner: Owner): ReadonlyMap<string, TypeDef> {
  if (isInterface(owner)) return owner.types;
  const types = new Map<string, TypeDef>();
  for (const item of [owner.imports, owner.exports]) {
    for (const [name, { tag, ...rest }] of item)
      if (tag === 'type' && 'type' in rest) types.set(name, rest.type);
  }
  return types;
}

/** For each interface and world that was asked for: what `mentionedOwners` returned. */
const knownOwners = new WeakMap<Owner, ReadonlySet<Owner>>();

/** Returns the other interfaces and worlds whose types are mentioned by the types and functions of an owner. */
export function mentionedOwners(owner: Owner): ReadonlySet<Owner> {
  let owners = knownOwners.get(owner);
  if (owners === undefined) knownOwners.set(owner, (owners = findMentionedOwners(owner)));
  return owners;
}

function findMentionedOwners(owner: Owner): ReadonlySet<Owner> {
  const owners = new Set<Owner>();
  // A set that grows while it is walked, and not a recursion: hostile types nest deeper than a stack allows.
  const defs = new Set<TypeDef>();
  const add = (type: Type | undefined): void => {
    if (typeof type === 'object') defs.add(type);
  };
  for (const type of typesOfOwner(owner).values()) add(type);
  for (const { params, result } of functionsOf(owner)) {
    for (const { type } of params) add(type);
    add(result);
  }
  for (const type of defs) {
    const def = definitionOf(type);
    if (def.owner !== undefined && def.owner !== owner) owners.add(def.owner);
    else for (const part of partsOf(def.kind)) add(part);
  }
  return owners;
}

/** Returns the interfaces and worlds that the `use`s of an owner name, which may have the types by `use` as well. */
export function usedOwners(owner: Owner): Owner[] {
  return [...typesOfOwner(owner).values()].flatMap((def) => usedBy(def)?.owner ?? []);
}

/** Returns true if an interface defines a resource. */
export function definesResource(iface: Interface): boolean {
  return [...iface.types.values()].some((def) => def.kind.tag === 'resource');
}
