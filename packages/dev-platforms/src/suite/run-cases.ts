import {
  compile,
  type CompileOptions,
  Component,
  ComponentError,
  type Imports,
  instantiate,
  LinkError,
} from '@wit-ts/runtime';
import { withStackModules } from '@wit-ts/runtime/stack-modules';
import type {
  CaseContext,
  CountedGroup,
  PlatformCase,
  PlatformComponent,
  PlatformProgram,
} from './platform-case.ts';
import { StaticContext, type StaticModule } from './static-context.ts';
import { contracts } from './cases/contracts.ts';
import { edgeHandler } from './cases/edge-handler.ts';
import { fuelCases } from './cases/fuel.ts';
import { limitCases } from './cases/limits.ts';
import { linkedComponents } from './cases/linked-components.ts';
import { linking } from './cases/linking.ts';
import { componentCallCases } from './cases/calls-between-components.ts';
import { nestedComponents } from './cases/nested-components.ts';
import { resourceCases } from './cases/resources.ts';
import { suspendedImports } from './cases/suspended-imports.ts';
import { concurrency } from './cases/concurrency/index.ts';
import { wasiCases } from './cases/wasi/index.ts';
import { catchesExceptions } from './platform-features.ts';
import { traps } from './cases/traps.ts';
import { valueCases } from './cases/values.ts';

/** How the cases get components and report results on a platform. */
interface Platform {
  /** Returns the component with a name, or `undefined` when it was not built. */
  load(name: string): Promise<PlatformComponent | undefined>;
  /** The components as static modules, by name. */
  readonly staticModules: Readonly<Record<string, StaticModule>>;
  /** The origin of the HTTP server for outgoing requests. */
  readonly outside: string;
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
      /** The table in which the case is counted, and its row. */
      readonly table?: CountedGroup['table'];
      readonly group?: string;
      /** True when the platform does not have what the case needs, and does what the case expects then. */
      readonly limited?: boolean;
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
  ...linkedComponents,
  ...limitCases,
  ...fuelCases,
];

/**
 * Runs all cases with the engine that the runtime chooses, and then with the reference engine if that is a different
 * one, and then those that static modules can run. The cases of WASI run once: their programs are the same for both
 * engines.
 */
export async function runAllCases(platform: Platform): Promise<void> {
  const chosen = await chosenEngine(platform);
  platform.report({ tag: 'chosen', engine: chosen });
  await runWith(platform, chosen, {}, [...cases, ...wasiCases]);
  if (chosen === 'compile') await runWith(platform, 'reference', { engine: 'reference' }, cases);
  await runStaticModules(platform);
  platform.report({ tag: 'end' });
}

async function chosenEngine(platform: Platform): Promise<'compile' | 'reference'> {
  const source = sourceOf((await platform.load('edge-handler/wat'))!);
  const { engine } = await compile(source);
  const reference = await compile(source, { engine: 'reference' });
  return engine.host === reference.engine.host ? 'reference' : 'compile';
}

/** Runs those cases with static modules that only make instances, without options that static modules lack. */
async function runStaticModules(platform: Platform): Promise<void> {
  const load = (name: string): Promise<PlatformComponent | undefined> => platform.load(name);
  const context = new StaticContext(platform.staticModules, load, platform.outside);
  for (const each of cases) {
    const result = await runCase(platform, context, each);
    if (!context.takeRefusal()) platform.report({ tag: 'case', engine: 'static', ...result });
  }
}

async function runWith(
  platform: Platform,
  engine: string,
  options: CompileOptions,
  given: readonly PlatformCase[],
): Promise<void> {
  const context = new CachingContext(platform, options);
  for (const each of given)
    platform.report({ tag: 'case', engine, ...(await runCase(platform, context, each)) });
}

type CaseReport = Omit<Extract<ReportLine, { tag: 'case' }>, 'tag' | 'engine'>;

async function runCase(platform: Platform, context: CaseContext, given: PlatformCase): Promise<CaseReport> {
  const { name, requiredComponent, counted, needs, run } = given;
  if (requiredComponent !== undefined && (await platform.load(requiredComponent)) === undefined)
    return { name, outcome: 'skipped', reason: `${requiredComponent} is not built` };
  if (given.catchesExceptions === true && !catchesExceptions())
    return { name, outcome: 'skipped', reason: 'the platform does not know the instruction `try_table`' };
  const limited = needs !== undefined && !needs.isThere();
  const shown = { name, ...counted, ...(limited && { limited }) };
  try {
    await (limited ? needs.otherwise(context) : run(context));
    return { ...shown, outcome: 'passed' };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...shown, outcome: 'failed', reason };
  }
}

class CachingContext implements CaseContext {
  readonly options: CompileOptions;
  readonly outside: string;
  readonly #platform: Platform;
  readonly #components = new Map<string, Promise<Component>>();

  constructor(platform: Platform, options: CompileOptions) {
    this.#platform = platform;
    this.options = options;
    this.outside = platform.outside;
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

  async linked<Exports extends object>(
    name: string,
    parts: Readonly<Record<string, string>>,
    imports: Imports,
  ): Promise<Exports> {
    const given: Record<string, Component> = {};
    for (const [imported, part] of Object.entries(parts)) given[imported] = await this.component(part);
    return instantiate<Exports>(await this.component(name), { ...imports, ...given });
  }

  async program(name: string): Promise<PlatformProgram> {
    const { bytes, modules } = await this.source(name);
    return isCoreModule(bytes) ? (modules?.[0] ?? bytes) : this.component(name);
  }

  // oxlint-disable-next-line class-methods-use-this -- static modules have classes of their own
  isOfClass(error: unknown, name: 'ComponentError' | 'LinkError'): boolean {
    return error instanceof { ComponentError, LinkError }[name];
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

/** The layer in the preamble of a binary is 0 for a core module, and 1 for a component. */
function isCoreModule(bytes: Uint8Array): boolean {
  return bytes[6] === 0;
}
