import { camelCase } from '@wit-ts/mapping';
import type { Func, Type } from '@wit-ts/model';
import { assemble } from './assemble.ts';
import { type Compiled, type Engine, type Verdict, verdict } from './engine.ts';
import { trapMatches } from './messages.ts';
import { sameValue, showValue } from './same-value.ts';
import type { Action, ComponentForm, Directive, Invoke } from './script.ts';
import { structure, toJs } from './to-js.ts';
import type { Value } from './values.ts';

export interface Outcome {
  readonly passed: boolean;
  /** Why not; or, of a directive that expects an error, which one came. */
  readonly reason?: string;
}

export interface RunnerOptions {
  readonly imports?: Readonly<Record<string, unknown>>;
  /** After how many milliseconds a promise counts as one that never settles. */
  readonly patience?: number;
}

interface Instance {
  readonly compiled: Compiled;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Runs a script's directives one after the other; what they define is kept between them. */
export class Runner {
  readonly #engine: Engine;
  readonly #imports: Record<string, unknown>;
  readonly #patience: number;
  readonly #definitions = new Map<string, Compiled>();
  readonly #instances = new Map<string, Instance>();
  #lastDefinition: Compiled | undefined;
  #current: Instance | undefined;

  constructor(engine: Engine, options: RunnerOptions = {}) {
    this.#engine = engine;
    this.#imports = { ...options.imports };
    this.#patience = options.patience ?? 5000;
  }

  /** Never rejects: what goes wrong is the outcome. */
  async run(directive: Directive): Promise<Outcome> {
    try {
      return await this.#perform(directive.action);
    } catch (error) {
      return failed(describe(error));
    }
  }

  async #perform(action: Action): Promise<Outcome> {
    switch (action.tag) {
      case 'unsupported':
        return failed(action.reason);
      case 'definition':
        await this.#define(action.component);
        return PASSED;
      case 'component':
        this.#current = undefined;
        await this.#instantiate(await this.#define(action.component), action.component.id);
        return PASSED;
      case 'instance':
        this.#current = undefined;
        await this.#instantiate(this.#definition(action.definition), action.id);
        return PASSED;
      case 'invoke':
        await this.#invoke(action.invoke);
        return PASSED;
      case 'assert-return':
        return this.#assertReturn(action.invoke, action.expected);
      case 'assert-trap':
        return this.#assertTrap(action.what, action.message);
      case 'assert-invalid':
      case 'assert-malformed':
        return expecting('refused', action.message, async () => this.#compile(action.component));
      case 'assert-unlinkable':
        return expecting('unlinkable', action.message, async () => {
          const compiled = await this.#compile(action.component);
          await this.#settle(compiled.instantiate(this.#imports));
        });
    }
  }

  async #compile(component: ComponentForm): Promise<Compiled> {
    return this.#settle(this.#engine.compile(await assemble(component)));
  }

