import type { CompileOptions, Component, Imports, InstantiateOptions } from '@wit-ts/runtime';
import type { CaseContext, PlatformComponent, PlatformProgram } from './platform-case.ts';

/** A component as a static module. */
export interface StaticModule {
  instantiate(imports: object, options: object): Promise<object>;
  /** Present if components are linked when the module runs. */
  compileComponent?(source: PlatformComponent): Promise<object>;
  readonly ComponentError: abstract new (...args: never) => unknown;
  readonly LinkError: abstract new (...args: never) => unknown;
}

/** Makes the instances of cases with static modules, and refuses what needs the runtime. */
export class StaticContext implements CaseContext {
  readonly options: CompileOptions = {};
  readonly outside: string;
  readonly #modules: Readonly<Record<string, StaticModule>>;
  #refused = false;

  readonly #load: (name: string) => Promise<PlatformComponent | undefined>;

  constructor(
    modules: Readonly<Record<string, StaticModule>>,
    load: (name: string) => Promise<PlatformComponent | undefined>,
    outside: string,
  ) {
    this.#modules = modules;
    this.#load = load;
    this.outside = outside;
  }

  /** Returns true if a case since the last call asked for something that static modules do not have. */
  takeRefusal(): boolean {
    const refused = this.#refused;
    this.#refused = false;
    return refused;
  }

  isOfClass(error: unknown, name: 'ComponentError' | 'LinkError'): boolean {
    return Object.values(this.#modules).some((module) => error instanceof module[name]);
  }

  component(): Promise<Component> {
    return this.#refuse();
  }

  source(): Promise<PlatformComponent> {
    return this.#refuse();
  }

  program(): Promise<PlatformProgram> {
    return this.#refuse();
  }

  async instance<Exports extends object>(
    name: string,
    imports: Imports = {},
    options: InstantiateOptions = {},
  ): Promise<Exports> {
    const module = this.#modules[name];
    if (module === undefined || NEEDS_RUNTIME.some((option) => option in options)) return this.#refuse();
    return (await module.instantiate(imports, options)) as Exports;
  }

  async linked<Exports extends object>(
    name: string,
    parts: Readonly<Record<string, string>>,
    imports: Imports,
    when: 'written' | 'runs' = 'runs',
  ): Promise<Exports> {
    if (when === 'written') return this.instance<Exports>(linkedName(name), imports);
    const module = this.#modules[name];
    if (module?.compileComponent === undefined) return this.#refuse();
    const given: Record<string, object> = {};
    for (const [imported, part] of Object.entries(parts))
      given[imported] = await module.compileComponent((await this.#load(part))!);
    return (await module.instantiate({ ...imports, ...given }, {})) as Exports;
  }

  #refuse(): Promise<never> {
    this.#refused = true;
    return Promise.reject(new Error('this needs the runtime'));
  }
}

const NEEDS_RUNTIME: readonly (keyof InstantiateOptions)[] = ['limits', 'suspend', 'trace', 'engine'];

/** Returns the name of the static module of a component with the components that it imports. */
export function linkedName(name: string): string {
  return `${name}-linked`;
}
