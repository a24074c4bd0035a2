import { readFile } from 'node:fs/promises';
import { componentizeGuest, type JavaScriptGuest } from '../../building/javascript-guest.ts';
import { inTestComponents } from '../../building/paths.ts';

/** Builds the JavaScript guest of `database-connector`, or takes an earlier build; see `componentizeGuest`. */
export async function buildCustomerStore(): Promise<JavaScriptGuest> {
  return componentizeGuest({
    name: 'customer-store-js',
    source: await readFile(inTestComponents('database-connector/guest-js/guest.js'), 'utf8'),
    witPath: inTestComponents('database-connector/wit/store.wit'),
    worldName: 'customer-store',
  });
}
