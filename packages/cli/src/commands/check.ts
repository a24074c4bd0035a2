import {
  capabilitiesOf,
  check as checkWorlds,
  type CheckedTarget,
  checkResolve,
  renderCapabilities,
  renderReport,
  renderResolveReport,
  type Report,
  reportToJson,
  resolveReportToJson,
} from '@wit-ts/check';
import type { Package, World } from '@wit-ts/model';
import { EXIT, Failure, Findings, usageFailure, type ExitCode } from '../failure.ts';
import { readComponent, readInput, readWit, readWitSource, sourceOf, type WitInput } from '../input.ts';
import { selectWorld } from '../select-world.ts';
import type { WitOptions } from '../program.ts';
import type { Session } from '../session.ts';

interface CheckOptions extends WitOptions {
  readonly wit?: string;
}

export async function check(
  session: Session,
  args: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const [path = ''] = args;
  const { wit } = options;
  if (wit === undefined) return needs(session, path);
  if (path === '-' && wit === '-')
    throw usageFailure('only one of the component and `--wit` can be standard input');
  const component = await session.progress(`reading ${path}`, () => readInput(session, path, options));
  const target = await session.progress(`reading ${wit}`, () => readWit(session, wit, options));
  const name = path === '-' ? 'the component' : path;
  if (component.tag === 'wit' && options.world === undefined && target.package.worlds.size !== 1) {
    return compareAll(session, component, target, name);
  }
  const world = selectWorld(target.resolve, target.package, options.world);
  const found = component.tag === 'component' ? component : { world: standIn(component, world) };
  let report = checkWorlds(found, checked(target, world));
  if (report.reasons.some(mayBeGated)) {
    const gated = await withAllFeatures(session, wit, options);
    report = checkWorlds(found, { ...checked(target, world), gated });
  }
  tell(session, report, name);
  return report.satisfied ? EXIT.fine : EXIT.no;
}

/** Without a world to compare with: what the component asks of whoever runs it. */
async function needs(session: Session, path: string): Promise<ExitCode> {
  const { world, unexpressed } = await readComponent(session, path);
  const capabilities = capabilitiesOf(world, unexpressed);
  if (session.json) session.outJson(capabilities);
  else {
    const component = path === '-' ? 'the component' : path;
    session.out(renderCapabilities(capabilities, { color: session.color(), component }));
  }
  return EXIT.fine;
}

function compareAll(session: Session, found: WitInput, target: WitInput, component: string): ExitCode {
  const where = target.spanOf === undefined ? {} : { spanOf: target.spanOf };
  const report = checkResolve(found.resolve, target.resolve, { ...where, packages: [target.package] });
  if (session.json) session.outJson(resolveReportToJson(report));
  else if (!report.satisfied || !session.quiet) {
    session.out(renderResolveReport(report, { color: session.color(), component }));
  }
  return report.satisfied ? EXIT.fine : EXIT.no;
}

function tell(session: Session, report: Report, component: string): void {
  if (session.json) session.outJson(reportToJson(report));
  else if (!report.satisfied || !session.quiet) {
    session.out(renderReport(report, { color: session.color(), component }));
  }
}

function checked(target: WitInput, world: World): CheckedTarget {
  return { world, ...(target.spanOf === undefined ? {} : { spanOf: target.spanOf }) };
}

/** Of WIT in a component's place: the world of the target's name, or its only one. */
function standIn(
  { resolve, package: main }: WitInput & { readonly package: Package },
  { name }: World,
): World {
  return main.worlds.get(name) ?? selectWorld(resolve, main, undefined);
}

function mayBeGated({ side, code }: Report['reasons'][number]): boolean {
  return side === 'import' && ['import-not-offered', 'function-missing', 'type-missing'].includes(code);
}

/** The same world with nothing hidden; `undefined` where it is complete already, or wrong with everything switched on. */
async function withAllFeatures(
  session: Session,
  wit: string,
  options: CheckOptions,
): Promise<CheckedTarget | undefined> {
  if (wit === '-' || options.allFeatures === true) return undefined;
  try {
    const source = await sourceOf(session, wit);
    if (source.tag === 'wasm') return undefined;
    const target = await readWitSource(source, { ...options, allFeatures: true });
    return checked(target, selectWorld(target.resolve, target.package, options.world));
  } catch (error) {
    if (error instanceof Findings || error instanceof Failure) return undefined;
    throw error;
  }
}
