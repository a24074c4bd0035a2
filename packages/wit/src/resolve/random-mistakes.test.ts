import { resolveLaws } from '../fixtures/resolve-laws.ts';

// A tenth of the runs of `random-mistakes.slow.test.ts`.
resolveLaws(0.1);
