import type { CoreFunction } from '@wit-ts/abi';

/** JavaScript Promise Integration, which not every platform has. */
interface Suspension {
  readonly promising: (core: CoreFunction) => (...args: Parameters<CoreFunction>) => Promise<unknown>;
  readonly Suspending: new (func: () => Promise<void>) => WebAssembly.ImportValue;
}

/** The platform's functions for suspended stacks; `undefined` on platforms without them, such as Node 22. */
export function suspension(): Suspension | undefined {
  const { promising, Suspending } = WebAssembly as Partial<Suspension>;
  return promising === undefined || Suspending === undefined ? undefined : { promising, Suspending };
}

/** Whether the platform compiles WebAssembly while it runs. workerd does not. */
export function compilesModules(): boolean {
  try {
    return new WebAssembly.Module(EMPTY) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
