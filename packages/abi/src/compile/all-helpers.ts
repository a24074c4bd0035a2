import * as between from '../helpers/between.ts';
import { hostHelpers } from '../helpers/host-helpers.ts';
import { resourceHelpers } from '../helpers/resource-helpers.ts';

/**
 * All helpers. Those for calls of the host are taken from the objects that the engine for calls of the host has
 * already: importing them one by one would make a page load the names of all of them first.
 */
export const allHelpers = { ...hostHelpers, ...resourceHelpers, ...between };
