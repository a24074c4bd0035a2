import { formatLaws } from '../fixtures/format-laws.ts';

// A tenth of the runs of `laws.slow.test.ts`.
formatLaws(0.1);
