import { EXIT, inputFailure, type ExitCode } from '../failure.ts';
import { readComponent, shown } from '../input.ts';
import { inspectComponent } from '../inspect/inspection.ts';
import { mermaid } from '../inspect/mermaid.ts';
import { inspectionText } from '../inspect/text.ts';
import type { CommonOptions, Session } from '../session.ts';

interface InspectOptions extends CommonOptions {
  /** A picture rather than text. */
  readonly mermaid?: boolean;
}

export async function inspect(
  session: Session,
  args: readonly string[],
  options: InspectOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const input = await session.progress(`reading ${given}`, () => readComponent(session, given));
  const { inspection, plan } = inspectComponent(input);
  if (options.mermaid === true) {
    if (plan === undefined) {
      throw inputFailure(
        `${shown(given)} cannot be instantiated, so there is nothing to draw`,
        '`wit-ts validate` says why',
      );
    }
    session.out(mermaid(plan, inspection.component));
  } else if (session.json) session.outJson(inspection);
  else session.out(inspectionText(shown(given), inspection, { color: session.color() }));
  return EXIT.fine;
}
