import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peer, peerPath } from '@wit-ts/dev-peers';
import { COPY_PROGRAM } from './copy-program.ts';
import type { MeasuredCommand } from './measured-process.ts';

/** Commands that do the same, and what is measured with them. */
export interface ProgramTable {
  readonly name: string;
  readonly title: string;
  readonly rounds: number;
  /** The row that the others are compared with. */
  readonly baseline: string;
  readonly commands: readonly MeasuredCommand[];
}

const path = (file: string): string => fileURLToPath(new URL(`../../../../${file}`, import.meta.url));

const WIT_TS = path('packages/cli/dist/bin.js');
const HELLO = path('test-components/hello-env/built/rust.wasm');
const ANALYZER = path('test-components/log-analyzer/built/rust.wasm');
const WASI3 = path('test-components/wasi3/built/c.wasm');
const NODE_WASI = path('packages/dev-bench/src/programs/run-node-wasi.ts');
const JCO = '@bytecodealliance/jco/dist/jco.js';
const ADAPTER = '@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm';

/** More than the log takes. */
const MUCH = String(1e15);

const LOG_BYTES = 100_000_000;
const COPIED_BYTES = 1_000_000_000;

/** @param directory where the programs and the log are written */
export async function programTables(directory: string): Promise<readonly ProgramTable[]> {
  const hello = await asComponent(directory, 'hello', await readFile(HELLO));
  const copyBytes = await (await peer('wasm-tools')).parse(COPY_PROGRAM);
  const copy = join(directory, 'copy.wasm');
  await writeFile(copy, copyBytes);
  const copyComponent = await asComponent(directory, 'copy', copyBytes);
  const log = join(directory, 'log');
  const nodeWasi = await asJavaScript(directory);
  return [
    {
      name: 'start',
      title: 'hello-env as a process',
      rounds: 20,
      baseline: 'node:wasi',
      commands: [
        { name: 'node -e 0', args: ['-e', '0'] },
        { name: 'node:wasi', args: [nodeWasi, HELLO] },
        { name: 'wit-ts --version', args: [WIT_TS, '--version'] },
        { name: 'wit-ts run', args: [WIT_TS, 'run', HELLO] },
        { name: 'wit-ts run, as a component of 0.2', args: [WIT_TS, 'run', hello] },
        { name: 'jco run, as a component of 0.2', args: [peerPath(JCO), 'run', hello] },
      ],
    },
    {
      name: 'log',
      title: 'log-analyzer on a log of 100 MB',
      rounds: 5,
      baseline: 'node:wasi',
      commands: [
        { name: 'node:wasi', args: [nodeWasi, ANALYZER], input: log },
        { name: 'wit-ts run', args: [WIT_TS, 'run', ANALYZER], input: log },
        { name: 'wit-ts run --fuel', args: [WIT_TS, 'run', ANALYZER, '--fuel', MUCH], input: log },
      ],
    },
    {
      name: 'copy',
      title: '1 GB from one pipe to another',
      rounds: 3,
      baseline: 'node:wasi',
      commands: [
        { name: 'node:wasi', args: [nodeWasi, copy] },
        { name: 'wit-ts run, preview 1', args: [WIT_TS, 'run', copy] },
        { name: 'wit-ts run, 0.2', args: [WIT_TS, 'run', copyComponent] },
        { name: 'wit-ts run, 0.3', args: [WIT_TS, 'run', WASI3, '--invoke', 'copy()'] },
      ].map((command) => ({ ...command, pipedBytes: COPIED_BYTES })),
    },
  ];
}

/** Writes the log that the second table reads. */
export function writeLog(directory: string): void {
  const generator = path('test-components/log-analyzer/generate.ts');
  const log = openSync(join(directory, 'log'), 'w');
  const args = ['--conditions=@wit-ts/source', generator, '--bytes', String(LOG_BYTES)];
  execFileSync(process.execPath, args, { stdio: ['ignore', log, 'inherit'] });
  closeSync(log);
}

/** `jco run` takes components only. The adapter makes one of a program of preview 1. */
async function asComponent(directory: string, name: string, bytes: Uint8Array): Promise<string> {
  const tools = await peer('wasm-tools');
  const adapter = await readFile(peerPath(ADAPTER));
  const file = join(directory, `${name}-component.wasm`);
  await writeFile(file, await tools.componentNew(bytes, [['wasi_snapshot_preview1', adapter]]));
  return file;
}

/** Writes the program for `node:wasi` as JavaScript, so that its processes do not load what strips types. */
async function asJavaScript(directory: string): Promise<string> {
  const file = join(directory, 'run-node-wasi.mjs');
  await writeFile(file, stripTypeScriptTypes(await readFile(NODE_WASI, 'utf8')));
  return file;
}
