import type { CoreExternType } from '../ast.ts';
import type { CoreItem, ModuleType } from '../core/module-type.ts';

/** The imports and exports of a compiled core module, as `WebAssembly.Module.imports` and `exports` return them. */
export interface ModuleNames {
  readonly imports: readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  readonly exports: readonly { readonly name: string; readonly kind: string }[];
}

/**
 * Returns the type of a compiled module as far as it can be known: from names and kinds. When they match the expected
 * type, the rest is assumed to match; the engine checks it when it makes an instance.
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
  // For two different kinds nothing else is compared.
  return expected?.tag === tag ? expected : ({ tag } as CoreItem);
}
