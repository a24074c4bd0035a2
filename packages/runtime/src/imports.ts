import { isObject, platformClassOf } from '@wit-ts/abi';
import type { ImportSite, InterfaceKeys } from '@wit-ts/mapping';
import { compareVersions, compatibilityKey } from '@wit-ts/model';
import type { PlanImport } from '@wit-ts/plan';

/**
 * The imports that a host gives a component. Interfaces have their full names as keys (`wasi:io/streams@0.2.6`); a
 * name without version and a name with a compatible version are accepted too. Functions and types of the world itself
 * have their own names.
 */
export type Imports = Readonly<Record<string, unknown>>;

/** The value that a host gives for an import: a function, a class, a module or a component. */
export type LinkedImport = unknown;

/** An import for which a host gives nothing, or a value of the wrong type. */
export interface MismatchedImport {
  readonly item: PlanImport;
  readonly site: ImportSite;
  /** What the host gives. */
  readonly found: unknown;
  /** The object in which it was looked up. */
  readonly container: unknown;
}

/** Finds what the host has for an import, and the object in which it has it. */
export function findImport(site: ImportSite, host: Imports): Pick<MismatchedImport, 'found' | 'container'> {
  let container: unknown = host;
  for (const keys of site.interfaces) container = findInterface(container, keys);
  return { found: findItem(site, container), container };
}

/**
 * Returns true if a host's value fits an import. Components are told by the caller, because the class is a large part
 * of the runtime.
 *
 * @param linked what was found for earlier imports
 */
export function isFit(
  item: Exclude<PlanImport['item'], { tag: 'component' | 'func' }> | { readonly tag: 'func' },
  found: unknown,
  linked: readonly LinkedImport[],
): boolean {
  switch (item.tag) {
    case 'resource':
      return isClass(found);
    case 'resource-alias':
      return found === undefined || found === linked[item.of];
    case 'instance':
      return isInstance(found);
    case 'module':
      return isCompiledModule(found);
    default:
      return typeof found === 'function';
  }
}

/** Returns true for what can be an imported instance, which has no items that must exist. */
export function isInstance(found: unknown): boolean {
  return found === undefined || (typeof found === 'object' && found !== null);
}

/** Returns true if a value can be on the right of `instanceof`, as arrow functions cannot. */
export function isClass(value: unknown): boolean {
  try {
    return typeof value === 'function' && ({} instanceof value || true);
  } catch {
    return false;
  }
}

/** Returns true for a core module, possibly of another realm. */
export function isCompiledModule(value: unknown): value is WebAssembly.Module {
  return platformClassOf(value) === 'WebAssembly.Module';
}

function findItem({ style, keys, classKeys, interfaces }: ImportSite, container: unknown): unknown {
  const find = interfaces.length === 0 ? findInWorld : findMember;
  switch (style) {
    case 'instance':
      return container;
    case 'function':
      return find(keys, container, bound);
    case 'value':
    case 'class':
      return find(keys, container, member);
    case 'static':
      return staticOf(find(classKeys, container, member), keys[0]);
    default:
      // Methods are looked up on their object at each call: an object may have them without its class.
      return find(classKeys, container, member);
  }
}

/** Reads a property of an object that a host gives: `member`, or `bound` for functions. */
type ReadMember = (container: unknown, key: string) => unknown;

/** Finds the first of several keys that an object has. */
export function findMember(keys: readonly string[], container: unknown, read: ReadMember): unknown {
  for (const key of keys) {
    const found = read(container, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds an item of the world itself: hosts for jco may wrap it as the default export of a module. */
export function findInWorld(keys: readonly string[], host: unknown, read: ReadMember): unknown {
  const found = findMember(keys, host, read);
  return (typeof found === 'object' && found !== null ? read(found, 'default') : undefined) ?? found;
}

/** Returns a static function of a class, or what the host gives that is not a class. */
export function staticOf(resourceClass: unknown, key: string): unknown {
  const isMissing = typeof resourceClass === 'function' && !hasStatic(resourceClass, key);
  return isMissing ? undefined : bound(resourceClass, key);
}

/**
 * Returns true when a class, or a class that it extends, has a static function. Functions that every function has,
 * such as `call`, do not count.
 */
function hasStatic(resourceClass: object, key: string): boolean {
  let at: object | null = resourceClass;
  while (at !== null && at !== Function.prototype && !Object.hasOwn(at, key))
    at = Object.getPrototypeOf(at) as object;
  return at !== null && at !== Function.prototype;
}

/**
 * Returns the object that a host gives for an interface: by its key, else by the newest compatible key, else by the
 * last key.
 */
export function findInterface(host: unknown, { key, track, also }: InterfaceKeys): unknown {
  const exact = member(host, key);
  if (exact !== undefined) return exact;
  let best = also;
  if (track !== undefined) {
    const compatible = Object.keys(Object(host)).filter(
      (each) => each.includes('@') && compatibilityKey(each) === track,
    );
    const [newest] = compatible.sort((a, b) => compareVersions(versionOf(b), versionOf(a)));
    best = newest ?? also;
  }
  return best === undefined ? undefined : member(host, best);
}

function versionOf(key: string): string {
  return key.slice(key.indexOf('@') + 1);
}

/** Returns an own or inherited property, unless every object has it: a WIT function may be called `to-string`. */
export function member(container: unknown, key: string): unknown {
  if (!isObject(container)) return undefined;
  const value: unknown = Reflect.get(container, key);
  const isEverybodys = key === '__proto__' || value === Reflect.get(Object.prototype, key);
  return isEverybodys && !Object.hasOwn(container, key) ? undefined : value;
}

/** Binds an inherited function, which expects its instance as `this`. An own function is called without `this`. */
export function bound(container: unknown, key: string): unknown {
  const value = member(container, key);
  if (typeof value !== 'function') return value;
  const isBare = typeof container === 'object' && container !== null && Object.hasOwn(container, key);
  return isBare ? value : value.bind(container);
}
