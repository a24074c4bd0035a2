import type { Package, Resolve, World } from '@wit-ts/model';
import { usageFailure } from './failure.ts';

/**
 * Selects a world as `selectWorld` of `@wit-ts/wit` does.
 *
 * @throws Failure that lists the worlds, if none or several match
 */
export async function selectWorldOrThrow(
  resolve: Resolve,
  main: Package,
  name: string | undefined,
): Promise<World> {
  const wit = await import('@wit-ts/wit/node');
  const { value, diagnostics } = wit.selectWorld(resolve, main, name);
  if (value !== undefined) return value;
  const [{ message, help } = { message: 'no world was found' }] = diagnostics;
  // The library knows no options of commands.
  throw usageFailure(message, help?.replace(/^choose one of /u, 'choose one with `--world`: '));
}
