import { camelCase, pascalCase } from '@wit-ts/abi';
import { compareVersions, compatibilityKey, funcTypeText } from '@wit-ts/model';
import type { PlanImport } from '@wit-ts/plan';
import { Component } from './component.ts';
import { LinkError, type LinkProblem } from './link-error.ts';

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
  return imports.map((item) => linkImport(item, host, problems));
}

function linkImport(item: PlanImport, host: Imports, problems: LinkProblem[]): LinkedImport {
  if (item.item.tag === 'known') return item.item.value;
  const [first = '', ...rest] = item.path;
  let container: unknown = host;
  for (const name of item.path.slice(0, -1)) container = findInterface(container, name);
  const name = rest.at(-1) ?? first;
  const found = findItem(item, container, name, rest.length === 0);
  const problem = problemWith(item, found);
  if (problem !== undefined && !(item.item.tag === 'resource' && found === undefined)) {
    problems.push({ path: item.path, ...problem, ...(rest.length === 0 ? {} : helpFor(host, first)) });
  }
  return found;
}

function findItem(item: PlanImport, container: unknown, name: string, atRoot: boolean): unknown {
  if (item.item.tag === 'module' || item.item.tag === 'component')
    return member(container, name) ?? member(container, camelCase(name));
  if (item.item.tag === 'resource')
    return member(container, pascalCase(name)) ?? (atRoot ? member(container, name) : undefined);
  const annotated = /^\[(constructor|method|static)\]([^.]*)(?:\.(.*))?$/u.exec(name);
  if (annotated === null) {
    let found = bound(container, camelCase(name));
    if (atRoot) {
      found ??= bound(container, name);
      // Hosts written for jco wrap a function of the world as the default export of a module.
      if (typeof found === 'object' && found !== null) found = bound(found, 'default');
    }
    return found;
  }
  const [, kind, resource = '', method = ''] = annotated;
  const resourceClass = member(container, pascalCase(resource));
  if (kind === 'static') return bound(resourceClass, camelCase(method));
  // A method is looked up on its object at each call; what can be known now is that the class has it.
  if (kind === 'method' && typeof resourceClass === 'function') {
    return member(Reflect.get(resourceClass, 'prototype'), camelCase(method)) === undefined
      ? undefined
      : resourceClass;
  }
  return resourceClass;
}

function problemWith(
  item: PlanImport,
  found: unknown,
): { readonly expected: string; readonly given: string } | undefined {
  switch (item.item.tag) {
    case 'func':
      if (typeof found === 'function') return undefined;
      return {
        expected: `a function (${funcTypeText(item.item.type)})`,
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
  return value === Reflect.get(Object.prototype, key) && !Object.hasOwn(container, key) ? undefined : value;
}

/** A function that is inherited belongs to an instance of a class and wants its `this`; an own one is called bare. */
function bound(container: unknown, key: string): unknown {
  const value = member(container, key);
  if (typeof value !== 'function') return value;
  const isBare = typeof container === 'object' && container !== null && Object.hasOwn(container, key);
  return isBare ? value : value.bind(container);
}
