import type { ImportSite, InterfaceKeys, Keys } from '@wit-ts/mapping';
import { compareVersions, compatibilityKey, funcTypeText } from '@wit-ts/model';
import type { PlanImport } from '@wit-ts/plan';
import { Component } from './component.ts';
import { LinkError, type LinkProblem } from './link-error.ts';
import { importSitesOf } from './import-sites.ts';

/**
 * What a host gives a component: interfaces under their full names (`wasi:io/streams@0.2.6`; a name without its version
 * and one of a compatible version are accepted), and what stands in the world itself under its own name.
 */
export type Imports = Readonly<Record<string, unknown>>;

/** What was found for an import: a function, a class, a module. `this` is wanted where a function is inherited. */
export type LinkedImport = unknown;

/**
 * Finds every import in the host's object.
 *
 * @throws LinkError with all that is missing or of the wrong kind
 */
export function linkImports(imports: readonly PlanImport[], host: Imports): readonly LinkedImport[] {
  const problems: LinkProblem[] = [];
  const linked = findImports(imports, host, problems);
  if (problems.length > 0) throw new LinkError(problems);
  return linked;
}

/** Finds every import in the host's object, and adds what is missing or of the wrong kind to the problems. */
export function findImports(
  imports: readonly PlanImport[],
  host: Imports,
  problems: LinkProblem[],
): readonly LinkedImport[] {
  const sites = importSitesOf(imports);
  return imports.map((item, index) => linkImport(item, sites[index]!, host, problems));
}

function linkImport(
  item: PlanImport,
  site: ImportSite,
  host: Imports,
  problems: LinkProblem[],
): LinkedImport {
  if (item.item.tag === 'known') return item.item.value.module;
  let container: unknown = host;
  for (const keys of site.interfaces) container = findInterface(container, keys);
  const found = findItem(site, container);
  const problem = problemWith(item, site, found);
  if (problem !== undefined && !(item.item.tag === 'resource' && found === undefined)) {
    const [keys] = site.interfaces;
    const help = keys === undefined ? {} : helpFor(host, keys, item.path[0]!);
    problems.push({ path: item.path, ...problem, ...help });
  }
  return found;
}

function findItem({ style, keys, className, interfaces }: ImportSite, container: unknown): unknown {
  const [key] = keys;
  if (style === 'value' || style === 'class') return firstOf(keys, (each) => member(container, each));
  if (style === 'function') {
    const found = firstOf(keys, (each) => bound(container, each));
    // Hosts written for jco wrap a function of the world as the default export of a module.
    const isModule = interfaces.length === 0 && typeof found === 'object' && found !== null;
    return isModule ? bound(found, 'default') : found;
  }
  const resourceClass = member(container, className);
  if (typeof resourceClass !== 'function')
    return style === 'static' ? bound(resourceClass, key) : resourceClass;
  if (style === 'static') return hasStatic(resourceClass, key) ? bound(resourceClass, key) : undefined;
  // A method is looked up on its object at each call; what can be known now is that the class has it.
  return style === 'constructor' || hasMethod(resourceClass, key) ? resourceClass : undefined;
}

function firstOf(keys: Keys, find: (key: string) => unknown): unknown {
  for (const key of keys) {
    const found = find(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a class or one that it extends has a static function; what every function has, as `call`, is none. */
function hasStatic(resourceClass: object, key: string): boolean {
  let at: object | null = resourceClass;
  while (at !== null && at !== Function.prototype && !Object.hasOwn(at, key))
    at = Object.getPrototypeOf(at) as object;
  return at !== null && at !== Function.prototype;
}

function hasMethod(resourceClass: object, key: string): boolean {
  const found = member(Reflect.get(resourceClass, 'prototype'), key);
  // Each prototype has its class as `constructor`.
  return found !== undefined && found !== resourceClass;
}

function problemWith(
  { item }: PlanImport,
  site: ImportSite,
  found: unknown,
): { readonly expected: string; readonly given: string } | undefined {
  switch (item.tag) {
    case 'func':
      if (typeof found === 'function') return undefined;
      return { expected: expectedFunction(site, funcTypeText(item.type)), given: kindOf(found) };
    case 'resource':
      return typeof found === 'function' ? undefined : { expected: 'a class', given: kindOf(found) };
    case 'module':
      return found instanceof WebAssembly.Module
        ? undefined
        : { expected: 'a WebAssembly.Module', given: kindOf(found) };
    case 'component':
      return found instanceof Component ? undefined : { expected: 'a component', given: kindOf(found) };
    case 'known':
      return undefined;
  }
}

function expectedFunction({ style, keys: [key], className }: ImportSite, type: string): string {
  switch (style) {
    case 'constructor':
      return `a class ${className} (${type})`;
    case 'method':
      return `a class ${className} whose prototype has the method ${key} (${type})`;
    case 'static':
      return `a class ${className} with the static function ${key} (${type})`;
    default:
      return `a function (${type})`;
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function helpFor(host: Imports, keys: InterfaceKeys, name: string): { readonly help?: string } {
  if (findInterface(host, keys) !== undefined) return {};
  const [base = ''] = name.split('@');
  const others = Object.keys(host).filter((key) => key === base || key.startsWith(`${base}@`));
  if (others.length === 0) return { help: `the imports have no key '${name}'` };
  return {
    help: `the imports have ${others.map((key) => `'${key}'`).join(', ')}, which is not compatible with '${name}'`,
  };
}

/** The object that a host gives for an interface: by its key, else by the newest compatible one, else by the last one. */
function findInterface(host: unknown, { key, track, also }: InterfaceKeys): unknown {
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

/** A property, own or inherited, that is not one every object has: a WIT function may be called `to-string`. */
function member(container: unknown, key: string): unknown {
  if ((typeof container !== 'object' || container === null) && typeof container !== 'function')
    return undefined;
  const value: unknown = Reflect.get(container, key);
  const isEverybodys = key === '__proto__' || value === Reflect.get(Object.prototype, key);
  return isEverybodys && !Object.hasOwn(container, key) ? undefined : value;
}

/** A function that is inherited belongs to an instance of a class and wants its `this`; an own one is called bare. */
function bound(container: unknown, key: string): unknown {
  const value = member(container, key);
  if (typeof value !== 'function') return value;
  const isBare = typeof container === 'object' && container !== null && Object.hasOwn(container, key);
  return isBare ? value : value.bind(container);
}
