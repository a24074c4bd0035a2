import type { Type, TypeDefKind } from './types.ts';

/** Returns the types that a definition mentions directly, in order; for a handle that is its resource. */
export function partsOf(kind: TypeDefKind): readonly Type[] {
  switch (kind.tag) {
    case 'record':
      return kind.fields.map((field) => field.type);
    case 'variant':
      return present(kind.cases.map((item) => item.type));
    case 'tuple':
      return kind.types;
    case 'option':
    case 'alias':
      return [kind.type];
    case 'result':
      return present([kind.ok, kind.err]);
    case 'list':
    case 'fixed-length-list':
      return [kind.element];
    case 'map':
      return [kind.key, kind.value];
    case 'future':
    case 'stream':
      return present([kind.payload]);
    case 'own':
    case 'borrow':
      return [kind.resource];
    case 'flags':
    case 'enum':
    case 'resource':
      return [];
  }
}

function present(types: readonly (Type | undefined)[]): Type[] {
  return types.filter((type) => type !== undefined);
}
