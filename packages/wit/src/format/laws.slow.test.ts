import { formatLaws } from '../fixtures/format-laws.ts';

formatLaws(1);
