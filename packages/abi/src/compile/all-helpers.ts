import * as between from '../helpers/between.ts';
import * as host from '../helpers/host.ts';

/**
 * All helpers. Those of `helpers/host.ts` are taken from the one object that the engine for calls of the host has
 * already: importing them one by one would make a page load the names of all of them first.
 */
export const allHelpers = { ...host, ...between };
