import type { InstantiateOptions, Stream } from '@wit-ts/runtime';
import type { CaseContext } from '../platform-case.ts';
import { later } from './later.ts';

export interface BenchEntry {
  readonly id: bigint;
  readonly name: string;
  readonly score: number;
}

/** An instance of the component in `test-components/async-bench`; its `wit/world.wit` says what each function does. */
interface AsyncBench {
  readonly producer: {
    yield(times: number): Promise<number>;
    giveBytes(total: number): Promise<Stream<number, Uint8Array>>;
    giveEntries(total: number): Promise<Stream<BenchEntry>>;
    giveNumber(a: number): Promise<number>;
    giveText(): Promise<string>;
  };
  readonly consumer: Record<
    'wait' | 'hold' | 'callHostNow' | 'callHostLater' | 'callNow' | 'callYield' | 'pipeEntries',
    (a: number) => Promise<number>
  > &
    Record<'takeEntries' | 'takeNumber' | 'takeText', (given: unknown) => Promise<number>> & {
      callEcho(times: number, text: string): Promise<number>;
      pipeBytes(total: number, stride: number): Promise<number>;
      takeBytes(bytes: unknown, stride: number): Promise<number>;
      dropBytes(bytes: unknown): void;
      openAndDrop(times: number, order: number): number;
    };
  readonly blocker: { wait(a: number): Promise<number> };
}

export function asyncBench(
  context: CaseContext,
  host: object = {},
  options: InstantiateOptions = {},
): Promise<AsyncBench> {
  const given = { now: (a: number) => a + 1, later: (a: number) => later(a + 1), hold: (a: number) => a };
  return context.instance<AsyncBench>('async-bench', { 'bench:tasks/host': { ...given, ...host } }, options);
}

/** What `take-bytes` returns. */
export function checksum(bytes: Iterable<number>, stride = 1): number {
  let [sum, at] = [0, 0];
  for (const byte of bytes) {
    if (at % stride === 0) sum = (Math.imul(sum, 31) + byte) >>> 0;
    at += 1;
  }
  return sum;
}

/** What `take-entries` returns. */
export function entriesChecksum(entries: readonly BenchEntry[]): number {
  let sum = 0;
  for (const { id, name, score } of entries) {
    const bytes = new TextEncoder().encode(name);
    sum = (Math.imul(sum, 31) + Number(id) + Math.trunc(score) + bytes.length + (bytes.at(-1) ?? 0)) >>> 0;
  }
  return sum;
}

/** What `give-bytes` writes. */
export function givenBytes(total: number): Uint8Array {
  const bytes = Uint8Array.from({ length: total }, (_, at) => {
    const i = at % 65_536;
    return i * 7 + (i >> 8);
  });
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 8 <= total; at += 65_536) view.setBigUint64(at, BigInt(at / 65_536), true);
  return bytes;
}
