import { resourceHelpers } from '../helpers/resource-helpers.ts';
import { resourceFunctions } from '../resource-functions.ts';
import { compiledResourceClass } from './resource-class.ts';

/** What only the functions of components with resources need, from `@wit-ts/abi/compile/resources`. */
export const compiledResources = {
  helpers: resourceHelpers,
  functions: resourceFunctions,
  resourceClass: compiledResourceClass,
};
