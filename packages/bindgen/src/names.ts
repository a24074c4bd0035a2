import { camelCase, pascalCase } from '@wit-ts/abi';
import { parseQualifiedName } from '@wit-ts/model';

/**
 * Words that cannot name a parameter, a function or a default export in a module: reserved words of ECMAScript in strict
 * mode, and `this`, which would turn a parameter into TypeScript's declaration of a receiver.
 */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

const LABEL = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/u;

/**
 * The JavaScript name of a WIT name, as the runtime looks it up.
 *
 * @throws TypeError for what is no WIT name: models from elsewhere must not write code through a name
 */
export function memberName(label: string): string {
  return camelCase(checked(label));
}

/** The tag of a variant's or an enum's case: the WIT name as it is. */
export function checkedTag(label: string): string {
  return checked(label);
}

/** The TypeScript name of a WIT type. */
export function typeName(label: string): string {
  return pascalCase(checked(label));
}

/** A name for a parameter or a function declaration: `delete_` for `delete`, which no WIT name can become. */
export function bindingName(label: string): string {
  const name = memberName(label);
  return RESERVED.has(name) ? `${name}_` : name;
}

/** Names that are distinct after casing: `foo-1` and `foo1` become `foo1` and `foo1$1`. */
export class NameTable {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The first of the candidates that is free, else the last one with a number. WIT names hold no `$`. */
  claim(...candidates: readonly string[]): string {
    const free = candidates.find((candidate) => !this.#taken.has(candidate));
    const last = candidates.at(-1)!;
    let name = free ?? last;
    for (let n = 1; this.#taken.has(name); n += 1) name = `${last}$${n}`;
    this.#taken.add(name);
    return name;
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }
}

/**
 * A key of a world's imports or exports: a full interface name or a plain one, annotated where it is a resource's.
 *
 * @throws TypeError for anything else
 */
export function checkedKey(key: string): string {
  const full = parseQualifiedName(key);
  if (full === undefined) {
    for (const part of key.replace(/^\[[a-z]+\]/u, '').split('.')) checked(part);
    return key;
  }
  for (const part of [full.package.namespace, full.package.name, full.item]) checked(part);
  if (!/^[\w.+-]*$/u.test(full.package.version ?? '')) refuse(key);
  return key;
}

function checked(label: string): string {
  return LABEL.test(label) ? label : refuse(label);
}

function refuse(name: string): never {
  throw new TypeError(`${JSON.stringify(name)} is not a name of WIT; nothing can be generated for it`);
}
