import { camelCase } from '@wit-ts/mapping';
import { showValue } from '@wit-ts/dev-support/show-value';
import type { Func, Type } from '@wit-ts/model';
import { assembleComponent } from './assemble-component.ts';
import { type CompiledComponent, type ScriptEngine, type ErrorClass, errorClass } from './script-engine.ts';
import { trapMatches } from './trap-kinds.ts';
import { sameValue } from './same-value.ts';
import type { DirectiveAction, ComponentForm, Directive, Invoke } from './read-script.ts';
import { scriptValueToJs, typeKind } from './script-value-to-js.ts';
import type { ScriptValue } from './script-values.ts';

export interface DirectiveOutcome {
  readonly passed: boolean;
  /** Why the directive failed. For a passed directive that expects an error: the error that was thrown. */
  readonly reason?: string;
}

export interface ScriptRunnerOptions {
  readonly imports?: Readonly<Record<string, unknown>>;
  /** How many milliseconds a promise may take to settle; 5000 by default. */
  readonly timeout?: number;
}

interface Instance {
  readonly compiled: CompiledComponent;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Runs the directives of a script one after another, and keeps the definitions and instances that they make. */
export class ScriptRunner {
  readonly #engine: ScriptEngine;
  readonly #imports: Record<string, unknown>;
  readonly #timeout: number;
  readonly #definitions = new Map<string, CompiledComponent>();
  readonly #instances = new Map<string, Instance>();
  #lastDefinition: CompiledComponent | undefined;
  #current: Instance | undefined;

  constructor(engine: ScriptEngine, options: ScriptRunnerOptions = {}) {
    this.#engine = engine;
    this.#imports = { ...options.imports };
    this.#timeout = options.timeout ?? 5000;
  }

  /** Runs a directive. Never rejects: any error becomes a failed outcome. */
  async run(directive: Directive): Promise<DirectiveOutcome> {
    try {
      return await this.#perform(directive.action);
    } catch (error) {
      return failed(describe(error));
    }
  }

  async #perform(action: DirectiveAction): Promise<DirectiveOutcome> {
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
        return expectError('rejected', action.message, async () => this.#compile(action.component, 'fault'));
      case 'assert-unlinkable':
        return expectError('unlinkable', action.message, async () => {
          const compiled = await this.#compile(action.component);
          await this.#settle(compiled.instantiate(this.#imports));
        });
    }
  }

