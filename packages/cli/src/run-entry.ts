import { CommandContext, type CommonOptions } from './command-context.ts';
import type { CommandEntry } from './commands/command-table.ts';
import type { Io } from './io.ts';

/**
 * Loads a command and runs it.
 *
 * @param options the values of its flags
 * @throws what the command fails with
 */
export async function runEntry(
  entry: CommandEntry,
  io: Io,
  args: readonly string[],
  options: CommonOptions,
): Promise<number> {
  const run = await entry.load();
  return run(new CommandContext(io, options), args, options as never);
}
