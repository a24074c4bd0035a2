import type { Type, TypeDefKind } from '@wit-ts/model';

type Borrowing = Pick<ReadonlySet<Type>, 'has'>;

/** Tells whether a type contains a `borrow`, given which of its parts contain one. */
export function containsBorrow(kind: TypeDefKind, borrowing: Borrowing): boolean {
  switch (kind.tag) {
    case 'borrow':
      return true;
    case 'record':
      for (const { type } of kind.fields) if (has(borrowing, type)) return true;
      return false;
    case 'variant':
      for (const { type } of kind.cases) if (has(borrowing, type)) return true;
      return false;
    case 'tuple':
      for (const type of kind.types) if (has(borrowing, type)) return true;
      return false;
    case 'option':
    case 'alias':
      return has(borrowing, kind.type);
    case 'list':
    case 'fixed-length-list':
      return has(borrowing, kind.element);
    case 'map':
      return has(borrowing, kind.key) || has(borrowing, kind.value);
    case 'result':
      return has(borrowing, kind.ok) || has(borrowing, kind.err);
    case 'future':
    case 'stream':
      return has(borrowing, kind.payload);
    default:
      return false;
  }
}

function has(borrowing: Borrowing, type: Type | undefined): boolean {
  return typeof type === 'object' && borrowing.has(type);
}
