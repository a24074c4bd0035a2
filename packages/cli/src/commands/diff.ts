import {
  diff as diffContracts,
  diffFindings,
  diffToJson,
  diffToMarkdown,
  isAcceptableChange,
  renderDiff,
} from '@wit-ts/check';
import { SourceFile, type Diagnostic, type Span } from '@wit-ts/diagnostics';
import type { Package, World } from '@wit-ts/model';
import { EXIT, Failure, Findings, usageFailure, type ExitCode } from '../failure.ts';
import { gitPathOf, withGitRevision } from '../git-revision.ts';
import { readInput, type Input } from '../read-input.ts';
import { selectWorldOrThrow } from '../select-world.ts';
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
  const before = await readVersion(context, old, options);
  const after = await readVersion(context, next, options);
  if (before.tag !== after.tag) {
    throw usageFailure(
      'cannot compare a component with WIT',
      'run `wit-ts check` to find out whether the component satisfies the WIT',
    );
  }
  const report = diffContracts(
    await contractOf(before, options.world),
    await contractOf(after, options.world),
  );
  if (context.json) context.outJson(diffToJson(report));
  else if (context.lines) {
    for (const { severity, code, message } of diffFindings(report))
      context.outLine(next, severity, code, message);
  } else if (given.markdown === true) context.out(diffToMarkdown(report));
  else context.out(renderDiff(report, { color: context.color() }));
  return isAcceptableChange(report, { allowMajor: given.semver === true }) ? EXIT.success : EXIT.checkFailed;
}

/** Reads a path, or a path in a revision of git. */
async function readVersion(context: CommandContext, given: string, options: DiffOptions): Promise<Input> {
  const at = gitPathOf(context, given);
  if (at === undefined) return readInput(context, given, options);
  return withGitRevision(context, given, at, async ({ path, rename }) => {
    // Files are named by their paths in the revision, and not by their temporary copies.
    const renameAll = (found: readonly Diagnostic[]): Diagnostic[] =>
      found.map((diagnostic) => renameFiles(diagnostic, rename));
    try {
      return await readInput(context, path, options, renameAll);
    } catch (error) {
      if (error instanceof Findings) throw new Findings(renameAll(error.diagnostics), error.exitCode);
      if (!(error instanceof Failure)) throw error;
      throw new Failure(error.exitCode, rename(error.message), error.help && rename(error.help));
    }
  });
}

function renameFiles(diagnostic: Diagnostic, rename: (text: string) => string): Diagnostic {
  const spanOf = ({ file, start, end }: Span): Span => ({
    file: new SourceFile(rename(file.path), file.text),
    start,
    end,
  });
  const { message, help, span, related } = diagnostic;
  return {
    ...diagnostic,
    message: rename(message),
    ...(help === undefined ? {} : { help: rename(help) }),
    ...(span === undefined ? {} : { span: spanOf(span) }),
    ...(related === undefined
      ? {}
      : { related: related.map((one) => ({ message: rename(one.message), span: spanOf(one.span) })) }),
  };
}

/** The whole package, or the world that the options select; for a component its world. */
async function contractOf(input: Input, world: string | undefined): Promise<Package | World> {
  if (input.tag === 'component') return input.world;
  return world === undefined ? input.package : selectWorldOrThrow(input.resolve, input.package, world);
}
