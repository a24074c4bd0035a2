import { readFile } from 'node:fs/promises';
import { componentizeGuest, type JavaScriptGuest } from '../../building/javascript-guest.ts';
import { inTestComponents } from '../../building/paths.ts';

/** Builds the JavaScript guest of `edge-handler`, or takes an earlier build; see `componentizeGuest`. */
export async function buildJavaScriptGuest(): Promise<JavaScriptGuest> {
  return componentizeGuest({
    name: 'edge-handler-js',
    source: await readFile(inTestComponents('edge-handler/guest-js/guest.js'), 'utf8'),
    witPath: inTestComponents('edge-handler/wit/world.wit'),
    worldName: 'edge-handler',
  });
}
