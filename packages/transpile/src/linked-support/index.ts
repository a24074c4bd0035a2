/** What static modules import of components that import or export components. */
export { ComponentError, trapWith, Trap } from '@wit-ts/abi';
export { linkedLimits, linkedModule, linkedTasks } from '@wit-ts/runtime/linked-module';
export { Fuel, LinkError } from '@wit-ts/runtime/static-module';
export { decodeBase64 } from '../support/decode-base64.ts';
