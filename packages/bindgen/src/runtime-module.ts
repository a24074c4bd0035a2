import type { ImportSymbol } from './printable.ts';

/**
 * The modules of a package that generated files import. Their names are a contract with files that were generated
 * earlier, so they may gain names but lose none.
 */
const MODULE = '@wit-ts/runtime/codegen/v1';
/** Synchronous code cannot load a part of the runtime when it is needed first, so it is not in the module above. */
const SYNC_MODULE = '@wit-ts/runtime/codegen/v1/sync';

/** The types that were asked for: a file that mentions a type often has one symbol for it. */
const types = new Map<string, ImportSymbol>();

export function runtimeType(name: string): ImportSymbol {
  let symbol = types.get(name);
  if (symbol === undefined) {
    symbol = { tag: 'import', kind: 'type', name, from: MODULE, aliases: [name] };
    types.set(name, symbol);
  }
  return symbol;
}

export function runtimeValue(name: string): ImportSymbol {
  return { tag: 'import', kind: 'value', name, from: MODULE, aliases: [name] };
}

export function syncRuntimeValue(name: string): ImportSymbol {
  return { tag: 'import', kind: 'value', name, from: SYNC_MODULE, aliases: [name] };
}
