import { withoutPrototype } from '@wit-ts/model';

/** Defines a member of a class, whatever its name. */
export function defineMember(owner: object, key: string, value: unknown): void {
  Object.defineProperty(owner, key, withoutPrototype({ value, writable: true, configurable: true }));
}
