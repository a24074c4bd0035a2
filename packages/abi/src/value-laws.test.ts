import { testValues } from './fixtures/value-laws.ts';

// A sample; `value-laws.slow.test.ts` tries all cases.
testValues(0.2);
