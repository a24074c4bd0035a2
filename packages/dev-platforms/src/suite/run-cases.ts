import { compile, type CompileOptions, Component, instantiate } from '@wit-ts/runtime';
import type { CaseContext, PlatformCase, PlatformComponent } from './platform-case.ts';
import { contracts } from './cases/contracts.ts';
import { edgeHandler } from './cases/edge-handler.ts';
import { limitCases } from './cases/limits.ts';
import { linking } from './cases/linking.ts';
import { componentCallCases } from './cases/calls-between-components.ts';
import { nestedComponents } from './cases/nested-components.ts';
import { resourceCases } from './cases/resources.ts';
import { asyncFunctions } from './cases/async-functions.ts';
import { suspendedImports } from './cases/suspended-imports.ts';
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
    }
  | { readonly tag: 'end' };

const cases: readonly PlatformCase[] = [
  ...edgeHandler,
  ...contracts,
  ...valueCases,
  ...resourceCases,
  ...nestedComponents,
  ...componentCallCases,
  ...asyncFunctions,
  ...suspendedImports,
  ...traps,
  ...linking,
  ...limitCases,
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
  for (const { name, requiredComponent, run } of cases) {
    if (requiredComponent !== undefined && (await platform.load(requiredComponent)) === undefined) {
      platform.report({
        tag: 'case',
        engine,
        name,
        outcome: 'skipped',
        reason: `${requiredComponent} is not built`,
      });
      continue;
    }
    try {
      await run(context);
      platform.report({ tag: 'case', engine, name, outcome: 'passed' });
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      platform.report({ tag: 'case', engine, name, outcome: 'failed', reason });
    }
  }
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
      known = this.source(name).then((loaded) => compile(sourceOf(loaded), this.options));
      this.#components.set(name, known);
    }
    return known;
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
