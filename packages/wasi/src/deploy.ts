/** What `wit-ts transpile --target workerd` needs to know of the workers that it writes. */
export { type DeployedGrants, type FileIndex, readDeployedGrants } from './serve/deployed/deployed-grants.ts';
export { handlerIn, handlerVersion } from './serve/handler-names.ts';
export { missingInterfaces } from './serve/deployed/missing-interfaces.ts';
export { WAITING_IMPORTS } from './p2/waiting-imports.ts';
