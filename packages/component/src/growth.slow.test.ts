import { testGrowth } from './fixtures/growth.ts';

testGrowth(5000);
