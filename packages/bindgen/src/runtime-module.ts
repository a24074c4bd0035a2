import type { ImportSymbol } from './printable.ts';

/**
 * The only module of a package that generated files import. Its names are a contract with files that were generated
 * earlier, so it may gain names but lose none.
 */
const MODULE = '@wit-ts/runtime/codegen/v1';

export function runtimeType(name: string): ImportSymbol {
  return { tag: 'import', kind: 'type', name, from: MODULE, aliases: [name] };
}

export function runtimeValue(name: string): ImportSymbol {
  return { tag: 'import', kind: 'value', name, from: MODULE, aliases: [name] };
}
