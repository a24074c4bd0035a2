import { awaitedCall, type BenchmarkRow, type BenchmarkSuite, type GuestCall } from '../benchmark-suite.ts';
import { asyncContenders, asyncHost } from './async-contenders.ts';

const rows: readonly BenchmarkRow[] = [
  { name: 'async call that returns at once, u32', call: awaitedCall('producer.now', [41], 42) },
  { name: 'async call that returns at once, string', call: echo('hello, world') },
  { name: 'async call that waits for the host', call: awaitedCall('consumer.wait', [41], 42) },
  { name: 'async call that suspends its stack', call: awaitedCall('blocker.wait', [41], 42) },
  { name: '100 async imports, plain values', call: awaitedCall('consumer.callHostNow', [100], 100) },
  { name: '100 async imports, promises', call: awaitedCall('consumer.callHostLater', [100], 100) },
  { name: 'callback that yields 100 times', call: awaitedCall('producer.yield', [100], 100) },
  { name: '1,000 async calls between, u32', call: awaitedCall('consumer.callNow', [1000], 1000) },
  { name: '1,000 async calls between, string', call: callEcho(1000, 'hello, world') },
  { name: '100 async calls between that wait', call: awaitedCall('consumer.callYield', [100], 100) },
  { name: '1,000 tasks that wait at the same time', call: hold(1000) },
];

const unmeasuredCalls: readonly GuestCall[] = [
  awaitedCall('producer.now', [0xffff_ffff], 0),
  echo(''),
  echo('ä🦊'.repeat(100)),
  ...[0, 1, 7].flatMap((times) =>
    [
      'producer.yield',
      'consumer.callHostNow',
      'consumer.callHostLater',
      'consumer.callNow',
      'consumer.callYield',
    ].map((name) => awaitedCall(name, [times], times)),
  ),
  callEcho(0, 'hello'),
  callEcho(3, 'ä🦊'.repeat(100)),
  hold(1),
  hold(50),
];

function echo(text: string): GuestCall {
  return awaitedCall('producer.echo', [text], text);
}

function callEcho(times: number, text: string): GuestCall {
  return awaitedCall('consumer.callEcho', [times, text], times * new TextEncoder().encode(text).length);
}

/** Every task waits until all of them have called the host. */
function hold(tasks: number): GuestCall {
  return {
    code: `
      arg1.expect(arg0);
      const waiting = [];
      for (let task = 0; task < arg0; task++) waiting.push(guest.consumer.hold(task));
      last = 0;
      for (const value of await Promise.all(waiting)) last += value;`,
    waits: true,
    args: [tasks, asyncHost],
    answer: { value: (tasks * (tasks - 1)) / 2 },
  };
}

/** Asynchronous calls in both directions and between components. */
export const tasks: BenchmarkSuite = {
  component: 'async-bench/built/wat.wasm',
  contenders: asyncContenders,
  rows,
  unmeasuredCalls,
};
