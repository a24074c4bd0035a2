import { testFusedCalls } from './fixtures/fuse-laws.ts';

testFusedCalls(1);
