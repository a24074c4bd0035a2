import type { ModuleRef } from '@wit-ts/plan';

/** Prints a core module: one of the host, or one of the component. */
export function moduleText(ref: ModuleRef): string {
  return ref.tag === 'import' ? `found[${ref.import}]` : `modules[${ref.index}]`;
}
