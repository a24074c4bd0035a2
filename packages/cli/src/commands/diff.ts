import {
  diff as diffContracts,
  diffToJson,
  diffToMarkdown,
  isAcceptableChange,
  renderDiff,
} from '@wit-ts/check';
import type { Package, World } from '@wit-ts/model';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { readInput, type Input } from '../read-input.ts';
import { selectWorld } from '../select-world.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';

interface DiffOptions extends WitOptions {
  /** Print Markdown instead of text. */
  readonly markdown?: boolean;
  /** Accept a breaking change if the version allows it. */
  readonly semver?: boolean;
}

/** Compares two WIT packages or two components. */
export async function diff(
  context: CommandContext,
  args: readonly string[],
  given: DiffOptions,
): Promise<ExitCode> {
  const [old = '', next = ''] = args;
  // Gated parts are compared too, or they would seem to be added and removed.
  const options = given.features === undefined ? { ...given, allFeatures: true } : given;
  if (old === '-' && next === '-') throw usageFailure('only one of the two can be read from standard input');
  const [before, after] = [await readInput(context, old, options), await readInput(context, next, options)];
  if (before.tag !== after.tag) {
    throw usageFailure(
      'cannot compare a component with WIT',
      'run `wit-ts check` to find out whether the component satisfies the WIT',
    );
  }
  const report = diffContracts(contractOf(before, options.world), contractOf(after, options.world));
  if (context.json) context.outJson(diffToJson(report));
  else if (given.markdown === true) context.out(diffToMarkdown(report));
  else context.out(renderDiff(report, { color: context.color() }));
  return isAcceptableChange(report, { allowMajor: given.semver === true }) ? EXIT.success : EXIT.checkFailed;
}

/** The whole package, or the world that the options select; for a component its world. */
function contractOf(input: Input, world: string | undefined): Package | World {
  if (input.tag === 'component') return input.world;
  return world === undefined ? input.package : selectWorld(input.resolve, input.package, world);
}
