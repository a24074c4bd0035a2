import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, type Grants } from '@wit-ts/wasi';
import { textTable } from '@wit-ts/dev-support/text-table';
import { median } from '@wit-ts/dev-support/statistics';

/** A program that runs many times in this process. */
interface InProcessProgram {
  readonly name: string;
  readonly file: string;
  readonly grants: Grants;
  readonly code: number;
}

const ROUNDS = 30;

/**
 * Measures from the bytes of a program to its end, in this process: the first run, and the median of later ones, which
 * compile the program again; beside them `node:wasi` for programs of preview 1. They write to nobody.
 *
 * @param directory where the programs have their files
 * @throws Error when a program ends with another exit code than it should
 */
export async function measureInProcess(directory: string): Promise<string> {
  const rows: string[][] = [];
  for (const program of await inProcessPrograms(directory)) {
    const bytes = await readFile(program.file);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      ours.push(await timed(program, () => run(bytes, program.grants)));
      if (bytes[6] === 0) theirs.push(await timed(program, () => runWithNodeWasi(bytes, program.grants)));
    }
    const [first = 0, ...later] = ours;
    rows.push([
      program.name,
      show(first),
      show(median(later)),
      ...(theirs.length > 0 ? [show(median(theirs.slice(1)))] : ['–']),
    ]);
  }
  return `${textTable(['bytes → exit', 'first', 'later', 'node:wasi'], rows)}\n\nMedians of ${ROUNDS} runs in turn.`;
}

async function inProcessPrograms(directory: string): Promise<readonly InProcessProgram[]> {
  const sample = fileURLToPath(
    new URL('../../../../test-components/log-analyzer/sample/log.ndjson', import.meta.url),
  );
  const host = join(directory, 'box');
  await mkdir(host);
  await writeFile(join(host, 'hello.txt'), 'Hello');
  await writeFile(join(host, 'input.txt'), 'some text');
  const common: Grants = {
    clocks: true,
    random: true,
    exit: true,
    stdout: () => undefined,
    stderr: () => undefined,
  };
  const dir = (guest: string): Grants => ({ ...common, dirs: [{ host, guest, write: true }] });
  return [
    {
      name: 'hello-env',
      file: built('hello-env/built/rust'),
      grants: { ...common, env: { NAME: 'Ada' } },
      code: 0,
    },
    { name: 'hello-write', file: built('hello-write/built/rust'), grants: dir('/'), code: 0 },
    { name: 'read-file', file: built('read-file/built/rust'), grants: dir('/'), code: 0 },
    {
      name: 'sandbox-tour',
      file: built('sandbox-tour/built/rust'),
      grants: { ...dir('/data'), stdin: '' },
      code: 0,
    },
    {
      name: 'log-analyzer, the sample of its folder',
      file: built('log-analyzer/built/rust'),
      grants: { ...common, stdin: await readFile(sample) },
      code: 0,
    },
    {
      name: 'sleepers (0.3), which sleeps for 100 ms',
      file: built('sleepers/built/c'),
      grants: common,
      code: 0,
    },
  ];
}

async function timed(program: InProcessProgram, start: () => Promise<number>): Promise<number> {
  const begin = performance.now();
  const code = await start();
  const time = performance.now() - begin;
  if (code !== program.code) throw new Error(`${program.name} ended with the exit code ${code}`);
  return time;
}

/** `node:wasi` takes its streams as descriptors of the system only, so that its programs print to `/dev/null`. */
async function runWithNodeWasi(
  bytes: Uint8Array<ArrayBuffer>,
  { env = {}, dirs = [] }: Grants,
): Promise<number> {
  const { WASI } = createRequire(import.meta.url)('node:wasi') as typeof import('node:wasi');
  const { openSync, closeSync } = createRequire(import.meta.url)('node:fs') as typeof import('node:fs');
  const nothing = openSync('/dev/null', 'r+');
  const preopens = Object.fromEntries(
    dirs.flatMap((dir) => (typeof dir.host === 'string' ? [[dir.guest, dir.host]] : [])),
  );
  const streams = { stdin: nothing, stdout: nothing, stderr: nothing };
  const wasi = new WASI({ version: 'preview1', env: { ...env }, preopens, returnOnExit: true, ...streams });
  const module = await WebAssembly.compile(bytes);
  const code = wasi.start(
    await WebAssembly.instantiate(module, wasi.getImportObject() as WebAssembly.Imports),
  );
  closeSync(nothing);
  return code;
}

function show(milliseconds: number): string {
  return `${milliseconds.toFixed(2)} ms`;
}

function built(name: string): string {
  return fileURLToPath(new URL(`../../../../test-components/${name}.wasm`, import.meta.url));
}
