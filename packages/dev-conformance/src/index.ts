export { runSuite } from './run-suite.ts';
export { suites } from './registry.ts';
export {
  compareWithKnown,
  loadKnownFailures,
  type Comparison,
  type KnownFailure,
  type KnownFailures,
} from './known-failures.ts';
export { documentedScores } from './markdown.ts';
export type { Case, Report, Suite, SuiteOptions } from './suite.ts';
export { assembleWat, WatError } from './wat.ts';
export { assemble as assembleComponent } from './wast/assemble.ts';
export { readScript, type Action, type ComponentForm, type Directive } from './wast/script.ts';
