import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPeers, peerPath } from '@wit-ts/dev-peers';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { median } from '@wit-ts/dev-support/statistics';
import { root } from '@wit-ts/dev-support/workspace';
import type { Study, StudyFindings, StudyOptions } from '../study.ts';
import { witSpeedInputs } from './wit-speed-inputs.ts';

/** Measures whole processes: how long the command line takes to start and to write types, beside `jco types`. */
export const genSpeed: Study = {
  name: 'gen-speed',
  question: 'How long does `wit-ts gen` take with the start of its process, beside `jco types`?',
  run,
};

/** How often each command runs. */
const ROUNDS = 20;

/** The goals: how many times as long as bare Node a command may take, and the share of the time of jco. */
const GOAL = { version: 1.5, gen: 3, share: 1 / 3 };

/** A command, and the times and memory of its runs. */
interface ProcessRow {
  readonly name: string;
  /** The arguments of Node. @param output a new directory */
  readonly args: (output: string) => readonly string[];
  /** In milliseconds. */
  readonly times: number[];
  /** The largest amount of memory that the process had, in bytes. */
  memory: number;
}

async function run({ count = ROUNDS }: StudyOptions): Promise<StudyFindings> {
  await installPeers();
  const rows = await commands();
  // The first run of each command fills the caches of the platform and of Node's compiler.
  for (const row of rows) measureMemory(row);
  // In turns, so that whatever disturbs the machine disturbs all of them.
  for (let round = 0; round < count; round += 1) for (const row of rows) row.times.push(timeOnce(row));
  const [node, version, smallGen, smallJco, largeGen, largeJco] = rows.map(({ times }) => median(times)) as [
    ...(readonly [number, number, number, number, number, number]),
  ];
  const missed =
    version > GOAL.version * node ||
    smallGen > GOAL.gen * node ||
    largeGen > GOAL.gen * node ||
    smallGen > GOAL.share * smallJco ||
    largeGen > GOAL.share * largeJco;
  const table = markdownTable(
    ['process', 'median', 'fastest', 'as long as bare Node', 'memory'],
    rows.map(({ name, times, memory }) => [
      name,
      `${median(times).toFixed(0)} ms`,
      `${Math.min(...times).toFixed(0)} ms`,
      `${(median(times) / node).toFixed(1)}×`,
      `${(memory / 1e6).toFixed(0)} MB`,
    ]),
  );
  return { markdown: table.join('\n'), failed: missed, data: rows };
}

async function commands(): Promise<readonly ProcessRow[]> {
  const witTs = join(root, 'packages/cli/dist/bin.js');
  const jco = peerPath('@bytecodealliance/jco/dist/jco.js');
  const small = join(root, 'test-components/edge-handler/wit');
  const large = (await witSpeedInputs())[0]!.directory;
  const row = (name: string, args: ProcessRow['args']): ProcessRow => ({ name, args, times: [], memory: 0 });
  return [
    row('`node -e 0`', () => ['-e', '0']),
    row('`wit-ts --version`', () => [witTs, '--version']),
    row('`wit-ts gen`, the edge handler', (output) => [witTs, 'gen', small, '-o', output]),
    row('`jco types`, the edge handler', (output) => [jco, 'types', small, '-o', output]),
    row('`wit-ts gen`, `wasi:http/proxy`', (output) => [
      witTs,
      'gen',
      large,
      '-w',
      'wasi:http/proxy',
      '-o',
      output,
    ]),
    row('`jco types`, `wasi:http/proxy`', (output) => [
      jco,
      'types',
      large,
      '-n',
      'wasi:http/proxy@0.2.12',
      '-o',
      output,
    ]),
  ];
}

function timeOnce({ args }: ProcessRow): number {
  return inDirectory((directory) => {
    const started = performance.now();
    runNode(args(join(directory, 'generated')));
    return performance.now() - started;
  });
}

/** Asks the process for its memory when it ends. The times are of processes that are not asked. */
function measureMemory(row: ProcessRow): void {
  inDirectory((directory) => {
    const file = join(directory, 'memory');
    const script = `process.on('exit', () => process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`;
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
    runNode([...flags, ...row.args(join(directory, 'generated'))]);
    row.memory = Number(readFileSync(file, 'utf8')) * 1024;
  });
}

function runNode(args: readonly string[]): void {
  // Only the arguments determine the options of Node.
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${String(stderr)}`);
}

function inDirectory<Result>(use: (directory: string) => Result): Result {
  const directory = mkdtempSync(join(tmpdir(), 'wit-ts-gen-speed-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
