import { argumentNames, type Call } from './suite.ts';

export type Loop = (times: number) => unknown;

/** Milliseconds. */
const warmUp = 150;
const sample = 1;
const rounds = 41;
/** A call that takes long is not repeated beyond so much time, if there are a few samples. */
const patience = 150;
const fewest = 7;

/**
 * Times all contenders of one row in turns, so that whatever happens to the machine meanwhile happens to all of them: a
 * warm-up each, then rounds of about a millisecond each in rotating order. Gives nanoseconds of one call for each contender.
 */
export function measure<Name extends string>(loops: ReadonlyMap<Name, Loop>): Map<Name, number> {
  const entrants = [...loops].map(([name, loop]) => {
    const samples: number[] = [];
    return { name, loop, times: settle(loop), samples };
  });
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < entrants.length; turn++) {
      const { loop, times, samples } = entrants[(round + turn) % entrants.length]!;
      if (samples.length >= fewest && (samples.length * samples.at(-1)! * times) / 1e6 > patience) continue;
      collectGarbage();
      samples.push(time(loop, times) / times);
    }
  }
  return new Map(entrants.map(({ name, samples }) => [name, undisturbed(samples)]));
}

/**
 * What one contender leaves behind must not be cleared away in the time of another. Young objects only: a full collection
 * takes hidden classes away that have no objects now, and with them the code that was optimised for them.
 */
function collectGarbage(): void {
  globalThis.gc?.({ type: 'minor' });
}

/** Warms up, and finds how many calls fill a sample. */
function settle(loop: Loop): number {
  let times = 1;
  let spent = 0;
  for (;;) {
    const took = time(loop, times);
    spent += took;
    if (spent >= warmUp * 1e6) return Math.max(1, Math.round((times * sample * 1e6) / took));
    if (took < 5 * sample * 1e6) times *= 2;
  }
}

function time(loop: Loop, times: number): number {
  const start = performance.now();
  loop(times);
  return (performance.now() - start) * 1e6;
}

/** The lower quartile: other programs only ever add to a sample, and a sample is shorter than what the system gives them. */
function undisturbed(samples: readonly number[]): number {
  return at(samples, 0.25);
}

function at(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)]!;
}

/** The middle of some numbers. */
export function median(samples: readonly number[]): number {
  return at(samples, 0.5);
}

/** The mean of ratios. */
export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}

let loopsMade = 0;

/**
 * A loop of its own for each guest and call. Shared code would be optimised for all of them at once, and the text differs
 * because the engine shares what it learns between functions of the same text.
 */
export function makeLoop(guest: object, { before = '', code, args }: Call): Loop {
  loopsMade += 1;
  const make = new Function(
    'guest',
    ...argumentNames(args),
    `${before}
    return function loop${loopsMade}(times) {
      let last;
      for (let i = 0; i < times; i++) { ${code} }
      return last;
    };`,
  );
  return make(guest, ...args);
}
