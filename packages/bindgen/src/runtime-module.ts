import type { ImportSymbol } from './print.ts';

/** The one module that generated files import: its names are a contract with files that were generated long ago. */
const MODULE = '@wit-ts/runtime/codegen/v1';

export function runtimeType(name: string): ImportSymbol {
  return { tag: 'import', kind: 'type', name, from: MODULE, aliases: [name] };
}

export function runtimeValue(name: string): ImportSymbol {
  return { tag: 'import', kind: 'value', name, from: MODULE, aliases: [name] };
}
