import { nearest } from '@wit-ts/diagnostics';
import { listedNames } from '@wit-ts/mapping';
import { compatibilityKey } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';
import type { Plan, PlanImport } from '@wit-ts/plan';
import type { CheckedSuspend, WaitingNames } from './checked-suspend.ts';
import type { Suspension } from './suspension.ts';

/**
 * Finds the functions that the option `suspend` lists.
 *
 * @throws TypeError when a list of the user names a function that the component does not import. Generated code names
 *   functions of its world, of which a component may use a part.
 */
export function suspensionOf({ imports, exports }: Plan, suspend: CheckedSuspend): Suspension {
  const functions = new ListedFunctions();
  const constructors = new ListedFunctions();
  for (const [index, { path, item }] of imports.entries()) {
    if (item.tag !== 'func') continue;
    const name = path.at(-1) ?? '';
    const list = isConstructor(name) ? constructors : functions;
    list.add(index, name, path.slice(-2, -1));
  }
  const problem = suspend.isOfUser ? unknownName(functions, constructors, suspend.imports) : undefined;
  if (problem !== undefined) throw new TypeError(`\`options.suspend\`: ${problem}`);
  const listed = [...functions.listed(suspend.imports)].filter((index) => suspends(imports[index]!));
  return { imports: new Set(listed), isPromised: promisedBy(suspend, [...exports.keys()]) };
}

/** Returns false for functions that may return promises in any case: the promise of a future is the result itself. */
function suspends({ item }: PlanImport): boolean {
  if (item.tag !== 'func' || item.type.async) return false;
  const { result } = item.type;
  if (result === undefined) return true;
  const shape = shapeOf(result);
  return typeof shape === 'string' || shape.tag !== 'future';
}

/** @param items the names of what the component exports */
function promisedBy({ exports }: CheckedSuspend, items: readonly string[]): Suspension['isPromised'] {
  if (exports === undefined) return (name, reaches) => reaches && !isConstructor(functionName(name));
  const known = new Map<string, boolean>();
  return (name) => {
    let isListed = known.get(name);
    if (isListed === undefined) {
      const at = name.indexOf('#');
      const functions = new ListedFunctions();
      functions.add(0, functionName(name), at < 0 ? [] : [name.slice(0, at)]);
      for (const item of items) if (!item.includes(':')) functions.reserve(item);
      isListed = !isConstructor(functionName(name)) && functions.listed(exports).has(0);
      known.set(name, isListed);
    }
    return isListed;
  };
}

function functionName(name: string): string {
  return name.slice(name.indexOf('#') + 1);
}

function isConstructor(name: string): boolean {
  return name.startsWith('[constructor]');
}

/** Functions of a component, by the names under which they may be listed. */
class ListedFunctions {
  readonly #all = new Set<number>();
  readonly #exact = new Map<string, Set<number>>();
  readonly #shared = new Map<string, Set<number>>();
  /** The functions of the world. Their names stand for no function of an interface. */
  readonly #ofWorld = new Set<string>();

  /** @param interfaces the name of the function's interface; none for a function of the world */
  add(index: number, name: string, interfaces: readonly string[]): void {
    this.#all.add(index);
    const { exact, shared } = listedNames(name, interfaces);
    for (const each of exact) addTo(this.#exact, compatible(each), index);
    for (const each of shared) addTo(this.#shared, compatible(each), index);
    if (interfaces.length === 0) for (const each of exact) this.reserve(each);
  }

  reserve(name: string): void {
    this.#ofWorld.add(name);
  }

  listed(names: WaitingNames): ReadonlySet<number> {
    if (names === true) return this.#all;
    return new Set(names.flatMap((name) => [...this.named(name)]));
  }

  named(name: string): ReadonlySet<number> {
    const key = compatible(name);
    const exact = this.#exact.get(key);
    if (exact !== undefined) return exact;
    return (this.#ofWorld.has(key) ? undefined : this.#shared.get(key)) ?? NONE;
  }

  get names(): readonly string[] {
    return [...this.#exact.keys(), ...this.#shared.keys()];
  }
}

const NONE: ReadonlySet<number> = new Set();

function addTo(map: Map<string, Set<number>>, name: string, index: number): void {
  const found = map.get(name);
  if (found === undefined) map.set(name, new Set([index]));
  else found.add(index);
}

/** Returns a name without the part of its version within which versions are compatible. */
function compatible(name: string): string {
  const at = name.indexOf('#');
  return at < 0 ? compatibilityKey(name) : compatibilityKey(name.slice(0, at)) + name.slice(at);
}

function unknownName(
  functions: ListedFunctions,
  constructors: ListedFunctions,
  names: WaitingNames,
): string | undefined {
  const unknown = names === true ? undefined : names.find((name) => functions.named(name).size === 0);
  if (unknown === undefined) return undefined;
  const shown = JSON.stringify(unknown);
  if (constructors.named(unknown).size > 0) {
    return `${shown} is a constructor, which cannot wait: \`new\` gives an object at once`;
  }
  const near = nearest(unknown, functions.names);
  const help = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
  return `the component imports no function ${shown}${help}`;
}
