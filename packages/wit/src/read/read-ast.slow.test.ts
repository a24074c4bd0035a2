import { readLaws } from '../fixtures/read-laws.ts';

readLaws(1);
