import type { Row, Suite } from '../suite.ts';
import { between } from './between.ts';
import { guest } from './guest.ts';
import { resources } from './resources.ts';

/** All suites, in the order of the table. */
export const suites: readonly Suite[] = [guest, resources, between];

/** The suite of a row. Throws an Error where there is no such row. */
export function findRow(name: string): { readonly suite: Suite; readonly row: Row } {
  for (const suite of suites) {
    const row = suite.rows.find((candidate) => candidate.name === name);
    if (row !== undefined) return { suite, row };
  }
  throw new Error(`There is no row named ${name}.`);
}
