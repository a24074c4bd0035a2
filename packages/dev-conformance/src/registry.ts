import type { ConformanceSuite } from './conformance-suite.ts';

/** The suites by name, in the order in which `all` runs them. A suite is loaded only when it is about to run. */
export const conformanceSuites: ReadonlyMap<string, () => Promise<ConformanceSuite>> = new Map<
  string,
  () => Promise<ConformanceSuite>
>([
  ['wit-pass', async () => (await import('./suites/wit-pass.ts')).witPass],
  ['wit-fail', async () => (await import('./suites/wit-fail.ts')).witFail],
  ['wit-print', async () => (await import('./suites/wit-print.ts')).witPrint],
  ['decode', async () => (await import('./suites/decode.ts')).decodeSuite],
  ['wast', async () => (await import('./suites/wast.ts')).wast],
  ['vectors', async () => (await import('./suites/vectors.ts')).vectors],
  ['wasi', async () => (await import('./suites/wasi.ts')).wasi],
]);
