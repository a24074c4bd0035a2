export { runSuite } from './run-suite.ts';
export { conformanceSuites } from './registry.ts';
export {
  compareWithKnown,
  loadKnownFailures,
  type KnownFailureComparison,
  type KnownFailure,
  type KnownFailures,
} from './known-failures.ts';
export { documentedScores } from './scores-page.ts';
export type { CaseResult, SuiteReport, ConformanceSuite, SuiteOptions } from './conformance-suite.ts';
export { assembleCachedWat, WatError } from './assemble-wat.ts';
export { assembleComponent } from './wast/assemble-component.ts';
export { readScript, type DirectiveAction, type ComponentForm, type Directive } from './wast/read-script.ts';
