import type { Type, TypeDef } from '@wit-ts/model';
import { resolveAlias } from '../../layout/despecialize.ts';
import type { Code } from '../text.ts';
import type { Unit } from '../unit.ts';

/** Functions of a factory for types that are too large to be written out, each written the first time it is asked for. */
export class TypeFunctions {
  readonly #unit: Unit;
  readonly #names = new Map<string, Map<TypeDef, string>>();

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  /** @param role what the function does, as a part of its name */
  name(role: string, type: Type, write: (name: string) => Code): string {
    const resolved = resolveAlias(type);
    if (typeof resolved === 'string') throw new TypeError('a primitive needs no function');
    let known = this.#names.get(role);
    if (known === undefined) this.#names.set(role, (known = new Map()));
    let name = known.get(resolved);
    if (name === undefined) {
      name = this.#unit.name(role);
      known.set(resolved, name);
      this.#unit.declarations.add(write(name));
    }
    return name;
  }
}
