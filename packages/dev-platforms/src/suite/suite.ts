import { compile, type CompileOptions, Component, instantiate } from '@wit-ts/runtime';
import type { Bench, Case, Loaded } from './case.ts';
import { contracts } from './cases/contracts.ts';
import { edgeHandler } from './cases/edge-handler.ts';
import { limits } from './cases/limits.ts';
import { links } from './cases/links.ts';
import { direct } from './cases/direct.ts';
import { nested } from './cases/nested.ts';
import { resources } from './cases/resources.ts';
import { tasks } from './cases/tasks.ts';
import { traps } from './cases/traps.ts';
import { values } from './cases/values.ts';

export interface Platform {
  /** The component of that name; nothing where it was not built. */
  load(name: string): Promise<Loaded | undefined>;
  report(line: Line): void;
}

/** A line of JSON in what a platform prints. */
export type Line =
  /** Which engine the runtime chose by itself. */
  | { readonly tag: 'chosen'; readonly engine: 'compile' | 'reference' }
  | {
      readonly tag: 'case';
      readonly engine: string;
      readonly name: string;
      readonly outcome: 'passed' | 'failed' | 'skipped';
      readonly reason?: string;
    }
  | { readonly tag: 'end' };

const cases: readonly Case[] = [
  ...edgeHandler,
  ...contracts,
  ...values,
  ...resources,
  ...nested,
  ...direct,
  ...tasks,
  ...traps,
  ...links,
  ...limits,
];

/** Runs all cases with the engine that the runtime chooses, and with the reference engine where that is another one. */
export async function run(platform: Platform): Promise<void> {
  const chosen = await chosenEngine(platform);
  platform.report({ tag: 'chosen', engine: chosen });
  await runWith(platform, chosen, {});
  if (chosen === 'compile') await runWith(platform, 'reference', { engine: 'reference' });
  platform.report({ tag: 'end' });
}

async function chosenEngine(platform: Platform): Promise<'compile' | 'reference'> {
  const source = sourceOf((await platform.load('edge-handler/wat'))!);
  const { engine } = await compile(source);
  return engine === (await compile(source, { engine: 'compile' })).engine ? 'compile' : 'reference';
}

async function runWith(platform: Platform, engine: string, options: CompileOptions): Promise<void> {
  const bench = new CachingBench(platform, options);
  for (const { name, needs, run: runCase } of cases) {
    if (needs !== undefined && (await platform.load(needs)) === undefined) {
      platform.report({ tag: 'case', engine, name, outcome: 'skipped', reason: `${needs} is not built` });
      continue;
    }
    try {
      await runCase(bench);
      platform.report({ tag: 'case', engine, name, outcome: 'passed' });
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      platform.report({ tag: 'case', engine, name, outcome: 'failed', reason });
    }
  }
}

class CachingBench implements Bench {
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

  async source(name: string): Promise<Loaded> {
    const loaded = await this.#platform.load(name);
    if (loaded === undefined) throw new Error(`there is no component ${name}`);
    return loaded;
  }
}

function sourceOf({ bytes, modules }: Loaded) {
  return modules === undefined ? bytes : { bytes, modules };
}