  async #compile(component: ComponentForm, expects: 'valid' | 'fault' = 'valid'): Promise<CompiledComponent> {
    return this.#settle(this.#engine.compile(await assembleComponent(component), expects));
  }

  async #define(component: ComponentForm): Promise<CompiledComponent> {
    // When this definition fails, later directives must not use an older definition of the same name.
    this.#lastDefinition = undefined;
    if (component.id !== undefined) this.#definitions.delete(component.id);
    const compiled = await this.#compile(component);
    this.#lastDefinition = compiled;
    if (component.id !== undefined) this.#definitions.set(component.id, compiled);
    return compiled;
  }

  #definition(id: string | undefined): CompiledComponent {
    const found = id === undefined ? this.#lastDefinition : this.#definitions.get(id);
    if (found === undefined)
      throw new Error(
        `no component ${id ?? ''} is defined: its definition failed or does not precede this directive`,
      );
    return found;
  }

  async #instantiate(compiled: CompiledComponent, id: string | undefined): Promise<void> {
    if (id !== undefined) this.#instances.delete(id);
    const exports = await this.#settle(compiled.instantiate(this.#imports));
    this.#current = { compiled, exports };
    if (id === undefined) return;
    this.#instances.set(id, this.#current);
    const modules = Object.entries(exports).filter(([, item]) => item instanceof WebAssembly.Module);
    // Later components of the script may import core modules that a named instance exports, under the instance's name.
    if (modules.length > 0) this.#imports[id.slice(1)] = Object.fromEntries(modules);
  }

  async #invoke(invoke: Invoke): Promise<{ readonly value: unknown; readonly type: Func | undefined }> {
    const instance = invoke.instance === undefined ? this.#current : this.#instances.get(invoke.instance);
    if (instance === undefined)
      throw new Error('no instance exists: its instantiation failed, or the script does not make one');
    const callee = instance.exports[camelCase(invoke.name)] ?? instance.exports[invoke.name];
    if (typeof callee !== 'function')
      throw new Error(`the instance does not export a function named ${JSON.stringify(invoke.name)}`);
    const type = instance.compiled.exportedFunc(invoke.name);
    const args = invoke.args.map((arg, at) => scriptValueToJs(arg, type?.params[at]?.type));
    const returned: unknown = callee(...args);
    return { value: returned instanceof Promise ? await this.#settle(returned) : returned, type };
  }

  async #assertReturn(invoke: Invoke, expected: ScriptValue | undefined): Promise<DirectiveOutcome> {
    if (expected?.tag === 'result' && !expected.ok) return this.#assertError(invoke, expected.payload);
    const { value, type } = await this.#invoke(invoke);
    const unwrapped = expected?.tag === 'result' ? expected.payload : expected;
    const typeOf = expected?.tag === 'result' ? resultSides(type).ok : type?.result;
    return compare('result', value, unwrapped, typeOf);
  }

  async #assertError(invoke: Invoke, expected: ScriptValue | undefined): Promise<DirectiveOutcome> {
    try {
      const { value } = await this.#invoke(invoke);
      return failed(`expected an error, got the value ${showValue(value)}`);
    } catch (error) {
      if (errorClass(error) !== 'payload') throw error;
      const type = this.#current?.compiled.exportedFunc(invoke.name);
      return compare('error', Reflect.get(Object(error), 'payload'), expected, resultSides(type).err);
    }
  }

  async #assertTrap(what: Invoke | ComponentForm, message: string): Promise<DirectiveOutcome> {
    return expectError('trap', message, async () => {
      if (what.tag === 'invoke') return this.#invoke(what);
      this.#current = undefined;
      return this.#instantiate(await this.#compile(what), what.id);
    });
  }

  async #settle<T>(promise: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timedOut = new Promise<never>((_, reject) => {
      const seconds = this.#timeout / 1000;
      timer = setTimeout(
        () => reject(new Error(`the promise did not settle within ${seconds} s`)),
        this.#timeout,
      );
    });
    return Promise.race([promise, timedOut]).finally(() => clearTimeout(timer));
  }
}

const PASSED: DirectiveOutcome = { passed: true };

function failed(reason: string): DirectiveOutcome {
  return { passed: false, reason };
}

async function expectError(
  expected: ErrorClass,
  message: string,
  attempt: () => Promise<unknown>,
): Promise<DirectiveOutcome> {
  const wanted = `expected ${EXPECTATIONS[expected]} (${message})`;
  try {
    await attempt();
  } catch (error) {
    const thrown = describe(error);
    if (errorClass(error) !== expected) return failed(`${wanted}, got ${thrown}`);
    if (expected === 'trap' && !trapMatches(message, thrown))
      return failed(`${wanted}, got a different trap: ${thrown}`);
    return { passed: true, reason: `${wanted}, got ${thrown}` };
  }
  return failed(`${wanted}, but no error was thrown`);
}

const EXPECTATIONS: Readonly<Record<ErrorClass, string>> = {
  rejected: 'the component to be rejected',
  trap: 'a trap',
  unlinkable: 'a LinkError',
  payload: 'an error',
  internal: 'an internal error',
};

function resultSides(type: Func | undefined): { readonly ok?: Type; readonly err?: Type } {
  const result = typeKind(type?.result);
  return result?.tag === 'result' ? result : {};
}

function compare(
  what: 'result' | 'error',
  actual: unknown,
  expected: ScriptValue | undefined,
  type: Type | undefined,
): DirectiveOutcome {
  const wanted = expected === undefined ? undefined : scriptValueToJs(expected, type);
  if (sameValue(actual, wanted)) return PASSED;
  return failed(`expected the ${what} ${showValue(wanted)}, got ${showValue(actual)}`);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `the thrown value ${showValue(error)}`;
  // The runner's own errors have the name `Error` and need no prefix.
  if (error.name === 'Error') return error.message;
  const text = `${error.name}: ${error.message}`;
  if (errorClass(error) !== 'internal') return text;
  const [, location] = /^\s+at (.*)$/mu.exec(error.stack ?? '') ?? [];
  return location === undefined ? text : `${text} at ${location}`;
}
