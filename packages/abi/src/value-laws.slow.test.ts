import { testValues } from './fixtures/value-laws.ts';

testValues(2);
