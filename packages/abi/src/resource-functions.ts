import { callMethod } from './helpers/calls.ts';
import { resourceDrop, resourceNew, resourceRep } from './resource-builtins.ts';

/** The functions for resources that do not depend on the engine. */
export const resourceFunctions = { callMethod, resourceDrop, resourceNew, resourceRep };
