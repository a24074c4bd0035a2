import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { functionsAtTop } from './eager-functions.ts';

/** What Node writes about the functions of a process. */
interface CoverageReport {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

/** The names of functions, by the name of the file in which they are declared at the top level. */
export type CalledFunctions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Runs a script in another process, and returns the functions of the files below `dist` that it calls, and that the
 * processes call which it starts.
 *
 * Throws an Error when the script fails.
 */
export async function calledFunctions(script: string, dist: string): Promise<CalledFunctions> {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-called-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, [script, dist], {
      env: { ...process.env, NODE_V8_COVERAGE: directory },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`\`${script}\` failed:\n${stderr}`);
    const called = new Map<string, Set<string>>();
    for (const file of await readdir(directory)) {
      const report = JSON.parse(await readFile(join(directory, file), 'utf8')) as CoverageReport;
      for (const { url, functions } of report.result) {
        if (!url.startsWith(`${pathToFileURL(dist).href}/`)) continue;
        const starts = new Set(
          functions.flatMap(({ ranges: [first] }) => (first!.count > 0 ? [first!.startOffset] : [])),
        );
        const code = await readFile(fileURLToPath(url), 'utf8');
        // The script may start several processes.
        const names = called.get(url) ?? new Set();
        called.set(url, names);
        for (const { name, start } of functionsAtTop(code)) if (starts.has(start)) names.add(name);
      }
    }
    return new Map(
      [...called].map(([url, names]) => [url.slice(pathToFileURL(dist).href.length + 1), names]),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
