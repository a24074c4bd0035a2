import { packageNameText, type Resolve, type TypeDef } from '@wit-ts/model';
import { containsBorrow } from './finish.ts';
import type { Session } from './session.ts';

/** Adds packages that are resolved already. Of packages that are there already, the first stays. */
export function addDecoded(decoded: Resolve, session: Session): void {
  for (const type of decoded.types) {
    if (leadsToResource(type, session)) session.resources.add(type);
    if (containsBorrow(type.kind, session.borrowing)) session.borrowing.add(type);
  }
  append(session.types, decoded.types);
  append(session.interfaces, decoded.interfaces);
  append(session.worlds, decoded.worlds);
  append(session.packages, decoded.packages);
  for (const pkg of decoded.packages) {
    const name = packageNameText(pkg.name);
    if (!session.known.has(name)) session.known.set(name, { package: pkg, off: new Map() });
  }
}

/** Types come after what they need, so one look back is enough. */
function leadsToResource({ kind }: TypeDef, session: Session): boolean {
  if (kind.tag === 'resource') return true;
  return kind.tag === 'alias' && typeof kind.type !== 'string' && session.resources.has(kind.type);
}

/** Spread arguments would overflow the stack where there are many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
