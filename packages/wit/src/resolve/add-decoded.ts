import { packageNameText, type Resolve, type TypeDef } from '@wit-ts/model';
import { containsBorrow } from './contains-borrow.ts';
import type { Resolution } from './resolution.ts';

/** Adds packages that are resolved already. Of packages that are there already, the first stays. */
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

/** Types come after what they need, so one look back is enough. */
function leadsToResource({ kind }: TypeDef, resolution: Resolution): boolean {
  if (kind.tag === 'resource') return true;
  return kind.tag === 'alias' && typeof kind.type !== 'string' && resolution.resources.has(kind.type);
}

/** Spread arguments would overflow the stack where there are many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
