import { check as checkWorlds, renderReport, reportToJson } from '@wit-ts/check';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { readComponent, readWit } from '../input.ts';
import { selectWorld } from '../select-world.ts';
import type { WitOptions } from '../program.ts';
import type { Session } from '../session.ts';

interface CheckOptions extends WitOptions {
  readonly wit: string;
}

export async function check(
  session: Session,
  args: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const [path = ''] = args;
  if (path === '-' && options.wit === '-')
    throw usageFailure('only one of the component and `--wit` can be standard input');
  const report = await session.progress(`checking ${path}`, async () => {
    const component = await readComponent(session, path);
    const wit = await readWit(session, options.wit, options);
    const world = selectWorld(wit.resolve, wit.package, options.world);
    return checkWorlds(component, { world, ...(wit.spanOf === undefined ? {} : { spanOf: wit.spanOf }) });
  });
  if (session.json) session.outJson(reportToJson(report));
  else if (!report.satisfied || !session.quiet) {
    session.out(
      renderReport(report, { color: session.color(), component: path === '-' ? 'the component' : path }),
    );
  }
  return report.satisfied ? EXIT.fine : EXIT.no;
}