  async #define(component: ComponentForm): Promise<Compiled> {
    // Whoever asks for a definition that failed must not get an older one of the same name.
    this.#lastDefinition = undefined;
    if (component.id !== undefined) this.#definitions.delete(component.id);
    const compiled = await this.#compile(component);
    this.#lastDefinition = compiled;
    if (component.id !== undefined) this.#definitions.set(component.id, compiled);
    return compiled;
  }

  #definition(id: string | undefined): Compiled {
    const found = id === undefined ? this.#lastDefinition : this.#definitions.get(id);
    if (found === undefined)
      throw new Error(`The script defines no component ${id ?? ''} before this, or it failed.`);
    return found;
  }

  async #instantiate(compiled: Compiled, id: string | undefined): Promise<void> {
    if (id !== undefined) this.#instances.delete(id);
    const exports = await this.#settle(compiled.instantiate(this.#imports));
    this.#current = { compiled, exports };
    if (id === undefined) return;
    this.#instances.set(id, this.#current);
    const modules = Object.entries(exports).filter(([, item]) => item instanceof WebAssembly.Module);
    // Later components of the script import the core modules of a named instance under its name.
    if (modules.length > 0) this.#imports[id.slice(1)] = Object.fromEntries(modules);
  }

  async #invoke(invoke: Invoke): Promise<{ readonly value: unknown; readonly type: Func | undefined }> {
    const instance = invoke.instance === undefined ? this.#current : this.#instances.get(invoke.instance);
    if (instance === undefined)
      throw new Error('There is no instance to call: it failed, or the script makes none.');
    const callee = instance.exports[camelCase(invoke.name)] ?? instance.exports[invoke.name];
    if (typeof callee !== 'function')
      throw new Error(`The instance exports no function ${JSON.stringify(invoke.name)}.`);
    const type = instance.compiled.exportedFunc(invoke.name);
    const args = invoke.args.map((arg, at) => toJs(arg, type?.params[at]?.type));
    const returned: unknown = callee(...args);
    return { value: returned instanceof Promise ? await this.#settle(returned) : returned, type };
  }

  async #assertReturn(invoke: Invoke, expected: Value | undefined): Promise<Outcome> {
    if (expected?.tag === 'result' && !expected.ok) return this.#assertError(invoke, expected.payload);
    const { value, type } = await this.#invoke(invoke);
    const unwrapped = expected?.tag === 'result' ? expected.payload : expected;
    const typeOf = expected?.tag === 'result' ? resultSides(type).ok : type?.result;
    return compare('returned', value, unwrapped, typeOf);
  }

  async #assertError(invoke: Invoke, expected: Value | undefined): Promise<Outcome> {
    try {
      const { value } = await this.#invoke(invoke);
      return failed(`It returned ${showValue(value)}; an error was expected.`);
    } catch (error) {
      if (verdict(error) !== 'payload') throw error;
      const type = this.#current?.compiled.exportedFunc(invoke.name);
      return compare('threw', Reflect.get(Object(error), 'payload'), expected, resultSides(type).err);
    }
  }

  async #assertTrap(what: Invoke | ComponentForm, message: string): Promise<Outcome> {
    return expecting('trap', message, async () => {
      if (what.tag === 'invoke') return this.#invoke(what);
      this.#current = undefined;
      return this.#instantiate(await this.#compile(what), what.id);
    });
  }

  async #settle<T>(promise: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const seconds = this.#patience / 1000;
      timer = setTimeout(() => reject(new Error(`It did not settle within ${seconds} s.`)), this.#patience);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }
}

const PASSED: Outcome = { passed: true };

function failed(reason: string): Outcome {
  return { passed: false, reason };
}

async function expecting(
  expected: Verdict,
  message: string,
  attempt: () => Promise<unknown>,
): Promise<Outcome> {
  const wanted = `${EXPECTATIONS[expected]} (${message})`;
  try {
    await attempt();
  } catch (error) {
    const came = describe(error);
    if (verdict(error) !== expected) return failed(`Expected ${wanted}. ${came}`);
    if (expected === 'trap' && !trapMatches(message, came))
      return failed(`Expected ${wanted}. It trapped otherwise: ${came}`);
    return { passed: true, reason: `Expected ${wanted}. ${came}` };
  }
  return failed(`Nothing went wrong; expected ${wanted}.`);
}

const EXPECTATIONS: Readonly<Record<Verdict, string>> = {
  refused: 'a refusal',
  trap: 'a trap',
  unlinkable: 'a LinkError',
  payload: 'an error',
  fault: 'a fault',
};

function resultSides(type: Func | undefined): { readonly ok?: Type; readonly err?: Type } {
  const result = structure(type?.result);
  return result?.tag === 'result' ? result : {};
}

function compare(
  verb: string,
  actual: unknown,
  expected: Value | undefined,
  type: Type | undefined,
): Outcome {
  const wanted = expected === undefined ? undefined : toJs(expected, type);
  if (sameValue(actual, wanted)) return PASSED;
  return failed(`It ${verb} ${showValue(actual)}; ${showValue(wanted)} was expected.`);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `Thrown: ${showValue(error)}`;
  // The runner's own errors are sentences already.
  if (error.name === 'Error') return error.message;
  const text = `${error.name}: ${error.message}`;
  if (verdict(error) !== 'fault') return text;
  const [, place] = /^\s+at (.*)$/mu.exec(error.stack ?? '') ?? [];
  return place === undefined ? text : `${text} at ${place}`;
}
