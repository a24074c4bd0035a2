import { diff as diffContracts, renderDiff } from '@wit-ts/check';
import type { Package, World } from '@wit-ts/model';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { readInput, type Input } from '../input.ts';
import type { WitOptions } from '../program.ts';
import { selectWorld } from '../select-world.ts';
import type { Session } from '../session.ts';

export async function diff(
  session: Session,
  args: readonly string[],
  options: WitOptions,
): Promise<ExitCode> {
  const [old = '', next = ''] = args;
  if (old === '-' && next === '-') throw usageFailure('only one of the two can be standard input');
  const [before, after] = [await readInput(session, old, options), await readInput(session, next, options)];
  if (before.tag !== after.tag) {
    throw usageFailure(
      'a component and WIT cannot be compared',
      'for whether the one satisfies the other: `wit-ts check`',
    );
  }
  const report = diffContracts(contractOf(before, options.world), contractOf(after, options.world));
  if (session.json) session.outJson(report);
  else session.out(renderDiff(report, { color: session.color() }));
  return report.bump === 'major' ? EXIT.no : EXIT.fine;
}

/** The whole of a package, unless one world is asked for; of a component its world. */
function contractOf(input: Input, world: string | undefined): Package | World {
  if (input.tag === 'component') return input.world;
  return world === undefined ? input.package : selectWorld(input.resolve, input.package, world);
}
