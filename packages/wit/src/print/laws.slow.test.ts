import { printLaws } from '../fixtures/print-laws.ts';

printLaws(0.3);
