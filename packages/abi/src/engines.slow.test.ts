import { testEngines } from './fixtures/engine-laws.ts';

testEngines(0.5);
