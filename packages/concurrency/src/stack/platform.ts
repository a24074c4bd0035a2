import type { CoreFunction } from '@wit-ts/abi';

/** JavaScript Promise Integration, which not every platform has. */
interface Suspension {
  readonly promising: (core: CoreFunction) => (...args: Parameters<CoreFunction>) => Promise<unknown>;
  readonly Suspending: new (func: () => Promise<void>) => WebAssembly.ImportValue;
}

/** The platform's functions for suspended stacks; `undefined` where it has none, such as Node 22. */
export function suspension(): Suspension | undefined {
  const { promising, Suspending } = WebAssembly as Partial<Suspension>;
  return promising === undefined || Suspending === undefined ? undefined : { promising, Suspending };
}
