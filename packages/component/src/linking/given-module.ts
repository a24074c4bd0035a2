import type { CoreExternType } from '../ast.ts';
import type { CoreItem, ModuleType } from '../core/module-type.ts';

/** What a compiled core module tells of itself, as `WebAssembly.Module.imports` and `exports` give it. */
export interface ModuleNames {
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  readonly exports: readonly { readonly name: string; readonly kind: string }[];
}

/**
 * The type of a compiled module, as far as it can be known: names and kinds. Where those are what is expected the type is taken
 * to be; the engine finds out when it makes an instance.
 */
export function givenModule(names: ModuleNames, expected: ModuleType): ModuleType {
  return {
    imports: names.imports.map(({ module, name, kind }) => {
      const wanted = expected.imports.find((other) => other.module === module && other.name === name);
      return { module, name, item: itemOf(kind, wanted?.item) };
    }),
    exports: new Map(names.exports.map(({ name, kind }) => [name, itemOf(kind, expected.exports.get(name))])),
  };
}

function itemOf(kind: string, expected: CoreItem | undefined): CoreItem {
  const tag = (kind === 'function' ? 'func' : kind) as CoreExternType['tag'];
  // Of two different kinds nothing else is compared.
  return expected?.tag === tag ? expected : ({ tag } as CoreItem);
}
