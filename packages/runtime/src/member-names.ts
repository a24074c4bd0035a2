import { camelCase, Claims, pascalCase } from '@wit-ts/abi';
import type { PlanImport } from '@wit-ts/plan';

/** What a name says of the function that bears it. */
export interface MemberName {
  /** Absent for a function that belongs to no resource. */
  readonly kind: 'constructor' | 'method' | 'static' | undefined;
  readonly resource: string;
  readonly member: string;
}

/** `[method]file.read`, `[static]file.open`, `[constructor]file` (`Explainer.md`, "Import and Export Definitions"). */
export function memberName(name: string): MemberName {
  const [, kind, resource = '', member = ''] =
    /^\[(constructor|method|static)\]([^.]*)(?:\.(.*))?$/u.exec(name) ?? [];
  return { kind: kind as MemberName['kind'], resource, member: kind === undefined ? name : member };
}

/** The names that functions of one class have; `prototype` of a class is what it always is. */
export class MemberClaims {
  readonly #methods = new Claims();
  readonly #statics = new Claims(['prototype']);

  claim({ kind, member }: MemberName): string {
    return (kind === 'static' ? this.#statics : this.#methods).claim(camelCase(member));
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
  readonly #places = new Map<string, { readonly functions: Claims; readonly classes: Claims }>();
  readonly #classes = new Map<string, { readonly name: string; readonly members: MemberClaims }>();

  keysOf(imports: readonly PlanImport[]): ImportKey[] {
    return imports.map(({ path, item }) => {
      const name = path.at(-1) ?? '';
      const place = JSON.stringify(path.slice(0, -1));
      if (item.tag === 'resource') return { key: this.#class(place, name).name, className: '' };
      const parsed = memberName(name);
      if (parsed.kind === undefined)
        return { key: this.#at(place).functions.claim(camelCase(name)), className: '' };
      const { name: className, members } = this.#class(place, parsed.resource);
      return { key: parsed.kind === 'constructor' ? className : members.claim(parsed), className };
    });
  }

  #at(place: string): { readonly functions: Claims; readonly classes: Claims } {
    let found = this.#places.get(place);
    if (found === undefined)
      this.#places.set(place, (found = { functions: new Claims(), classes: new Claims() }));
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
