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

/**
 * Median times of every way to start, each time in a process of its own, in turns.
 *
 * @param built whether to load wit-ts as it is published, which `pnpm build` has made, instead of its TypeScript
 */
export async function measureCold(
  { bytes, rounds }: ColdGuest,
  built: boolean,
): Promise<Map<StartName, ColdStart>> {
  const flags = built
    ? process.execArgv.filter((flag) => !flag.includes('@wit-ts/source'))
    : process.execArgv;
  const directory = await temporaryDirectory();
  try {
    const component = join(directory, 'component.wasm');
    await writeFile(component, bytes);
    await writeTranspiled(directory, await jcoFiles(bytes));
    const names = Object.keys(starts).filter(isStartName);
    const samples = new Map(names.map((name): [StartName, ColdStart[]] => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, list] of samples) list.push(await startOnce(name, [component, directory], flags));
    }
    return new Map(
      [...samples].map(([name, list]) => [
        name,
        {
          load: median(list.map(({ load }) => load)),
          firstAnswer: median(list.map(({ firstAnswer }) => firstAnswer)),
        },
      ]),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const run = promisify(execFile);

async function startOnce(
  name: StartName,
  paths: readonly string[],
  flags: readonly string[],
): Promise<ColdStart> {
  const { stdout } = await run(process.execPath, [...flags, child, name, ...paths]);
  const result: ColdStart = JSON.parse(stdout);
  return result;
}
