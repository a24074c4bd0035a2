import { platform } from '#platform';
import type { Grants } from '../grants.ts';
import { type Program, type ProgramSource, readProgram } from '../run/program-source.ts';
import { checkGrants } from '../system/check-grants.ts';
import { networkGrants } from '../system/network-grants.ts';
import { Deadline } from './deadline.ts';
import { ReceivedCalls } from './reported-calls.ts';
import type { ClonedOptions, FromWorker, Start } from './messages.ts';
import { errorFrom } from './posted-errors.ts';
import { dividedGrants } from './posted-grants.ts';
import { dividedLimits, limitsOfRun } from './posted-limits.ts';
import { StreamBridge } from './stream-bridge.ts';

/** The options of `runInWorker`. */
export interface WorkerOptions extends ClonedOptions {
  /** Milliseconds from the call, after which the program is ended wherever it is. */
  readonly timeout?: number;
  /** Ends the program when it is aborted; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Does what `run` does in a thread of its own, so that the thread of the host stays free, and the program can be ended
 * even if it loops for ever. Directories are given by their path, and clocks without functions. Standard streams may be
 * anything; `onRefused` and `onCall` are called in the thread of the host.
 *
 * A `Fuel` in the limits learns what was used when the program has ended itself, and not after a timeout or a signal.
 * The program has what is left of it at the start.
 *
 * Deno (denoland/deno#35657) and Bun (oven-sh/bun#36356) do not end a thread that loops without calling the host: the
 * promise rejects in time, and the thread goes on. `limits.fuel` ends such a program there, too.
 *
 * In browsers, `onCall` and standard streams other than bytes and text need a page that is isolated
 * (`crossOriginIsolated`).
 *
 * @throws TimeoutError when the program ran longer than `timeout`
 * @throws what `run` throws
 */
export async function runInWorker(
  source: ProgramSource,
  grants: Grants = {},
  { timeout, signal, ...options }: WorkerOptions = {},
): Promise<number> {
  if (timeout !== undefined && !(timeout > 0))
    throw new TypeError(`options.timeout: expected a number of milliseconds above 0, got ${timeout}`);
  checkGrants(grants);
  networkGrants(grants);
  const deadline = new Deadline(timeout, signal);
  try {
    const program = await readProgram(source, options.limits);
    return await deadline.orLess(() => runPosted(program, grants, options, deadline));
  } finally {
    deadline.clear();
  }
}

async function runPosted(
  program: Program,
  grants: Grants,
  options: ClonedOptions,
  deadline: Deadline,
): Promise<number> {
  const posted = dividedGrants(grants);
  const limits = limitsOfRun(program, options.limits);
  const { cloned, fuel, spend } = dividedLimits(limits);
  const thread = platform.startWorker();
  const bridge = new StreamBridge(thread, posted);
  const calls = grants.onCall && new ReceivedCalls(grants.onCall);
  const ending = Promise.withResolvers<number>();
  const { resolve, reject } = ending;
  thread.listen((message: FromWorker) => {
    if (message.tag === 'wake') bridge.wakeUps.wake();
    else if (message.tag === 'refused') grants.onRefused?.(message.refusal);
    else if (message.tag === 'called') calls?.receive(message.call, reject);
    else {
      if (message.used !== undefined) spend(message.used);
      if (message.tag === 'ended') resolve(message.code);
      else void errorFrom(message.error).then(reject);
    }
  }, reject);
  try {
    thread.post({
      program: postable(program, limits !== undefined),
      grants: posted.cloned,
      rings: bridge.rings,
      reportsRefusals: grants.onRefused !== undefined,
      reportedCalls: calls?.memory,
      options: { ...options, ...(cloned !== undefined && { limits: cloned }) },
      fuel,
    } satisfies Start);
    const code = await deadline.orLess(() => ending.promise);
    await deadline.orLess(() => bridge.outputsWritten());
    return code;
  } finally {
    bridge.close();
    await thread.terminate();
  }
}

function postable(program: Program, isLimited: boolean): Start['program'] {
  if (program.tag === 'core-module') return program.module;
  if (!('plan' in program.component)) return program.component;
  const transferable = program.component.toTransferable();
  // The core modules may have been compiled for other limits, or without any.
  return isLimited ? transferable.bytes : transferable;
}
