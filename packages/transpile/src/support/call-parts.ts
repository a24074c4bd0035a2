import { passedOn } from '@wit-ts/abi';
import { CallGuards, makeCall, throughCore } from '@wit-ts/runtime/static-module';

/** The part of the runtime for calls between components, for instances that execute data. */
export const callParts = { CallGuards, makeCall, passedOn, throughCore };
