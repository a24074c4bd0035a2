import { fileURLToPath } from 'node:url';
import { jsonFromProcess } from './json-process.ts';

/** Something whose work must grow no faster than its size. */
export interface GrowthCase {
  readonly name: string;
  /** Returns the task of a size; making its input is not counted. */
  readonly task: (size: number) => () => unknown;
  readonly size: number;
}

/** The blocks of JavaScript that a task executes at its size, and at twice its size. */
export interface Growth {
  readonly once: number;
  readonly twice: number;
}

/**
 * Counts the work of every case that a module exports as `growthCases`, in a new Node process. The engine counts
 * executed blocks (functions, loop bodies, branches), so the numbers do not depend on the speed or the load of the
 * machine: work that is linear doubles with the size, and work that is quadratic quadruples. The engine does not count
 * what its built-in functions do inside, such as copying an array or matching a regular expression.
 */
export async function growthOf(module: URL): Promise<ReadonlyMap<string, Growth>> {
  const script = new URL('count-growth.ts', import.meta.url);
  const flags = ['--conditions=@wit-ts/source'];
  const counted = await jsonFromProcess<[string, Growth][]>(script, [fileURLToPath(module)], flags);
  return new Map(counted);
}
