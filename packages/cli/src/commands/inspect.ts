import { EXIT, type ExitCode } from '../failure.ts';
import { readComponent, shown } from '../input.ts';
import { contentsOf } from '../inspect/contents.ts';
import { contentsText } from '../inspect/text.ts';
import type { Session } from '../session.ts';

export async function inspect(session: Session, args: readonly string[]): Promise<ExitCode> {
  const [given = ''] = args;
  const { bytes, component, world } = await session.progress(`reading ${given}`, () =>
    readComponent(session, given),
  );
  const contents = contentsOf(bytes, component, world);
  if (session.json) session.outJson(contents);
  else session.out(contentsText(shown(given), contents));
  return EXIT.fine;
}
