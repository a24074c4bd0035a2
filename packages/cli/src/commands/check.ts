import {
  capabilitiesOf,
  check as checkWorlds,
  type CheckedTarget,
  checkResolve,
  mayDependOnFeature,
  renderCapabilities,
  renderReport,
  renderResolveReport,
  type Reason,
  type Report,
  reportToJson,
  resolveReportToJson,
} from '@wit-ts/check';
import { renderPlain } from '@wit-ts/diagnostics';
import type { Package, World } from '@wit-ts/model';
import { EXIT, Failure, Findings, usageFailure, type ExitCode } from '../failure.ts';
import { readComponent, readInput, readWit, readWitSource, sourceOf, type WitInput } from '../read-input.ts';
import { selectWorldOrThrow } from '../select-world.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';

interface CheckOptions extends WitOptions {
  readonly wit?: string;
}

/** Checks a component against a world, WIT against WIT, or lists the capabilities that a component requires. */
export async function check(
  context: CommandContext,
  args: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const [path = ''] = args;
  const { wit } = options;
  if (wit === undefined) {
    refuseWitOptions(options);
    return listCapabilities(context, path);
  }
  if (path === '-' && wit === '-')
    throw usageFailure('only one of the component and `--wit` can be read from standard input');
  const component = await context.progress(`reading ${path}`, () => readInput(context, path, options));
  const target = await context.progress(`reading ${wit}`, () => readWit(context, wit, options));
  const name = path === '-' ? 'the component' : path;
  if (component.tag === 'wit' && options.world === undefined && target.package.worlds.size !== 1) {
    return compareAll(context, component, target, name);
  }
  const world = await selectWorldOrThrow(target.resolve, target.package, options.world);
  const found =
    component.tag === 'component' ? component : { world: await worldInPlaceOfComponent(component, world) };
  let report = checkWorlds(found, checked(target, world));
  if (report.reasons.some(mayDependOnFeature)) {
    const gated = await withAllFeatures(context, wit, options);
    report = checkWorlds(found, { ...checked(target, world), gated });
  }
  printReport(context, report, name);
  return report.satisfied ? EXIT.success : EXIT.checkFailed;
}

/** @throws Failure for an option that chooses a world or features when there is no WIT */
function refuseWitOptions({ world, features, allFeatures }: CheckOptions): void {
  const given = Object.entries({ world, features, 'all-features': allFeatures }).find(
    ([, value]) => value !== undefined,
  );
  if (given !== undefined)
    throw usageFailure(`\`--${given[0]}\` is for the WIT of a check`, 'name the WIT: `--wit PATH`');
}

/** Without a world to compare with: lists what the component requires from its host. */
async function listCapabilities(context: CommandContext, path: string): Promise<ExitCode> {
  const { world, unexpressed } = await readComponent(context, path);
  const capabilities = capabilitiesOf(world, unexpressed);
  if (context.json) context.outJson(capabilities);
  else {
    const component = path === '-' ? 'the component' : path;
    context.out(renderCapabilities(capabilities, { color: context.color(), component }));
  }
  return EXIT.success;
}

function compareAll(context: CommandContext, found: WitInput, target: WitInput, component: string): ExitCode {
  const where = target.spanOf === undefined ? {} : { spanOf: target.spanOf };
  const report = checkResolve(found.resolve, target.resolve, { ...where, packages: [target.package] });
  if (context.json) context.outJson(resolveReportToJson(report));
  else if (context.lines) {
    for (const world of report.missingWorlds)
      context.outLine(component, 'error', 'world-missing', `it has no world \`${world}\``);
    for (const { reasons } of report.reports) printReasonLines(context, reasons, component);
  } else if (!report.satisfied || !context.quiet) {
    context.out(renderResolveReport(report, { color: context.color(), component }));
  }
  return report.satisfied ? EXIT.success : EXIT.checkFailed;
}

function printReport(context: CommandContext, report: Report, component: string): void {
  if (context.json) context.outJson(reportToJson(report));
  else if (context.lines) printReasonLines(context, report.reasons, component);
  else if (!report.satisfied || !context.quiet) {
    context.out(renderReport(report, { color: context.color(), component }));
  }
}

/** A reason about an item that the world does not mention has no position, so the component is named instead. */
function printReasonLines(context: CommandContext, reasons: readonly Reason[], component: string): void {
  for (const reason of reasons) {
    if (reason.span === undefined) context.outLine(component, reason.severity, reason.code, reason.message);
    else context.out(renderPlain(reason));
  }
}

function checked(target: WitInput, world: World): CheckedTarget {
  return { world, ...(target.spanOf === undefined ? {} : { spanOf: target.spanOf }) };
}

/**
 * Returns the world of a WIT text that takes the place of a component: the world with the target's name, or the only
 * world.
 */
async function worldInPlaceOfComponent(
  { resolve, package: main }: WitInput & { readonly package: Package },
  { name }: World,
): Promise<World> {
  return main.worlds.get(name) ?? (await selectWorldOrThrow(resolve, main, undefined));
}

/** Reads the same world with all features on; `undefined` if they already are, or if the WIT has errors then. */
async function withAllFeatures(
  context: CommandContext,
  wit: string,
  options: CheckOptions,
): Promise<CheckedTarget | undefined> {
  if (wit === '-' || options.allFeatures === true) return undefined;
  try {
    const source = await sourceOf(context, wit);
    if (source.tag === 'wasm') return undefined;
    const target = await readWitSource(source, { ...options, allFeatures: true });
    return checked(target, await selectWorldOrThrow(target.resolve, target.package, options.world));
  } catch (error) {
    if (error instanceof Findings || error instanceof Failure) return undefined;
    throw error;
  }
}
