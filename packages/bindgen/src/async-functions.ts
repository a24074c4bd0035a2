import { listedNames } from '@wit-ts/mapping';
import { interfaceName, type Direction, type Func, type World } from '@wit-ts/model';

/**
 * The functions that are asynchronous in JavaScript although they are synchronous in WIT: all (`true`, or `'*'` in a
 * list), or those with these names.
 */
export type AsyncFunctions = boolean | readonly string[];

/** The functions of a world that are asynchronous because the user lists them. */
export interface ListedFunctions {
  readonly import: ReadonlySet<Func>;
  readonly export: ReadonlySet<Func>;
}

type Names = readonly [string, ...string[]];

/**
 * Returns the names of each function that may be listed as asynchronous, the full name first (`listedNames` of
 * `@wit-ts/mapping`). These are the functions that a world imports or exports, with the methods and static functions of
 * resources, and without constructors. A function of the world has precedence over functions of interfaces.
 */
export function asyncFunctionNames(world: World, direction: Direction): readonly Names[] {
  return [...namesByFunction(world, direction).values()];
}

/**
 * Returns the functions that have one of the names.
 *
 * @throws TypeError if no function has a name
 */
export function listedFunctions(
  world: World,
  direction: Direction,
  chosen: AsyncFunctions,
): ReadonlySet<Func> {
  if (chosen === false) return new Set();
  const functions = namesByFunction(world, direction);
  if (chosen === true || chosen.includes(EVERY)) return new Set(functions.keys());
  const found = new Set<Func>();
  for (const name of chosen) {
    const named = [...functions].filter(([, names]) => names.includes(name));
    if (named.length === 0) {
      const names = Array.from(functions.values(), ([first]) => first);
      throw new TypeError(
        `\`${world.name}\` ${direction}s no function ${JSON.stringify(name)} that can be asynchronous; choose from: ${names.join(', ')}`,
      );
    }
    for (const [func] of named) found.add(func);
  }
  return found;
}

/** The name in a list that stands for all functions. */
const EVERY = '*';

/** Returns the full names of listed functions, in the order of the world; `true` if they are all functions. */
export function fullNames(
  world: World,
  direction: Direction,
  listed: ReadonlySet<Func>,
): true | readonly string[] {
  const functions = namesByFunction(world, direction);
  const names = [...functions].flatMap(([func, [first]]) => (listed.has(func) ? [first] : []));
  return names.length > 0 && names.length === functions.size ? true : names;
}

function namesByFunction(world: World, direction: Direction): Map<Func, Names> {
  const items = direction === 'import' ? world.imports : world.exports;
  const found = new Map<Func, Names>();
  const add = (func: Func, name: string, interfaces: readonly string[]): void => {
    if (func.kind.tag === 'constructor') return;
    const { exact, shared } = listedNames(name, interfaces);
    // A world may have one interface under two labels.
    const [first, ...others] = [...(found.get(func) ?? []), ...exact];
    found.set(func, [first ?? name, ...others, ...shared.filter((each) => !own.has(each))]);
  };
  const own = new Set(
    [...items].flatMap(([key, item]) => (item.tag === 'function' ? listedNames(key, []).exact : [])),
  );
  for (const [key, item] of items) {
    if (item.tag === 'function') add(item.function, key, []);
    if (item.tag !== 'interface') continue;
    const full = interfaceName(item.interface);
    const interfaces = full === undefined ? [key] : [key, full];
    for (const [name, func] of item.interface.functions) add(func, name, interfaces);
  }
  return found;
}
