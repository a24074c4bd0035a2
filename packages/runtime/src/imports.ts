import { camelCase, parseFunctionName } from '@wit-ts/mapping';
import { compareVersions, compatibilityKey, funcTypeText } from '@wit-ts/model';
import type { PlanImport } from '@wit-ts/plan';
import { Component } from './component.ts';
import { LinkError, type LinkProblem } from './link-error.ts';
import { type ImportKey, importKeys } from './member-names.ts';

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
  const keys = importKeys(imports);
  return imports.map((item, index) => linkImport(item, keys[index]!, host, problems));
}

function linkImport(item: PlanImport, key: ImportKey, host: Imports, problems: LinkProblem[]): LinkedImport {
  if (item.item.tag === 'known') return item.item.value.module;
  const [first = '', ...rest] = item.path;
  let container: unknown = host;
  for (const name of item.path.slice(0, -1)) container = findInterface(container, name);
  const found = findItem(item, key, container, rest.length === 0);
  const problem = problemWith(item, key, found);
  if (problem !== undefined && !(item.item.tag === 'resource' && found === undefined)) {
    problems.push({ path: item.path, ...problem, ...(rest.length === 0 ? {} : helpFor(host, first)) });
  }
  return found;
}

function findItem(
  { path, item }: PlanImport,
  { key, className }: ImportKey,
  container: unknown,
  atRoot: boolean,
): unknown {
  const name = path.at(-1)!;
  if (item.tag === 'module' || item.tag === 'component')
    return member(container, name) ?? member(container, key);
  if (item.tag === 'resource') return member(container, key) ?? member(container, name);
  const { style } = parseFunctionName(name);
  if (style === 'function') {
    const found = bound(container, key) ?? (camelCase(name) === name ? undefined : bound(container, name));
    // Hosts written for jco wrap a function of the world as the default export of a module.
    return atRoot && typeof found === 'object' && found !== null ? bound(found, 'default') : found;
  }
  const resourceClass = member(container, className);
  if (typeof resourceClass !== 'function')
    return style === 'static' ? bound(resourceClass, key) : resourceClass;
  if (style === 'static') return hasStatic(resourceClass, key) ? bound(resourceClass, key) : undefined;
  // A method is looked up on its object at each call; what can be known now is that the class has it.
  return style === 'constructor' || hasMethod(resourceClass, key) ? resourceClass : undefined;
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
  { path, item }: PlanImport,
  { key, className }: ImportKey,
  found: unknown,
): { readonly expected: string; readonly given: string } | undefined {
  switch (item.tag) {
    case 'func':
      if (typeof found === 'function') return undefined;
      return {
        expected: expectedFunction(path.at(-1)!, key, className, funcTypeText(item.type)),
        given: kindOf(found),
      };
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

function expectedFunction(name: string, key: string, className: string, type: string): string {
  switch (parseFunctionName(name).style) {
    case 'constructor':
      return `a class ${className} (${type})`;
    case 'method':
      return `a class ${className} whose prototype has the method ${key} (${type})`;
    case 'static':
      return `a class ${className} with the static function ${key} (${type})`;
    case 'function':
      return `a function (${type})`;
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function helpFor(host: Imports, name: string): { readonly help?: string } {
  if (findInterface(host, name) !== undefined) return {};
  const [base = ''] = name.split('@');
  const others = Object.keys(host).filter((key) => key === base || key.startsWith(`${base}@`));
  if (others.length === 0) return { help: `the imports have no key '${name}'` };
  return {
    help: `the imports have ${others.map((key) => `'${key}'`).join(', ')}, which is not compatible with '${name}'`,
  };
}

/** The object a host gives for an interface: by its exact name, else by the highest compatible one, else without version. */
function findInterface(host: unknown, name: string): unknown {
  const exact = member(host, name);
  if (exact !== undefined) return exact;
  const at = name.indexOf('@');
  if (at < 0) return member(host, camelCase(name));
  const wanted = compatibilityKey(name);
  let best: string | undefined;
  for (const key of Object.keys(Object(host))) {
    if (!key.includes('@') || compatibilityKey(key) !== wanted) continue;
    if (best === undefined || compareVersions(versionOf(key), versionOf(best)) > 0) best = key;
  }
  return member(host, best ?? name.slice(0, at));
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
