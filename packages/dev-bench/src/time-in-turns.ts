import { quantile } from '@wit-ts/dev-support/statistics';
import { argumentNames, type GuestCall } from './benchmark-suite.ts';

/** Repeats a call the given number of times. */
export type CallLoop = (times: number) => unknown;

/** How long each contender warms up, in milliseconds. */
const WARM_UP = 150;
/** How long a sample takes, in milliseconds. */
const SAMPLE = 1;
const ROUNDS = 41;
/** A contender gets no further samples after this many milliseconds, once it has the least number of samples. */
const TIME_LIMIT = 150;
const FEWEST_SAMPLES = 7;

/**
 * Times all contenders of a row in turns, so that whatever disturbs the machine disturbs all of them: a warm-up for
 * each, then rounds in rotating order with a sample of about one millisecond for each. Returns the nanoseconds of one
 * call, by contender.
 */
export function timeInTurns<Name extends string>(loops: ReadonlyMap<Name, CallLoop>): Map<Name, number> {
  const contenders = [...loops].map(([name, loop]) => {
    const samples: number[] = [];
    return { name, loop, times: callsInSample(loop), samples };
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { loop, times, samples } = contenders[(round + turn) % contenders.length]!;
      const spent = samples.length === 0 ? 0 : (samples.length * samples.at(-1)! * times) / 1e6;
      if (samples.length >= FEWEST_SAMPLES && spent > TIME_LIMIT) continue;
      collectYoungObjects();
      samples.push(timeLoop(loop, times) / times);
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
function callsInSample(loop: CallLoop): number {
  let times = 1;
  let spent = 0;
  for (;;) {
    const took = timeLoop(loop, times);
    spent += took;
    if (spent >= WARM_UP * 1e6) return Math.max(1, Math.round((times * SAMPLE * 1e6) / took));
    if (took < 5 * SAMPLE * 1e6) times *= 2;
  }
}

/** Returns nanoseconds. */
function timeLoop(loop: CallLoop, times: number): number {
  const start = performance.now();
  loop(times);
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
export function makeCallLoop(guest: object, { setup = '', code, args }: GuestCall): CallLoop {
  loopsMade += 1;
  const make = new Function(
    'guest',
    ...argumentNames(args),
    `${setup}
    return function loop${loopsMade}(times) {
      let last;
      for (let i = 0; i < times; i++) { ${code} }
      return last;
    };`,
  );
  return make(guest, ...args);
}
