import type { Component, ComponentExports, InstantiateOptions } from '@wit-ts/runtime';
import type { Grants } from '../grants.ts';
import { openSystem } from '../calls/open-system.ts';

/** The exports of a component, and what it holds of the host. */
export interface InstanceWithGrants<Exports> {
  readonly exports: Exports;
  /** Closes the files, streams and sockets that the instance holds. It can no longer use them. */
  close(): void;
}

/**
 * Instantiates a component that may be anything but a command, with nothing but what is granted. Exports that wait for
 * a network or for a stream of the host return promises.
 *
 * @throws what `instantiate` throws, and a TypeError when the grants are not in their form
 */
export async function instantiateWithGrants<Exports extends object = ComponentExports>(
  source: Component | Uint8Array,
  grants: Grants,
  options: InstantiateOptions = {},
): Promise<InstanceWithGrants<Exports>> {
  const { compile } = await import('@wit-ts/runtime');
  const { instantiateOver } = await import('./instantiate-over.ts');
  const component = 'plan' in source ? source : await compile(source, options);
  const system = await openSystem(grants);
  try {
    const exports = await instantiateOver<Exports>(component, system, options);
    return { exports, close: () => system.close() };
  } catch (error) {
    system.close();
    throw error;
  }
}
