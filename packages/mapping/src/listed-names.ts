import { parseQualifiedName, qualifiedName } from '@wit-ts/model';

/** The names by which an option lists a function: `suspend` of the runtime, `--async-imports` of the command line. */
export interface ListedNames {
  /** The names of this function only, the full name first. */
  readonly exact: readonly [string, ...string[]];
  /** Names that stand for several functions. A function of the world with such a name has precedence. */
  readonly shared: readonly string[];
}

/**
 * Returns the names by which a function may be listed.
 *
 * A function of the world is called `init`. A function of an interface has the interface before it, by its full name,
 * without the version, or by its plain name: `wasi:cli/run@0.2.3#run`, `wasi:cli/run#run`, `run#run`. A method is
 * called `store#[method]bucket.get` or `store#bucket.get`. The name of an interface alone stands for all its functions,
 * and the name of a function alone for the functions with this name in all interfaces.
 *
 * @param name the WIT name of the function, annotated for a function of a resource
 * @param interfaces the names of its interface, best first: the full name, a label; none for a function of the world
 */
export function listedNames(name: string, interfaces: readonly string[]): ListedNames {
  const plain = name.replace(/^\[[a-z]+\]/u, '');
  const names: readonly [string, ...string[]] = plain === name ? [name] : [name, plain];
  if (interfaces.length === 0) return { exact: names, shared: [] };
  const owners = [...new Set(interfaces.flatMap(namesOfInterface))];
  const [first = name, ...others] = names.flatMap((each) => owners.map((owner) => `${owner}#${each}`));
  return { exact: [first, ...others], shared: [...owners, ...names] };
}

function namesOfInterface(name: string): readonly string[] {
  const full = parseQualifiedName(name);
  if (full === undefined) return [name];
  const { namespace, name: path } = full.package;
  const versioned = qualifiedName(full.package, full.item);
  return [name, versioned, qualifiedName({ namespace, name: path }, full.item), full.item];
}
