import { awaitedCall, type BenchmarkRow, type BenchmarkSuite, type GuestCall } from '../benchmark-suite.ts';
import { asyncContenders } from './async-contenders.ts';
import { CHUNK, chunk, entriesSum, firstEntries, bytesSum, textSum } from './stream-contents.ts';

/** 64 MiB, which pass in chunks of 64 KiB. */
const MANY_BYTES = 1 << 26;
/** A position in each page of memory is checked, so that checking takes no time to speak of. */
const SPARSELY = 4096;

/** The host reads all chunks into one array. jco makes an array for each chunk nevertheless. */
const INTO = `{ count: ${CHUNK}, into }`;

const rows: readonly BenchmarkRow[] = [
  bytesRow('stream<u8>, 64 MiB, guest to host', giveBytes(MANY_BYTES, SPARSELY)),
  bytesRow('stream<u8>, 64 MiB, guest to host, into one array', giveBytes(MANY_BYTES, SPARSELY, INTO)),
  bytesRow('stream<u8>, 64 MiB, host to guest', takeBytes(MANY_BYTES, SPARSELY)),
  bytesRow('stream<u8>, 64 MiB, guest to guest', pipeBytes(MANY_BYTES, SPARSELY)),
  { name: 'stream<record {u64, string, f64}>, 1,000,000, guest to host', call: giveEntries(1_000_000) },
  { name: 'stream<record {u64, string, f64}>, 1,000,000, host to guest', call: takeEntries(1_000_000) },
  { name: 'stream<record {u64, string, f64}>, 1,000,000, guest to guest', call: pipeEntries(1_000_000) },
  { name: 'stream<u8>, 64 bytes, guest to host', call: giveBytes(64, 8) },
  { name: 'stream<u8>, 64 bytes, host to guest', call: takeBytes(64, 8) },
  { name: 'future<u32>, guest to host', call: giveFuture('giveNumber', [7], 7) },
  { name: 'future<u32>, host to guest', call: takeFuture('takeNumber', 7, 7) },
  { name: 'future<string>, guest to host', call: giveFuture('giveText', [], 'hello, world') },
  {
    name: 'future<string>, host to guest',
    call: takeFuture('takeText', 'hello, world', textSum('hello, world')),
  },
  { name: '900 streams and futures opened and dropped', call: openAndDrop(100) },
];

const unmeasuredCalls: readonly GuestCall[] = [
  ...[0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5].flatMap((total) => [
    giveBytes(total, 1),
    giveBytes(total, 1, INTO),
    takeBytes(total, 1),
    pipeBytes(total, 1),
  ]),
  ...[0, 1, 999, 1000, 1001, 5123].flatMap((count) => [
    giveEntries(count),
    takeEntries(count),
    pipeEntries(count),
  ]),
  takeFuture('takeText', '', 0),
  takeFuture('takeText', 'ä🦊', textSum('ä🦊')),
  openAndDrop(1),
];

function bytesRow(name: string, call: GuestCall): BenchmarkRow {
  return { name, call, bytes: MANY_BYTES };
}

/**
 * The host computes the same sum as `take-bytes` of the guest.
 *
 * @param options what the host passes to `read`
 */
function giveBytes(total: number, stride: number, options: string = String(CHUNK)): GuestCall {
  return {
    setup: `const into = new Uint8Array(${CHUNK});`,
    code: `
      const stream = await guest.producer.giveBytes(arg0);
      let sum = 0;
      let at = 0;
      for (;;) {
        const { value, done } = await stream.read(${options});
        if (done) break;
        for (; at < value.length; at += arg1) sum = (Math.imul(sum, 31) + value[at]) | 0;
        at -= value.length;
      }
      last = sum >>> 0;`,
    waits: true,
    args: [total, stride],
    answer: { value: bytesSum(total, stride) },
  };
}

/** The host gives the same chunk again and again, and writes the number of the chunk into it. */
function takeBytes(total: number, stride: number): GuestCall {
  return {
    setup: `
      const numbers = new Uint32Array(arg2.buffer);
      async function* chunks() {
        for (let left = arg0, number = 0; left > 0; left -= ${CHUNK}, number++) {
          numbers[0] = number;
          yield left < ${CHUNK} ? arg2.subarray(0, left) : arg2;
        }
      }`,
    code: 'last = await guest.consumer.takeBytes(chunks(), arg1);',
    waits: true,
    args: [total, stride, chunk(0)],
    answer: { value: bytesSum(total, stride) },
  };
}

function pipeBytes(total: number, stride: number): GuestCall {
  return awaitedCall('consumer.pipeBytes', [total, stride], bytesSum(total, stride));
}

/** The host computes the same sum as `take-entries` of the guest. */
function giveEntries(count: number): GuestCall {
  return {
    code: `
      const stream = await guest.producer.giveEntries(arg0);
      let sum = 0;
      for (;;) {
        const { value, done } = await stream.read(1000);
        if (done) break;
        const entries = Array.isArray(value) ? value : [value];
        for (const { id, name, score } of entries) {
          const length = name.length;
          sum = (Math.imul(sum, 31) + Number(id) + Math.trunc(score) + length + name.charCodeAt(length - 1)) | 0;
        }
      }
      last = sum >>> 0;`,
    waits: true,
    args: [count],
    answer: { value: entriesSum(count, count) },
  };
}

/** The host gives the same 1,000 records again and again, so that making them takes no time. */
function takeEntries(count: number): GuestCall {
  return {
    setup: `
      function* entries() {
        for (let i = 0; i < arg0; i++) yield arg1[i % 1000];
      }`,
    code: 'last = await guest.consumer.takeEntries(entries());',
    waits: true,
    args: [count, firstEntries(1000)],
    answer: { value: entriesSum(count, 1000) },
  };
}

function pipeEntries(count: number): GuestCall {
  return awaitedCall('consumer.pipeEntries', [count], entriesSum(count, count));
}

/** A promise of a promise is one promise; jco gives an object that starts to read when it is awaited. */
function giveFuture(method: string, args: readonly unknown[], value: unknown): GuestCall {
  const names = args.map((_, index) => `arg${index}`).join(', ');
  return {
    code: `last = await (await guest.producer.${method}(${names}));`,
    waits: true,
    args,
    answer: { value },
  };
}

function takeFuture(method: string, value: unknown, answer: number): GuestCall {
  return {
    code: `last = await guest.consumer.${method}(Promise.resolve(arg0));`,
    waits: true,
    args: [value],
    answer: { value: answer },
  };
}

/** Each of the nine orders in which the ends can be dropped. */
function openAndDrop(times: number): GuestCall {
  return {
    code: `
      last = 0;
      for (let order = 0; order < 9; order++) last += guest.consumer.openAndDrop(arg0, order);`,
    args: [times],
    answer: { value: 9 * times },
  };
}

/** Streams and futures in both directions and between components. */
export const streams: BenchmarkSuite = {
  component: 'async-bench/built/wat.wasm',
  contenders: asyncContenders,
  rows,
  unmeasuredCalls,
};
