import { cacheLaws } from './fixtures/cache-laws.ts';

cacheLaws(1);
