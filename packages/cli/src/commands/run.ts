import type { CommandContext } from '../command-context.ts';
import { usageFailure } from '../failure.ts';
import { grantsOf } from '../grants/grants-of.ts';
import type { ProgramFlags } from '../run/run-program.ts';

interface RunFlags extends ProgramFlags {
  readonly invoke?: string;
}

/** Runs a program, or calls one export of a component, with what the flags grant. */
export async function run(
  context: CommandContext,
  [given = '', ...args]: readonly string[],
  flags: RunFlags,
): Promise<number> {
  const { invoke } = flags;
  const grants = grantsOf(flags, { program: given, args, cwd: context.io.cwd, env: context.io.env });
  // Each is loaded alone: most of what takes time until a small program starts is code that it does not need.
  if (invoke === undefined)
    return (await import('../run/run-program.ts')).runProgram(context, given, grants, flags);
  if (args.length > 0)
    throw usageFailure(
      `\`${args[0]}\` is not used: a call has its arguments in parentheses`,
      `--invoke 'name(args)'`,
    );
  return (await import('../invoke/invoke-export.ts')).invokeExport(context, given, invoke, grants, flags);
}
