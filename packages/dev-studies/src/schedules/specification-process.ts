import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProgramLog } from './log.ts';
import { topology } from './topology.ts';

const SCRIPT = fileURLToPath(new URL('specification/main.py', import.meta.url));

/** Where `definitions.py` is in the sources of the specification. */
const DEFINITIONS = 'design/mvp/canonical-abi/definitions.py';

/**
 * Returns the path of the specification's `definitions.py`.
 *
 * @param path the directory with the specification's sources, or the file itself
 * @throws Error when it is not there
 */
export function definitionsIn(path: string | undefined): string {
  if (path === undefined) {
    throw new Error(
      'the study compares with the specification: give the path of its sources ' +
        '(https://github.com/WebAssembly/component-model) with `--specification PATH` or in WIT_TS_SPECIFICATION',
    );
  }
  const file = path.endsWith('.py') ? path : join(path, DEFINITIONS);
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  return file;
}

/** What the specification's process tells. */
type SpecificationLine =
  | { readonly tag: 'program'; readonly log: ProgramLog }
  /** The checks of `definitions.py` that can trap, each as its function and line. Comes last. */
  | { readonly tag: 'checks'; readonly checks: readonly string[] };

/**
 * Runs the programs of some seeds under `definitions.py`, in a Python process.
 *
 * @throws Error when `python3` is missing or fails
 */
export async function* specificationLogs(
  definitions: string,
  firstSeed: number,
  count: number,
): AsyncGenerator<SpecificationLine> {
  const directory = await mkdtemp(join(tmpdir(), 'wit-ts-schedules-'));
  const topologyFile = join(directory, 'topology.json');
  await writeFile(topologyFile, JSON.stringify(topology));
  const child = spawn('python3', [SCRIPT, definitions, topologyFile, String(firstSeed), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('the study needs `python3`', { cause })));
    child.once('exit', resolve);
  });
  // The error is thrown below, when it is awaited.
  ended.catch(() => undefined);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const value = JSON.parse(line) as ProgramLog | { readonly checks: readonly string[] };
      yield 'checks' in value ? { tag: 'checks', ...value } : { tag: 'program', log: value };
    }
    const code = await ended;
    if (code !== 0) throw new Error(`the specification's process ended with code ${code}`);
  } finally {
    child.kill();
    await rm(directory, { recursive: true, force: true });
  }
}
