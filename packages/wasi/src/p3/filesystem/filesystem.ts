import type { System } from '../../system/system.ts';
import { Descriptor } from './descriptor.ts';
import { FilesystemContext } from './filesystem-context.ts';
import { SharedDescriptor } from '../../files/shared-descriptor.ts';

/** The interfaces of `wasi:filesystem`. */
export function filesystem(system: System) {
  const context = new FilesystemContext(system);
  const directories = system.preopens.map(({ path, directory }) => {
    const shared = new SharedDescriptor(directory);
    // The instance itself uses its directories: a program that drops one may ask for it again.
    shared.use();
    return { path, shared };
  });
  return {
    'wasi:filesystem/types@0.3.0': { Descriptor },
    'wasi:filesystem/preopens@0.3.0': {
      getDirectories: (): [Descriptor, string][] =>
        directories.map(({ path, shared }) => [new Descriptor(context, shared), path]),
    },
  } as const;
}
