import { isLabel, isVersion } from '@wit-ts/model';
import { externNameFault, interfaceNameFault } from '../validate/names.ts';

/** A name of a component that WIT cannot write. Bytes may have any text where the specification has a name. */
export interface UnwritableName {
  readonly name: string;
  /** What it names: `import`, `function`, `field`. */
  readonly kind: string;
}

/** Collects the names of a component that WIT cannot write, each once. */
export class UnwritableNames {
  readonly #found = new Map<string, UnwritableName>();

  get all(): readonly UnwritableName[] {
    return [...this.#found.values()];
  }

  /** A name of a field, case, flag, parameter or type. */
  label(kind: string, name: string): void {
    if (!isLabel(name)) this.#add(kind, name);
  }

  /** A plain name of an import or export, which may be annotated. Only instances have the names of interfaces. */
  item(kind: string, name: string): void {
    if (name.includes(':') || externNameFault(name) !== undefined) this.#add(kind, name);
  }

  /** The full name of an interface. WIT needs a whole version. */
  interface(kind: string, name: string): void {
    const at = name.indexOf('@');
    if (interfaceNameFault(name) !== undefined || (at >= 0 && !isVersion(name.slice(at + 1))))
      this.#add(kind, name);
  }

  #add(kind: string, name: string): void {
    const key = `${kind} ${name}`;
    if (!this.#found.has(key)) this.#found.set(key, { kind, name });
  }
}
