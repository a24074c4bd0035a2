import { packageNameText, type Resolve, type TypeDef } from '@wit-ts/model';
import { containsBorrow } from './contains-borrow.ts';
import type { Resolution } from './resolution.ts';

/** Adds packages that are already resolved. If a package exists already, the first one is kept. */
export function addDecoded(decoded: Resolve, resolution: Resolution): void {
  for (const type of decoded.types) {
    if (leadsToResource(type, resolution)) resolution.resources.add(type);
    if (containsBorrow(type.kind, resolution.borrowing)) resolution.borrowing.add(type);
  }
  append(resolution.types, decoded.types);
  append(resolution.interfaces, decoded.interfaces);
  append(resolution.worlds, decoded.worlds);
  append(resolution.packages, decoded.packages);
  for (const pkg of decoded.packages) {
    const name = packageNameText(pkg.name);
    if (!resolution.known.has(name)) resolution.known.set(name, { package: pkg, disabledItems: new Map() });
  }
}

/** Types come after the types that they need, so looking back one step is enough. */
function leadsToResource({ kind }: TypeDef, resolution: Resolution): boolean {
  if (kind.tag === 'resource') return true;
  return kind.tag === 'alias' && typeof kind.type !== 'string' && resolution.resources.has(kind.type);
}

/** Spread arguments would overflow the stack if there are many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
