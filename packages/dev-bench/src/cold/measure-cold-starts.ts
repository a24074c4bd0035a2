import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonFromProcess } from '@wit-ts/dev-support/json-process';
import { median } from '@wit-ts/dev-support/statistics';
import { temporaryDirectory, transpileWithJco } from '../contenders/transpile-with-jco.ts';
import { writeStaticModule } from '../contenders/static-module.ts';
import { writeTranspiled } from '../contenders/transpiled-module.ts';
import type { ColdGuest } from './cold-guests.ts';
import { type ColdStart, type WayToStart, isWayToStart, waysToStart } from './ways-to-start.ts';

/** What a start costs, in milliseconds. */
interface ColdFigures extends ColdStart {
  /**
   * The time to the first answer when no garbage collection happens, because the young generation is large enough. With
   * Node's default size, one collection of a few milliseconds happens by chance either during the start or just before
   * it.
   */
  readonly withoutCollection: number;
}

const NO_COLLECTION = '--min-semi-space-size=16';

/**
 * Measures all ways to start in turns, each start in a new process, and returns the medians.
 *
 * @param built whether to load the JavaScript that `pnpm build` made instead of the TypeScript sources
 */
export async function measureColdStarts(
  { bytes, rounds }: ColdGuest,
  built: boolean,
): Promise<Map<WayToStart, ColdFigures>> {
  const flags = built
    ? process.execArgv.filter((flag) => !flag.includes('@wit-ts/source'))
    : process.execArgv;
  const directory = await temporaryDirectory();
  try {
    const component = join(directory, 'component.wasm');
    await writeFile(component, bytes);
    await writeTranspiled(directory, await transpileWithJco(bytes));
    await writeStaticModule(directory, bytes);
    const names = Object.keys(waysToStart).filter(isWayToStart);
    const samples = new Map(names.map((name): [WayToStart, ColdFigures[]] => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, list] of samples) list.push(await startTwice(name, [component, directory], flags));
    }
    return new Map(
      [...samples].map(([name, list]) => [
        name,
        {
          load: median(list.map(({ load }) => load)),
          firstAnswer: median(list.map(({ firstAnswer }) => firstAnswer)),
          withoutCollection: median(list.map(({ withoutCollection }) => withoutCollection)),
        },
      ]),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function startTwice(
  name: WayToStart,
  paths: readonly string[],
  flags: readonly string[],
): Promise<ColdFigures> {
  const start = await startOnce(name, paths, flags);
  const { firstAnswer } = await startOnce(name, paths, [...flags, NO_COLLECTION]);
  return { ...start, withoutCollection: firstAnswer };
}

function startOnce(name: WayToStart, paths: readonly string[], flags: readonly string[]): Promise<ColdStart> {
  return jsonFromProcess(new URL('./cold-start-process.ts', import.meta.url), [name, ...paths], flags);
}
