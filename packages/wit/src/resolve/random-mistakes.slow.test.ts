import { resolveLaws } from '../fixtures/resolve-laws.ts';

resolveLaws(1);
