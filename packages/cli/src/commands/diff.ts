import {
  diff as diffContracts,
  diffToJson,
  diffToMarkdown,
  renderDiff,
  type DiffReport,
} from '@wit-ts/check';
import type { Package, World } from '@wit-ts/model';
import { EXIT, usageFailure, type ExitCode } from '../failure.ts';
import { readInput, type Input } from '../input.ts';
import type { WitOptions } from '../program.ts';
import { selectWorld } from '../select-world.ts';
import type { Session } from '../session.ts';

interface DiffOptions extends WitOptions {
  /** Markdown rather than text. */
  readonly markdown?: boolean;
  /** Whether a breaking change is fine where the version says so. */
  readonly semver?: boolean;
}

export async function diff(session: Session, args: readonly string[], given: DiffOptions): Promise<ExitCode> {
  const [old = '', next = ''] = args;
  // What a feature hides is compared too, or it would seem to come and go.
  const options = given.features === undefined ? { ...given, allFeatures: true } : given;
  if (old === '-' && next === '-') throw usageFailure('only one of the two can be standard input');
  const [before, after] = [await readInput(session, old, options), await readInput(session, next, options)];
  if (before.tag !== after.tag) {
    throw usageFailure(
      'a component and WIT cannot be compared',
      'for whether the one satisfies the other: `wit-ts check`',
    );
  }
  const report = diffContracts(contractOf(before, options.world), contractOf(after, options.world));
  if (session.json) session.outJson(diffToJson(report));
  else if (given.markdown === true) session.out(diffToMarkdown(report));
  else session.out(renderDiff(report, { color: session.color() }));
  return isFine(report, given.semver === true) ? EXIT.fine : EXIT.no;
}

function isFine({ bump, changes, version }: DiffReport, bySemver: boolean): boolean {
  const fits = version === undefined || version.fits || changes.length === 0;
  return fits && (bump !== 'major' || (bySemver && version !== undefined));
}

/** The whole of a package, unless one world is asked for; of a component its world. */
function contractOf(input: Input, world: string | undefined): Package | World {
  if (input.tag === 'component') return input.world;
  return world === undefined ? input.package : selectWorld(input.resolve, input.package, world);
}
