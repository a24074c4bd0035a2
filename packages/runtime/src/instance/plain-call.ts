import { callMethod, type HostFunction, type LowerSpec } from '@wit-ts/abi';

/** A function, method or constructor of the host as a function of all its arguments. */
export function plainCall(
  linked: HostFunction,
  style: LowerSpec['call'],
  name: string,
): (...args: readonly unknown[]) => unknown {
  switch (style.tag) {
    case 'function':
      return linked as (...args: readonly unknown[]) => unknown;
    case 'new':
      return (...args) => Reflect.construct(linked, args) as unknown;
    case 'method':
      return (self, ...args) => callMethod(name, style.name, self, args);
  }
}
