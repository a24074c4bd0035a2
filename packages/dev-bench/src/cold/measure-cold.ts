import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jcoFiles, temporaryDirectory } from '../contenders/jco.ts';
import { writeTranspiled } from '../contenders/jco-generated.ts';
import { median } from '../measure.ts';
import type { ColdGuest } from './guests.ts';
import { type ColdStart, type StartName, isStartName, starts } from './starts.ts';

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

/** What a start costs. */
export interface ColdFigures extends ColdStart {
  /**
   * The first answer where the young generation is large enough for all of it. As Node sets it, one garbage collection of some
   * milliseconds falls into the start or just before it, as chance has it.
   */
  readonly withoutCollection: number;
}

const calm = '--min-semi-space-size=16';

/**
 * Median times of every way to start, each time in a process of its own, in turns.
 *
 * @param built whether to load wit-ts as it is published, which `pnpm build` has made, instead of its TypeScript
 */
export async function measureCold(
  { bytes, rounds }: ColdGuest,
  built: boolean,
): Promise<Map<StartName, ColdFigures>> {
  const flags = built
    ? process.execArgv.filter((flag) => !flag.includes('@wit-ts/source'))
    : process.execArgv;
  const directory = await temporaryDirectory();
  try {
    const component = join(directory, 'component.wasm');
    await writeFile(component, bytes);
    await writeTranspiled(directory, await jcoFiles(bytes));
    const names = Object.keys(starts).filter(isStartName);
    const samples = new Map(names.map((name): [StartName, ColdFigures[]] => [name, []]));
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

const run = promisify(execFile);

async function startTwice(
  name: StartName,
  paths: readonly string[],
  flags: readonly string[],
): Promise<ColdFigures> {
  const start = await startOnce(name, paths, flags);
  const { firstAnswer } = await startOnce(name, paths, [...flags, calm]);
  return { ...start, withoutCollection: firstAnswer };
}

async function startOnce(
  name: StartName,
  paths: readonly string[],
  flags: readonly string[],
): Promise<ColdStart> {
  const { stdout } = await run(process.execPath, [...flags, child, name, ...paths]);
  const result: ColdStart = JSON.parse(stdout);
  return result;
}
