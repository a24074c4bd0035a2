import type { Fuel } from '@wit-ts/runtime';
import type { Grants } from '../grants.ts';
import type { ProgramSource } from '../run/program-source.ts';
import { run } from '../run/run.ts';
import type { FromWorker, Start, ToWorker } from './messages.ts';
import { errorData } from './posted-errors.ts';
import { postedFuel } from './posted-limits.ts';
import { reportedTo } from './reported-calls.ts';
import { RingSink, RingSource } from './ring-streams.ts';
import { SharedRing } from './shared-ring.ts';
import { WakeUps } from './wake-ups.ts';

/** The thread of the host, as a worker sees it. */
export interface HostThread<To = ToWorker, From = FromWorker> {
  post(message: From): void;
  listen(listener: (message: To) => void): void;
}

/** In the worker: runs the program of the first message, and reports how it ended. */
export function serveHost(host: HostThread): void {
  const wakeUps = new WakeUps();
  host.listen((message) => {
    if (message === 'wake') wakeUps.wake();
    else void runStarted(message, host, wakeUps).then((ending) => host.post(ending));
  });
}

async function runStarted(start: Start, host: HostThread, wakeUps: WakeUps): Promise<FromWorker> {
  const fuel = start.fuel && (await postedFuel(start.fuel));
  try {
    const code = await runWith(start, fuel, grantsIn(start, host, wakeUps));
    return { tag: 'ended', code, used: fuel?.used };
  } catch (error) {
    return { tag: 'failed', error: errorData(error), used: fuel?.used };
  }
}

async function runWith(
  { program, options: given }: Start,
  fuel: Fuel | undefined,
  grants: Grants,
): Promise<number> {
  const options = fuel === undefined ? given : { ...given, limits: { ...given.limits, fuel } };
  const source: ProgramSource =
    'modules' in program ? await (await import('@wit-ts/runtime')).compile(program, options) : program;
  return run(source, grants, options);
}

function grantsIn(
  { grants, rings, reportsRefusals, reportedCalls }: Start,
  host: HostThread,
  wakeUps: WakeUps,
): Grants {
  const ringOf = (memory: SharedArrayBuffer): SharedRing =>
    new SharedRing(memory, () => host.post({ tag: 'wake' }));
  return {
    ...grants,
    ...(rings.stdin && { stdin: new RingSource(ringOf(rings.stdin), wakeUps) }),
    ...(rings.stdout && { stdout: new RingSink(ringOf(rings.stdout), wakeUps) }),
    ...(rings.stderr && { stderr: new RingSink(ringOf(rings.stderr), wakeUps) }),
    ...(reportedCalls && { onCall: reportedTo(host, reportedCalls) }),
    ...(reportsRefusals && { onRefused: (refusal) => host.post({ tag: 'refused', refusal }) }),
  };
}
