import type { ImportSite } from '@wit-ts/mapping';
import type { PlanImport } from '@wit-ts/plan';

/** An import as a static module knows it: its path, what messages expect, its kind, and where a host has it. */
export type PrintedImport = readonly [
  path: readonly string[],
  expected: string,
  item: Exclude<PlanImport['item'], { tag: 'component' | 'known' | 'func' }> | { readonly tag: 'func' },
  site: ImportSite,
];
