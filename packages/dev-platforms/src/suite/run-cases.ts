import { compile, type CompileOptions, Component, instantiate } from '@wit-ts/runtime';
import { withStackModules } from '@wit-ts/runtime/stack-modules';
import type { CaseContext, PlatformCase, PlatformComponent } from './platform-case.ts';
import { contracts } from './cases/contracts.ts';
import { edgeHandler } from './cases/edge-handler.ts';
import { fuelCases } from './cases/fuel.ts';
import { limitCases } from './cases/limits.ts';
import { linking } from './cases/linking.ts';
import { componentCallCases } from './cases/calls-between-components.ts';
import { nestedComponents } from './cases/nested-components.ts';
import { resourceCases } from './cases/resources.ts';
import { suspendedImports } from './cases/suspended-imports.ts';
import { concurrency } from './cases/concurrency/index.ts';
import { throws } from './expect.ts';
import { traps } from './cases/traps.ts';
import { valueCases } from './cases/values.ts';

/** How the cases get components and report results on a platform. */
interface Platform {
  /** Returns the component with a name, or `undefined` when it was not built. */
  load(name: string): Promise<PlatformComponent | undefined>;
  report(line: ReportLine): void;
}

/** A line of JSON that the test file prints. */
export type ReportLine =
  /** The engine that the runtime chooses by default. */
  | { readonly tag: 'chosen'; readonly engine: 'compile' | 'reference' }
  | {
      readonly tag: 'case';
      readonly engine: string;
      readonly name: string;
      readonly outcome: 'passed' | 'failed' | 'skipped';
      readonly reason?: string;
      /** The group of a case of concurrency. */
      readonly group?: string;
      /** True when the case passed with the trap of platforms that cannot suspend stacks. */
      readonly trapped?: boolean;
    }
  | { readonly tag: 'end' };

const cases: readonly PlatformCase[] = [
  ...edgeHandler,
  ...contracts,
  ...valueCases,
  ...resourceCases,
  ...nestedComponents,
  ...componentCallCases,
  ...concurrency,
  ...suspendedImports,
  ...traps,
  ...linking,
  ...limitCases,
  ...fuelCases,
];

/**
 * Runs all cases with the engine that the runtime chooses, and then with the reference engine if that is a different
 * one.
 */
export async function runAllCases(platform: Platform): Promise<void> {
  const chosen = await chosenEngine(platform);
  platform.report({ tag: 'chosen', engine: chosen });
  await runWith(platform, chosen, {});
  if (chosen === 'compile') await runWith(platform, 'reference', { engine: 'reference' });
  platform.report({ tag: 'end' });
}

async function chosenEngine(platform: Platform): Promise<'compile' | 'reference'> {
  const source = sourceOf((await platform.load('edge-handler/wat'))!);
  const { engine } = await compile(source);
  const compiled = await compile(source, { engine: 'compile' });
  return engine.host === compiled.engine.host ? 'compile' : 'reference';
}

async function runWith(platform: Platform, engine: string, options: CompileOptions): Promise<void> {
  const context = new CachingContext(platform, options);
  for (const each of cases)
    platform.report({ tag: 'case', engine, ...(await runCase(platform, context, each)) });
}

type CaseReport = Omit<Extract<ReportLine, { tag: 'case' }>, 'tag' | 'engine'>;

async function runCase(platform: Platform, context: CaseContext, given: PlatformCase): Promise<CaseReport> {
  const { name, requiredComponent, run, concurrency: { group, suspends } = {} } = given;
  if (requiredComponent !== undefined && (await platform.load(requiredComponent)) === undefined)
    return { name, outcome: 'skipped', reason: `${requiredComponent} is not built` };
  if (given.catchesExceptions === true && !catchesExceptions())
    return { name, outcome: 'skipped', reason: 'the platform does not know the instruction `try_table`' };
  const trapped = suspends === true && !suspendsStacks();
  const shown = { name, ...(group === undefined ? {} : { group, trapped }) };
  try {
    await (trapped ? throws(() => run(context), 'Trap', CANNOT_SUSPEND) : run(context));
    return { ...shown, outcome: 'passed' };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...shown, outcome: 'failed', reason };
  }
}

/** The message names the function, says what it would wait for, and what to do. */
const CANNOT_SUSPEND =
  /`[a-z:/#-]+` of the component › (?:inner|blocker) would have to wait for .*, and this platform .*: use /u;

/** Whether the platform knows the instruction `try_table`, of which a module of one function consists here. */
function catchesExceptions(): boolean {
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const sections = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x1f, 0x40, 0, 0x0b, 0x0b];
  return WebAssembly.validate(new Uint8Array([...magic, ...sections]));
}

/** Whether the platform has JavaScript Promise Integration. */
function suspendsStacks(): boolean {
  return typeof (WebAssembly as { promising?: unknown }).promising === 'function';
}

class CachingContext implements CaseContext {
  readonly options: CompileOptions;
  readonly #platform: Platform;
  readonly #components = new Map<string, Promise<Component>>();

  constructor(platform: Platform, options: CompileOptions) {
    this.#platform = platform;
    this.options = options;
  }

  component(name: string): Promise<Component> {
    let known = this.#components.get(name);
    if (known === undefined) {
      known = this.#compiled(name);
      this.#components.set(name, known);
    }
    return known;
  }

  async #compiled(name: string): Promise<Component> {
    const loaded = await this.source(name);
    const component = await compile(sourceOf(loaded), this.options);
    return loaded.stacks === undefined ? component : withStackModules(component, loaded.stacks);
  }

  async instance<Exports extends object>(name: string, imports = {}, options = {}): Promise<Exports> {
    return instantiate<Exports>(await this.component(name), imports, options);
  }

  async source(name: string): Promise<PlatformComponent> {
    const loaded = await this.#platform.load(name);
    if (loaded === undefined) throw new Error(`the component ${name} does not exist`);
    return loaded;
  }
}

function sourceOf({ bytes, modules }: PlatformComponent) {
  return modules === undefined ? bytes : { bytes, modules };
}
