import { interfaceName, parseQualifiedName, qualifiedName, type Func, type World } from '@wit-ts/model';

/** Which exports of a guest may be asynchronous JavaScript functions: all of them, or those with these names. */
export type AsyncExports = 'all' | readonly string[];

/**
 * Returns the names of each function that a guest may write as `async`, the full name first. These are the functions
 * that a world exports, with the methods and static functions of resources, and without constructors.
 *
 * A function of the world is called `init`. A function of an interface has the interface before it, by its full name,
 * without the version, or by its plain name: `wasi:cli/run@0.2.3#run`, `wasi:cli/run#run`, `run#run`. A method is
 * called `store#[method]bucket.get` or `store#bucket.get`. The name of an interface alone stands for all its functions,
 * and the name of a function alone for the functions with this name in all interfaces. A function of the world has
 * precedence over both.
 */
export function asyncExportNames(world: World): readonly (readonly [string, ...string[]])[] {
  return [...namesByFunction(world).values()];
}

/**
 * Returns the functions that have one of the names.
 *
 * @throws TypeError if no function has a name
 */
export function asyncExportsOf(world: World, chosen: AsyncExports): ReadonlySet<Func> {
  const functions = namesByFunction(world);
  if (chosen === 'all') return new Set(functions.keys());
  const found = new Set<Func>();
  for (const name of chosen) {
    const named = [...functions].filter(([, names]) => names.includes(name));
    if (named.length === 0) {
      const names = Array.from(functions.values(), ([first]) => first);
      throw new TypeError(
        `\`${world.name}\` exports no function ${JSON.stringify(name)} that can be asynchronous; choose from: ${names.join(', ')}`,
      );
    }
    for (const [func] of named) found.add(func);
  }
  return found;
}

function namesByFunction(world: World): Map<Func, [string, ...string[]]> {
  const found = new Map<Func, [string, ...string[]]>();
  const add = (func: Func, names: [string, ...string[]]): void => {
    const known = found.get(func);
    if (known === undefined) found.set(func, names);
    // A world may export one interface under two labels.
    else known.push(...names);
  };
  const own = new Set([...world.exports].flatMap(([key, { tag }]) => (tag === 'function' ? [key] : [])));
  for (const [key, item] of world.exports) {
    if (item.tag === 'function') add(item.function, [key]);
    if (item.tag !== 'interface') continue;
    const interfaces = namesOfInterface(key, interfaceName(item.interface));
    for (const [name, func] of item.interface.functions) {
      if (func.kind.tag === 'constructor') continue;
      const plain = name.replace(/^\[[a-z]+\]/u, '');
      const names = [name, ...(plain === name ? [] : [plain])];
      const [first = key, ...others] = names.flatMap((each) => interfaces.map((iface) => `${iface}#${each}`));
      add(func, [first, ...others, ...[...interfaces, ...names].filter((each) => !own.has(each))]);
    }
  }
  return found;
}

function namesOfInterface(key: string, fullName: string | undefined): string[] {
  const names = new Set([key]);
  const full = parseQualifiedName(fullName ?? key);
  if (full !== undefined) {
    const { namespace, name } = full.package;
    names
      .add(qualifiedName(full.package, full.item))
      .add(qualifiedName({ namespace, name }, full.item))
      .add(full.item);
  }
  return [...names];
}
