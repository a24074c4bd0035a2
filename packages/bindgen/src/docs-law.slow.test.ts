import { testDocumentation } from './fixtures/docs-law.ts';

testDocumentation(40);
