import { componentWorld, decode, validate } from '@wit-ts/component';
import { hasErrors, WitError } from '@wit-ts/diagnostics';
import type { Func } from '@wit-ts/model';
import { compile, instantiate } from '@wit-ts/runtime';
import type { Compiled, Engine } from './engine.ts';

/** This project's own decoder, validator and runtime. */
export const toolchain: Engine = {
  async compile(bytes: Uint8Array): Promise<Compiled> {
    const component = decode(bytes);
    const diagnostics = validate(component);
    if (hasErrors(diagnostics)) throw new WitError(diagnostics);
    const compiled = await compile(bytes);
    let functions: ReadonlyMap<string, Func> | undefined;
    return {
      instantiate: async (imports) => instantiate(compiled, imports),
      exportedFunc(name: string): Func | undefined {
        functions ??= rootFunctions(bytes);
        return functions.get(name);
      },
    };
  },
};

/** A component whose world WIT cannot express has functions all the same; their values are then taken as they look. */
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
