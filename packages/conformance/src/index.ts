export type { Case, Suite, SuiteOptions } from './suite.ts';
export { assembleWat, WatError } from './wat.ts';
