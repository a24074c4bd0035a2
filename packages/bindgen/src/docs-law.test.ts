import { testDocumentation } from './fixtures/docs-law.ts';

// A sample; `docs-law.slow.test.ts` tries more texts.
testDocumentation(4);
