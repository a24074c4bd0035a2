import {
  compatibilityKey,
  type Contract,
  type ContractInterface,
  type ContractItem,
  type ContractPhase,
} from '@wit-ts/model';

/** The interface or world that a text of a contract belongs to, which decides what the names in it mean. */
export interface ContractPosition {
  readonly phase: ContractPhase;
  /** The key of the interface; `undefined` for the world itself. */
  readonly key: string | undefined;
}

/** A type of a contract. */
export interface ContractDefinition {
  readonly position: ContractPosition;
  readonly name: string;
  /** The text after its name and `=`. */
  readonly text: string;
}

const FOREIGN = /^((?:import )?[^{]+)\.\{\s*%?([^\s}]+)\s*\}$/u;

/** Finds the definitions of a contract by name. */
export class ContractDefinitions {
  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  /** Returns the key of the interface that links with a name: that name, or the only compatible version of it. */
  keyOf(phase: ContractPhase, name: string): string | undefined {
    const items = this.#contract[phase] ?? {};
    if (Object.hasOwn(items, name)) return name;
    const wanted = compatibilityKey(name);
    const found = Object.keys(items).filter((key) => key.includes('@') && compatibilityKey(key) === wanted);
    return found.length === 1 ? found[0] : undefined;
  }

  item(phase: ContractPhase, key: string): ContractItem | undefined {
    return ownProperty(this.#contract[phase], key);
  }

  interfaceAt({ phase, key }: ContractPosition): ContractInterface | undefined {
    const item = key === undefined ? undefined : this.item(phase, key);
    return typeof item === 'object' ? item : undefined;
  }

  /** Resolves a name in a text at a position: `metadata`, `%list`, `a:b/c.{metadata}`. */
  definition(token: string, position: ContractPosition): ContractDefinition | undefined {
    const [, key, name] = FOREIGN.exec(token) ?? [];
    if (key === undefined || name === undefined) {
      const plain = token.startsWith('%') ? token.slice(1) : token;
      return (
        this.#typeAt(position, plain) ?? (position.key === undefined ? this.#imported(plain) : undefined)
      );
    }
    if (key === 'world') {
      return this.#typeAt({ phase: position.phase, key: undefined }, name) ?? this.#imported(name);
    }
    const fromImports = key.startsWith('import ');
    const plain = fromImports ? key.slice('import '.length) : key;
    const phases: readonly ContractPhase[] =
      position.phase === 'exports' && !fromImports ? ['exports', 'imports', 'uses'] : ['imports', 'uses'];
    for (const phase of phases) {
      if (typeof this.item(phase, plain) === 'object') return this.#typeAt({ phase, key: plain }, name);
    }
    return undefined;
  }

  #imported(name: string): ContractDefinition | undefined {
    return this.#typeAt({ phase: 'imports', key: undefined }, name);
  }

  #typeAt(position: ContractPosition, name: string): ContractDefinition | undefined {
    const text =
      position.key === undefined
        ? this.item(position.phase, name)
        : ownProperty(this.interfaceAt(position)?.types, name);
    return typeof text === 'string' ? { position, name, text } : undefined;
  }
}

function ownProperty<T>(object: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}
