import {
  contractDefText,
  contractFuncText,
  ContractKeys,
  type ContractPhase,
  type InterfaceItem,
} from './contract-keys.ts';
import { ContractLines, textOfLines } from './contract-text.ts';
import { functionsOf, typesOf } from './members.ts';
import { externName, interfaceName, qualifiedName } from './names.ts';
import type { World, WorldItem } from './types.ts';

/**
 * Returns `contractText(contractOf(world))`, but writes the lines at once: a large world has tens of thousands of them,
 * and as an object each would be stored, listed and read again.
 *
 * @throws RangeError as `contractOf`, and TypeError as `contractText`
 */
export function worldContractText(world: World): string {
  const keys = new ContractKeys(world);
  const imports = itemLines('import', world.imports, keys);
  const exports = itemLines('export', world.exports, keys);
  const uses = new ContractLines();
  // Describing one interface may reach others.
  for (const [key, iface] of keys.uses)
    addInterface(uses, 'use', key, { tag: 'interface', interface: iface }, keys);
  const name = world.package === undefined ? world.name : qualifiedName(world.package.name, world.name);
  return textOfLines(name, imports, uses, exports);
}

/** The words before items in lines, and the parts of a contract that they belong to. */
const PHASES = { import: 'imports', use: 'uses', export: 'exports' } as const satisfies Record<
  string,
  ContractPhase
>;

function itemLines(
  word: 'import' | 'export',
  items: ReadonlyMap<string, WorldItem>,
  keys: ContractKeys,
): ContractLines {
  const lines = new ContractLines();
  const phase = PHASES[word];
  const options = keys.textOptions(phase);
  for (const [key, item] of items) {
    if (item.tag === 'type') lines.item(word, key, contractDefText(item.type, options));
    else if (item.tag === 'function') lines.item(word, key, contractFuncText(item.function, options));
    else {
      const same = keys.sameAs(item, key, phase);
      if (same === undefined) addInterface(lines, word, key, item, keys);
      else lines.item(word, key, `interface ${same}`);
    }
  }
  return lines;
}

function addInterface(
  lines: ContractLines,
  word: keyof typeof PHASES,
  key: string,
  item: InterfaceItem,
  keys: ContractKeys,
): void {
  const name = interfaceName(item.interface);
  const options = keys.textOptions(PHASES[word], item.interface);
  lines.interface(word, key, name === key ? undefined : name);
  for (const [id, def] of typesOf(item)) lines.type(id, contractDefText(def, options));
  for (const func of functionsOf(item).values())
    lines.function(externName(func), contractFuncText(func, options));
}
