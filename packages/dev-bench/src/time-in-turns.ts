import { quantile } from '@wit-ts/dev-support/statistics';
import { functionOf, type GuestCall } from './benchmark-suite.ts';

/** Repeats a call the given number of times. Returns a promise if the call waits. */
export type CallLoop = (times: number) => unknown;

/** How long each contender warms up, in milliseconds. */
const WARM_UP = 150;
/** The same for a call that waits. Its many small functions are optimised later than the few of other calls. */
const WAITING_WARM_UP = 600;
/** How long a sample takes, in milliseconds. */
const SAMPLE = 1;
const ROUNDS = 41;
/** A contender gets no further samples after this many milliseconds, once it has the least number of samples. */
const TIME_LIMIT = 150;
const FEWEST_SAMPLES = 7;
/** The same for a call that takes longer than a second. */
const FEWEST_LONG_SAMPLES = 2;

/**
 * Times all contenders of a row in turns, so that whatever disturbs the machine disturbs all of them: a warm-up for
 * each, then rounds in rotating order with a sample of about one millisecond for each. Returns the nanoseconds of one
 * call, by contender.
 */
export async function timeInTurns<Name extends string>(
  loops: ReadonlyMap<Name, CallLoop>,
): Promise<Map<Name, number>> {
  const contenders: { name: Name; loop: CallLoop; times: number; samples: number[] }[] = [];
  for (const [name, loop] of loops) {
    contenders.push({ name, loop, times: await callsInSample(loop), samples: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { loop, times, samples } = contenders[(round + turn) % contenders.length]!;
      const sample = samples.length === 0 ? 0 : (samples.at(-1)! * times) / 1e6;
      const fewest = sample > 1000 ? FEWEST_LONG_SAMPLES : FEWEST_SAMPLES;
      if (samples.length >= fewest && samples.length * sample > TIME_LIMIT) continue;
      collectYoungObjects();
      samples.push((await timeLoop(loop, times)) / times);
    }
  }
  return new Map(contenders.map(({ name, samples }) => [name, lowerQuartile(samples)]));
}

/**
 * The garbage of one contender must not be collected in the time of another. Only young objects are collected: a full
 * collection also drops hidden classes that have no objects at the moment, and the optimised code that depends on them.
 */
function collectYoungObjects(): void {
  globalThis.gc?.({ type: 'minor' });
}

/** Warms a loop up and returns how many calls fill a sample. */
async function callsInSample(loop: CallLoop): Promise<number> {
  let times = 1;
  let spent = 0;
  const warmUp = isAsynchronous(loop) ? WAITING_WARM_UP : WARM_UP;
  for (;;) {
    const took = await timeLoop(loop, times);
    spent += took;
    if (spent >= warmUp * 1e6) return Math.max(1, Math.round((times * SAMPLE * 1e6) / took));
    if (took < 5 * SAMPLE * 1e6) times *= 2;
  }
}

function isAsynchronous(loop: CallLoop): boolean {
  return Object.prototype.toString.call(loop) === '[object AsyncFunction]';
}

/** Returns nanoseconds. */
async function timeLoop(loop: CallLoop, times: number): Promise<number> {
  const start = performance.now();
  const running = loop(times);
  if (running instanceof Promise) await running;
  return (performance.now() - start) * 1e6;
}

/**
 * Other programs can only make a sample longer, and most samples are shorter than a time slice of the operating system.
 */
function lowerQuartile(samples: readonly number[]): number {
  return quantile(samples, 0.25);
}

let loopsMade = 0;

/**
 * Makes a loop for one guest and one call. Each loop is a function with its own text: an engine would optimise a shared
 * function for all contenders at once, and it also shares what it learns between functions with equal text.
 */
export function makeCallLoop(guest: object, call: GuestCall): CallLoop {
  const { setup = '', code } = call;
  loopsMade += 1;
  const text = (keyword: string): string => `${setup}
    return ${keyword} loop${loopsMade}(times) {
      let last;
      for (let i = 0; i < times; i++) { ${code} }
      return last;
    };`;
  return functionOf(call, guest, text) as CallLoop;
}

/**
 * Makes a loop that copies the given number of bytes in chunks of 64 KiB, from one place to another, as fast as the
 * platform copies.
 */
export function makeCopyLoop(bytes: number): CallLoop {
  const source = new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer);
  const target = new Uint8Array(CHUNK);
  return (times) => {
    for (let left = bytes * times; left > 0; left -= CHUNK) {
      target.set(left < CHUNK ? source.subarray(0, left) : source);
    }
  };
}

const CHUNK = 65_536;
