import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '@wit-ts/dev-support/statistics';

/** What a process has used, with the processes of Node that it started. */
interface ProcessUse {
  /** Milliseconds from its start to its end. */
  readonly wall: number;
  /** Milliseconds of the processor, those of the system too. */
  readonly cpu: number;
  /** Bytes that the largest process had in memory. */
  readonly peak: number;
}

/** A process to measure. */
export interface MeasuredCommand {
  readonly name: string;
  /** The arguments of Node. */
  readonly args: readonly string[];
  /** A file that is its standard input. */
  readonly input?: string;
  /** How many zeroes it is given through a pipe. Its output goes through another one then. */
  readonly pipedBytes?: number;
}

interface ResourceUse {
  readonly userCPUTime: number;
  readonly systemCPUTime: number;
  /** Kilobytes. */
  readonly maxRSS: number;
}

/** Each process of Node appends what it has used to a file. It loads nothing that Node has not loaded already. */
const REPORTER = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => process.getBuiltinModule('node:fs').appendFileSync(
     process.env.WIT_TS_USE, JSON.stringify(process.resourceUsage()) + '\\n'));`,
)}`;

const FAILED = 'the measured command failed';
const PIPELINE = `bytes=$1; shift; head -c "$bytes" /dev/zero | { "$@" || echo '${FAILED}' >&2; } | cat > /dev/null`;

/** Runs a process to its end. @throws Error when it fails, with what it printed on standard error */
async function measuredProcess(command: MeasuredCommand): Promise<ProcessUse> {
  const report = join(tmpdir(), `wit-ts-use-${process.pid}`);
  rmSync(report, { force: true });
  const { input, pipedBytes } = command;
  const stdin = input === undefined ? ('ignore' as const) : openSync(input, 'r');
  const node = [process.execPath, ...command.args];
  // A shell makes pipes that block, as those of a command line do, and those of Node do not.
  const [file, ...args] =
    pipedBytes === undefined ? node : ['sh', '-c', PIPELINE, 'sh', String(pipedBytes), ...node];
  const start = performance.now();
  const child = spawn(file!, args, {
    stdio: [stdin, 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `--import=${REPORTER}`, NODE_NO_WARNINGS: '1', WIT_TS_USE: report },
  });
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const wall = performance.now() - start;
  if (typeof stdin === 'number') closeSync(stdin);
  if (code !== 0 || errors.includes(FAILED)) throw new Error(`${command.name} failed: ${errors}`);
  const uses = readFileSync(report, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ResourceUse);
  rmSync(report);
  const cpu = uses.reduce((sum, use) => sum + use.userCPUTime + use.systemCPUTime, 0) / 1000;
  return { wall, cpu, peak: Math.max(...uses.map(({ maxRSS }) => maxRSS)) * 1024 };
}

/** Runs processes in turn, so that all of them have the same machine. The first round is not counted. */
export async function measuredInTurn(
  commands: readonly MeasuredCommand[],
  rounds: number,
): Promise<readonly ProcessUse[]> {
  const uses = commands.map((): ProcessUse[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [index, command] of commands.entries()) {
      const use = await measuredProcess(command);
      if (round > 0) uses[index]!.push(use);
    }
  return uses.map((each) => ({
    wall: median(each.map(({ wall }) => wall)),
    cpu: median(each.map(({ cpu }) => cpu)),
    peak: Math.max(...each.map(({ peak }) => peak)),
  }));
}
