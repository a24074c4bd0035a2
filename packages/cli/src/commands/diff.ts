import { diff as diffContracts, renderDiff } from '@wit-ts/check';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { readInput, type Input } from '../input.ts';
import type { WitOptions } from '../program.ts';
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
  const report = diffContracts(contractOf(before), contractOf(after));
  if (session.json) session.outJson(report);
  else session.out(renderDiff(report, { color: session.color() }));
  return report.bump === 'major' ? EXIT.no : EXIT.fine;
}

function contractOf(input: Input) {
  return input.tag === 'wit' ? input.package : input.world;
}
