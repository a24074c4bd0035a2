import {
  externName,
  interfaceName,
  packageNameText,
  type Func,
  type Interface,
  type Resolve,
  type Type,
  type TypeDef,
  type World,
  type WorldItem,
} from '@wit-ts/model';

/**
 * Returns a contract as canonical text, for comparing contracts: equal contracts have equal texts. Everything is
 * referred to by its full name. Members keep their order when the order has a meaning; otherwise they are sorted.
 * Documentation is left out.
 */
export function canonicalText({ packages }: Resolve): string {
  const parts = packages.flatMap(({ name, interfaces, worlds }) => [
    ...[...interfaces.values()].map((iface) => [interfaceName(iface) ?? '', interfaceText(iface)]),
    ...[...worlds.values()].map((world) => [
      `world ${packageNameText(name)}/${world.name}`,
      worldText(world),
    ]),
  ]);
  return JSON.stringify(
    Object.fromEntries(parts.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))),
    undefined,
    1,
  );
}

function worldText(world: World): unknown {
  return { imports: itemsText(world.imports), exports: itemsText(world.exports) };
}

function itemsText(items: ReadonlyMap<string, WorldItem>): unknown {
  return sorted([...items].map(([key, item]) => [key, itemText(item)]));
}

function itemText(item: WorldItem): unknown {
  if (item.tag === 'function') return funcText(item.function);
  if (item.tag === 'type') return defText(item.type);
  return interfaceName(item.interface) ?? interfaceText(item.interface);
}

function interfaceText({ types, functions }: Interface): unknown {
  return {
    types: sorted([...types].map(([name, type]) => [name, defText(type)])),
    functions: sorted([...functions].map(([name, func]) => [name, funcText(func)])),
  };
}

function funcText(func: Func): unknown {
  return {
    name: externName(func),
    async: func.async,
    params: func.params.map(({ name, type }) => [name, typeText(type)]),
    result: func.result === undefined ? null : typeText(func.result),
  };
}

function defText({ kind, owner }: TypeDef): unknown {
  const home =
    owner === undefined ? null : 'functions' in owner ? (interfaceName(owner) ?? 'inline') : 'world';
  return [home, kindText(kind)];
}

function typeText(type: Type): unknown {
  if (typeof type === 'string') return type;
  if (type.name === undefined) return kindText(type.kind);
  const { owner } = type;
  const home = owner !== undefined && 'functions' in owner ? (interfaceName(owner) ?? 'inline') : 'world';
  return `${home}.${type.name}`;
}

/** Refers to named types by their names and writes everything else out. */
function kindText(kind: TypeDef['kind']): unknown {
  return Object.entries(kind).map(([key, part]: [string, unknown]) => [key, partText(part)]);
}

function partText(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(partText);
  if (typeof part !== 'object' || part === null) return part;
  if ('kind' in part) return typeText(part as TypeDef);
  const { name, type } = part as { name?: string; type?: Type };
  return [name, type === undefined ? null : typeText(type)];
}

function sorted(entries: readonly (readonly [string, unknown])[]): unknown {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
