import { componentWorld, decode, validate } from '@wit-ts/component';
import { hasErrors, WitError } from '@wit-ts/diagnostics';
import type { Func } from '@wit-ts/model';
import { compile, instantiate, type InstantiateOptions } from '@wit-ts/runtime';
import type { AbiEngineName } from '../conformance-suite.ts';
import type { CompiledComponent, ScriptEngine } from './script-engine.ts';

/**
 * How components with tasks are instantiated. A script waits for each call, so that functions which are not
 * asynchronous may wait for a thread that is suspended. What no call reports is no outcome of a directive.
 */
const WAITING: InstantiateOptions = {
  suspend: { imports: [], exports: true },
  onError: () => undefined,
};

/** Runs scripts with wit-ts: its decoder, its validator, and its runtime with one of the Canonical ABI engines. */
export function witTsEngine(abi: AbiEngineName): ScriptEngine {
  return {
    async compile(bytes, expects): Promise<CompiledComponent> {
      const component = decode(bytes);
      // Scripts of August 2026 give built-ins an immediate that the specification has reserved since.
      const diagnostics = validate(component).filter(
        ({ code }) => expects === 'fault' || code !== 'reserved-immediate',
      );
      if (hasErrors(diagnostics)) throw new WitError(diagnostics);
      const compiled = await compile(bytes, { engine: abi === 'compiled' ? 'compile' : 'reference' });
      let functions: ReadonlyMap<string, Func> | undefined;
      return {
        instantiate: async (imports) => instantiate(compiled, imports, compiled.hasTasks ? WAITING : {}),
        exportedFunc(name: string): Func | undefined {
          functions ??= rootFunctions(bytes);
          return functions.get(name);
        },
      };
    },
  };
}

/** Returns no functions when WIT cannot express the component's world. Arguments are then converted without a type. */
function rootFunctions(bytes: Uint8Array): ReadonlyMap<string, Func> {
  try {
    const { world } = componentWorld(decode(bytes));
    const items = [...world.exports].map(([name, item]) => ({ name, item }));
    return new Map(
      items.flatMap(({ name, item }) => (item.tag === 'function' ? [[name, item.function] as const] : [])),
    );
  } catch {
    return new Map();
  }
}
