import { camelCase, pascalCase, reservedWords } from '@wit-ts/mapping';
import { parseQualifiedName } from '@wit-ts/model';

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
  return reservedWords.has(name) ? `${name}_` : name;
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
