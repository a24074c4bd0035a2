/** What components need whose functions go from one component to another without the host. */
export { coreSignatureOf, passedOn } from '@wit-ts/abi';
export { CallGuards, directCallsWith, mayCompile, throughCore } from './call-guards.ts';
export { makeCall } from './make-call.ts';
export { wireCall } from './wire-calls.ts';
