import { print, toJson } from '@wit-ts/wit';
import { EXIT, type ExitCode } from '../failure.ts';
import { readInput } from '../input.ts';
import { selectWorld } from '../select-world.ts';
import type { WitOptions } from '../program.ts';
import type { Session } from '../session.ts';

export async function wit(session: Session, args: readonly string[], options: WitOptions): Promise<ExitCode> {
  const [given = ''] = args;
  const input = await session.progress(`reading ${given}`, () => readInput(session, given, options));
  const { resolve } = input;
  if (session.json) {
    session.outJson(toJson(resolve));
    return EXIT.fine;
  }
  const main = input.tag === 'wit' ? input.package : input.world.package!;
  const what = options.world === undefined ? main : selectWorld(resolve, main, options.world);
  session.out(print(resolve, what, { nested: input.tag === 'component' || options.world !== undefined }));
  return EXIT.fine;
}
