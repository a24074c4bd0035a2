import { testFusedCalls } from './fixtures/fuse-laws.ts';

// A sample; `fuse-engines.slow.test.ts` tries all cases.
testFusedCalls(0.05);
