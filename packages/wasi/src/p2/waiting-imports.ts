import type { System } from '../system/system.ts';

/** All functions of WASI 0.2 that wait. */
export const WAITING_IMPORTS: readonly string[] = [
  'wasi:io/poll#poll',
  'wasi:io/poll#[method]pollable.block',
  ...['read', 'skip'].map((name) => `wasi:io/streams#[method]input-stream.blocking-${name}`),
  ...['write-and-flush', 'flush', 'write-zeroes-and-flush', 'splice'].map(
    (name) => `wasi:io/streams#[method]output-stream.blocking-${name}`,
  ),
];

/**
 * Returns the imports that may return promises, because the thread cannot be blocked for something that the system
 * grants: a stream of the host, a timer in a browser, the network. Instantiate the component with
 * `suspend: { imports: waitingImports2(system) }`, or without the option if the list is empty.
 */
export function waitingImports2({ stdin, stdout, stderr, clocks, network }: System): readonly string[] {
  const blocks =
    network.isEmpty &&
    [stdin, stdout, stderr].every((stream) => stream.block !== undefined) &&
    (clocks === undefined || clocks.sleep !== undefined);
  return blocks ? [] : WAITING_IMPORTS;
}
