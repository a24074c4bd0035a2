import type { callMethod, HostFunction, LowerSpec } from '@wit-ts/abi';

/**
 * A function, method or constructor of the host as a function of all its arguments.
 *
 * @param methods what calls a method; absent when no function is one
 */
export function plainCall(
  linked: HostFunction,
  style: LowerSpec['call'],
  name: string,
  methods: { readonly callMethod?: typeof callMethod } | undefined,
): (...args: readonly unknown[]) => unknown {
  switch (style.tag) {
    case 'function':
      return linked as (...args: readonly unknown[]) => unknown;
    case 'new':
      return (...args) => Reflect.construct(linked, args) as unknown;
    case 'method':
      return (self, ...args) => methods!.callMethod!(name, style.name, self, args);
  }
}
