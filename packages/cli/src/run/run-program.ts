import { resolve } from 'node:path';
import { processOutput } from '@wit-ts/wasi/node';
import { type Grants, run, runInWorker } from '@wit-ts/wasi/run';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type Failure } from '../failure.ts';
import { millisecondsOf } from '../flag-values.ts';
import type { GrantFlags } from '../grants/grants-of.ts';
import { RefusalNotes } from '../grants/refusal-notes.ts';
import { escapeControls } from '../output-text.ts';
import { read } from '../read-input.ts';
import { fuelReport, type LimitFlags, limitsOfFlags } from './limit-flags.ts';
import { programFailure } from './program-failure.ts';

/** The flags of `run` that concern programs, besides their grants. */
export interface ProgramFlags extends LimitFlags, GrantFlags {
  readonly timeout?: string;
}

/** The exit code of a process that the signal SIGPIPE ended. */
const BROKEN_PIPE = 141;

/** How a program ended. */
interface Ending {
  /** That of the program, or of the failure. */
  readonly exitCode: number;
  readonly failure?: Failure;
}

/**
 * Runs a program, and returns its exit code. Standard output is the program's; messages and, with `--json`, a report
 * are printed on standard error.
 */
export async function runProgram(
  context: CommandContext,
  given: string,
  grants: Grants,
  flags: ProgramFlags,
): Promise<number> {
  const timeout = flags.timeout === undefined ? undefined : millisecondsOf('--timeout', flags.timeout);
  const limits = await limitsOfFlags(flags);
  const options = limits === undefined ? {} : { limits };
  const bytes = given === '-' ? await context.io.stdin() : read(resolve(context.io.cwd, given), given);
  const refusals = new RefusalNotes(context);
  const traced =
    flags.trace === true
      ? (await import('../grants/traced-grants.ts')).tracedGrants(context, flags, grants)
      : grants;
  const reported = { ...traced, onRefused: refusals.add };
  const running =
    timeout === undefined
      ? run(bytes, withQuietEnd(reported), options)
      : runInWorker(bytes, reported, { ...options, timeout });
  const { exitCode, failure } = await endingOf(running, given);
  if (context.json) {
    const error = failure && { message: failure.message, help: failure.help };
    const fuel = fuelReport(limits, failure?.exitCode !== EXIT.timeout);
    const report = { exitCode, error, fuel, refusals: refusals.all };
    // With a trace, each line is an object.
    const indentation = flags.trace === true ? undefined : 2;
    context.io.stderr.write(`${escapeControls(JSON.stringify(report, undefined, indentation))}\n`);
  } else if (failure !== undefined) {
    context.failure(failure);
  }
  return exitCode;
}

/** Ends the process when a reader such as `head` has left, before the program complains that it cannot write. */
function withQuietEnd(grants: Grants): Grants {
  if (grants.stdout !== 'inherit') return grants;
  return { ...grants, stdout: processOutput('stdout', () => process.exit(BROKEN_PIPE)) };
}

async function endingOf(running: Promise<number>, given: string): Promise<Ending> {
  try {
    return { exitCode: await running };
  } catch (error) {
    const failure = programFailure(error, given);
    // What was not started has not used standard output, where every command prints such a failure.
    if (failure.exitCode !== EXIT.trap && failure.exitCode !== EXIT.timeout) throw failure;
    return { exitCode: failure.exitCode, failure };
  }
}
