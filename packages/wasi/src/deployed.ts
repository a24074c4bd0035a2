/** What workers of deployed components are made of: `wit-ts transpile --target workerd` bundles it. */
export { deployedHandler2 } from './serve/deployed/deployed-handler-2.ts';
export { deployedHandler3 } from './serve/deployed/deployed-handler-3.ts';
