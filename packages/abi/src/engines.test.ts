import { testEngines } from './fixtures/engine-laws.ts';

// A sample; `engines.slow.test.ts` tries all cases.
testEngines(0.05);
