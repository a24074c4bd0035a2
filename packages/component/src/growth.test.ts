import { testGrowth } from './fixtures/growth.ts';

// `growth.slow.test.ts` tries numbers at which work that grows with the square takes minutes.
testGrowth(200);
