import { print, toJson } from '@wit-ts/wit';
import { EXIT, type ExitCode } from '../failure.ts';
import { displayName, readInput } from '../read-input.ts';
import { selectWorldOrThrow } from '../select-world.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';

/** Prints the resolved WIT of a package or component. */
export async function wit(
  context: CommandContext,
  args: readonly string[],
  options: WitOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const read = { ...options, referenceDocs: context.json };
  const input = await context.progress(`reading ${given}`, () => readInput(context, given, read));
  if (input.tag === 'component') {
    const { refuseUnwritableNames } = await import('../writable-names.ts');
    refuseUnwritableNames(input.component, displayName(given));
  }
  const { resolve } = input;
  if (context.json) {
    context.outJson(toJson(resolve));
    return EXIT.success;
  }
  const main = input.tag === 'wit' ? input.package : input.world.package!;
  const what = options.world === undefined ? main : await selectWorldOrThrow(resolve, main, options.world);
  context.out(print(resolve, what, { nested: input.tag === 'component' || options.world !== undefined }));
  return EXIT.success;
}
