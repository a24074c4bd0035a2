/** The functions of WASI 0.2 that may wait although they are synchronous in WIT. */
export const WAITING_IMPORTS: readonly string[] = [
  'wasi:io/poll@0.2.12#poll',
  'wasi:io/poll@0.2.12#[method]pollable.block',
  ...['blocking-read', 'blocking-skip'].map((name) => `wasi:io/streams@0.2.12#[method]input-stream.${name}`),
  ...['blocking-write-and-flush', 'blocking-flush', 'blocking-write-zeroes-and-flush', 'blocking-splice'].map(
    (name) => `wasi:io/streams@0.2.12#[method]output-stream.${name}`,
  ),
];

/** Whether the platform can suspend a component until a promise settles (JavaScript Promise Integration). */
export function canSuspend(): boolean {
  return 'Suspending' in WebAssembly;
}
