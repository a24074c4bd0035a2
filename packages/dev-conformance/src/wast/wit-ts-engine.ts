import { type Component as DecodedComponent, componentWorld, decode, validate } from '@wit-ts/component';
import { hasErrors, WitError } from '@wit-ts/diagnostics';
import type { Func } from '@wit-ts/model';
import { compile, instantiate, type InstantiateOptions } from '@wit-ts/runtime';
import { mentionsTasks, plan } from '@wit-ts/plan';
import { transpile, type StaticFile } from '@wit-ts/transpile';
import type { EngineName } from '../conformance-suite.ts';
import type { CompiledComponent, ScriptEngine } from './script-engine.ts';

/**
 * How components with tasks are instantiated. A script waits for each call, so that functions which are not
 * asynchronous may wait for a thread that is suspended. What no call reports is no outcome of a directive.
 */
const WAITING = {
  suspend: { imports: [], exports: true },
  onError: () => undefined,
} as const;

/** Runs scripts with wit-ts: its decoder, its validator, and its runtime with one of the Canonical ABI engines. */
export function witTsEngine(engine: EngineName): ScriptEngine {
  return {
    async compile(bytes, expects): Promise<CompiledComponent> {
      const component = decode(bytes);
      // Scripts of August 2026 give built-ins an immediate that the specification has reserved since.
      const diagnostics = validate(component).filter(
        ({ code }) => expects === 'fault' || code !== 'reserved-immediate',
      );
      if (hasErrors(diagnostics)) throw new WitError(diagnostics);
      const makeInstance =
        engine === 'static' ? await staticInstances(bytes, component) : await instances(bytes, engine);
      let functions: ReadonlyMap<string, Func> | undefined;
      return {
        instantiate: makeInstance,
        exportedFunc(name: string): Func | undefined {
          functions ??= rootFunctions(component);
          return functions.get(name);
        },
      };
    },
  };
}

type MakeInstance = CompiledComponent['instantiate'];

type MakeStatic = (
  imports: Parameters<MakeInstance>[0],
  options: InstantiateOptions,
) => ReturnType<MakeInstance>;

async function instances(bytes: Uint8Array, engine: 'compiled' | 'reference'): Promise<MakeInstance> {
  const compiled = await compile(bytes, { engine: engine === 'compiled' ? 'compile' : 'reference' });
  return async (imports) => instantiate(compiled, imports, compiled.hasTasks ? WAITING : {});
}

/** Writes the component as a static module, loads it, and makes instances with it. */
async function staticInstances(bytes: Uint8Array, component: DecodedComponent): Promise<MakeInstance> {
  const [{ content }] = (await transpile(bytes, {
    inlineBelow: Infinity,
    eager: false,
    types: false,
    ...(mentionsTasks(plan(component)) && { suspend: WAITING.suspend }),
  })) as [StaticFile];
  const text = Buffer.from(content).toString('base64');
  const module = (await import(`data:text/javascript;base64,${text}`)) as {
    readonly instantiate: MakeStatic;
  };
  return async (imports) => module.instantiate(imports, { onError: () => undefined });
}

/** Returns no functions when WIT cannot express the component's world. Arguments are then converted without a type. */
function rootFunctions(component: DecodedComponent): ReadonlyMap<string, Func> {
  try {
    const { world } = componentWorld(component);
    const items = [...world.exports].map(([name, item]) => ({ name, item }));
    return new Map(
      items.flatMap(({ name, item }) => (item.tag === 'function' ? [[name, item.function] as const] : [])),
    );
  } catch {
    return new Map();
  }
}
