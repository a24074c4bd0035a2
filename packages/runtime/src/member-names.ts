import { camelCase, type FunctionName, NameClaims, parseFunctionName, pascalCase } from '@wit-ts/mapping';
import type { PlanImport } from '@wit-ts/plan';

/** The names that functions of one class have; `prototype` of a class is what it always is. */
export class MemberClaims {
  readonly #methods = new NameClaims();
  readonly #statics = new NameClaims(['prototype']);

  claim({ style, member }: FunctionName): string {
    return (style === 'static' ? this.#statics : this.#methods).claim(camelCase(member));
  }
}

/** How the host calls an import: its own name, and the class it belongs to. */
export interface ImportKey {
  readonly key: string;
  readonly className: string;
}

const known = new WeakMap<readonly PlanImport[], readonly ImportKey[]>();

/** The names that imports have with the host, each among those that stand beside it. */
export function importKeys(imports: readonly PlanImport[]): readonly ImportKey[] {
  let keys = known.get(imports);
  if (keys === undefined) known.set(imports, (keys = new ImportNames().keysOf(imports)));
  return keys;
}

class ImportNames {
  readonly #places = new Map<string, { readonly functions: NameClaims; readonly classes: NameClaims }>();
  readonly #classes = new Map<string, { readonly name: string; readonly members: MemberClaims }>();

  keysOf(imports: readonly PlanImport[]): ImportKey[] {
    return imports.map(({ path, item }) => {
      const name = path.at(-1) ?? '';
      const place = JSON.stringify(path.slice(0, -1));
      if (item.tag === 'resource') return { key: this.#class(place, name).name, className: '' };
      const parsed = parseFunctionName(name);
      if (parsed.style === 'function')
        return { key: this.#at(place).functions.claim(camelCase(name)), className: '' };
      const { name: className, members } = this.#class(place, parsed.resource);
      return { key: parsed.style === 'constructor' ? className : members.claim(parsed), className };
    });
  }

  #at(place: string): { readonly functions: NameClaims; readonly classes: NameClaims } {
    let found = this.#places.get(place);
    if (found === undefined)
      this.#places.set(place, (found = { functions: new NameClaims(), classes: new NameClaims() }));
    return found;
  }

  #class(place: string, resource: string): { readonly name: string; readonly members: MemberClaims } {
    const id = `${place} ${resource}`;
    let found = this.#classes.get(id);
    if (found === undefined) {
      found = { name: this.#at(place).classes.claim(pascalCase(resource)), members: new MemberClaims() };
      this.#classes.set(id, found);
    }
    return found;
  }
}
