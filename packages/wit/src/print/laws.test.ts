import { printLaws } from '../fixtures/print-laws.ts';

// A tenth of the runs of `laws.slow.test.ts`.
printLaws(0.1);
