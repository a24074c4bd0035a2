import type { Func, Interface, Package, PackageName, TypeDef } from './types.ts';

/** Returns `ns:name@version`, or `ns:name` for a package without a version. */
export function packageNameText(name: PackageName): string {
  const base = `${name.namespace}:${name.name}`;
  return name.version === undefined ? base : `${base}@${name.version}`;
}

/** Returns `ns:pkg/item@version`: the name of an interface or a world as components and hosts write it. */
export function qualifiedName(pkg: PackageName, item: string): string {
  const base = `${pkg.namespace}:${pkg.name}/${item}`;
  return pkg.version === undefined ? base : `${base}@${pkg.version}`;
}

/** Returns the full name of an interface, or `undefined` for an inline interface, which has none. */
export function interfaceName(iface: Interface): string | undefined {
  if (iface.name === undefined || iface.package === undefined) return undefined;
  return qualifiedName(iface.package.name, iface.name);
}

/** Returns a function's name in a component (`Explainer.md`, "Import and Export Definitions"): `[method]file.read`. */
export function externName(func: Func): string {
  switch (func.kind.tag) {
    case 'freestanding':
      return func.name;
    case 'constructor':
      return `[constructor]${resourceName(func.kind.resource)}`;
    case 'method':
    case 'static':
      return `[${func.kind.tag}]${resourceName(func.kind.resource)}.${func.name}`;
  }
}

function resourceName(resource: TypeDef): string {
  if (resource.name === undefined) throw new TypeError('a resource with functions must have a name');
  return resource.name;
}

/** Parses `ns:name@version`. Returns `undefined` for a text of another form. */
export function parsePackageName(text: string): PackageName | undefined {
  const match = /^([^:/@]+):([^:/@]+)(?:@(.+))?$/u.exec(text);
  if (match === null) return undefined;
  const [, namespace = '', name = '', version] = match;
  return version === undefined ? { namespace, name } : { namespace, name, version };
}

/** Parses `ns:pkg/item@version`. Returns `undefined` for a text of another form. */
export function parseQualifiedName(text: string): { package: PackageName; item: string } | undefined {
  const match = /^([^:/@]+):([^:/@]+)\/([^:/@]+)(?:@(.+))?$/u.exec(text);
  if (match === null) return undefined;
  const [, namespace = '', name = '', item = '', version] = match;
  return { package: version === undefined ? { namespace, name } : { namespace, name, version }, item };
}

/** Returns true if two packages have the same namespace, name and version. */
export function samePackage(a: Package | PackageName, b: Package | PackageName): boolean {
  const left = nameOf(a);
  const right = nameOf(b);
  return left.namespace === right.namespace && left.name === right.name && left.version === right.version;
}

function nameOf(value: Package | PackageName): PackageName {
  return typeof value.name === 'string' ? (value as PackageName) : value.name;
}
