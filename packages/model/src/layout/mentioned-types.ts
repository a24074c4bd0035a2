import type { Func, Type, TypeDef } from '../types.ts';
import { contains, eachType } from './contains.ts';
import { isKind, resolveResource } from './despecialize.ts';

type FuncType = Pick<Func, 'params' | 'result'>;

/** Returns the types of a function's parameters and of its result. */
export function mentionedTypes(type: FuncType): Type[] {
  const types = type.params.map((param) => param.type);
  return type.result === undefined ? types : [...types, type.result];
}

/** Returns true if a function passes values that only tasks can use: streams, futures, error contexts. */
export function mentionsWaitables(type: FuncType): boolean {
  return containsWaitables(mentionedTypes(type));
}

/** Returns true if one of the types contains a stream, a future or an error context. */
export function containsWaitables(types: readonly Type[]): boolean {
  return types.some((type) =>
    contains(type, (shape) => shape === 'error-context' || isKind(shape, 'stream', 'future')),
  );
}

/** Returns the distinct resources that types mention, in order of mention. */
export function resourcesOf(types: readonly Type[]): TypeDef[] {
  const found = new Set<TypeDef>();
  const seen = new Set<TypeDef>();
  for (const type of types) {
    eachType(
      type,
      (shape) => {
        if (isKind(shape, 'own', 'borrow')) found.add(resolveResource(shape.resource));
      },
      seen,
    );
  }
  return [...found];
}
