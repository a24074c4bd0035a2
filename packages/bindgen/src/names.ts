import { bindingName, pascalCase, reservedWords, type WorldSurfaceMember } from '@wit-ts/mapping';
import { parseQualifiedName, type Func } from '@wit-ts/model';
import { stringLiteral } from './printable.ts';

/**
 * Names come from a model, and a model may come from anywhere. Each name is checked to be one of WIT before a name
 * made of it becomes code.
 */

const LABEL = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/u;

/** Returns the name as it is. @throws TypeError if it is not a name of WIT */
export function checkedLabel(label: string): string {
  return LABEL.test(label) ? label : refuse(label);
}

/** Returns the TypeScript name of a WIT type. @throws TypeError if it is not a name of WIT */
export function typeName(label: string): string {
  return pascalCase(checkedLabel(label));
}

/** Returns the name of a function's declaration. @throws TypeError if it is not a name of WIT */
export function declaredName({ name }: Func): string {
  const key = bindingName(checkedLabel(name));
  return isDeclarable(key) ? key : `${key}_`;
}

/**
 * Returns true if the declaration of a function can have the name. A reserved word cannot, and `globalThis` would hide
 * the object of that name from the other declarations of the module.
 */
export function isDeclarable(name: string): boolean {
  return name !== 'globalThis' && !reservedWords.has(name);
}

/**
 * Returns a key of a world's imports or exports as it is: a full interface name or a plain name, annotated for a
 * function of a resource.
 *
 * @throws TypeError if it is neither
 */
export function checkedKey(key: string): string {
  if (LABEL.test(key)) return key;
  const full = parseQualifiedName(key);
  if (full === undefined) {
    for (const part of key.replace(/^\[[a-z]+\]/u, '').split('.')) checkedLabel(part);
    return key;
  }
  for (const part of [full.package.namespace, full.package.name, full.item]) checkedLabel(part);
  if (!/^[\w.+-]*$/u.test(full.package.version ?? '')) refuse(key);
  return key;
}

/** Returns members as they are. @throws TypeError if a name of them, at any depth, is not a name of WIT */
export function checkedMembers(members: readonly WorldSurfaceMember[]): readonly WorldSurfaceMember[] {
  for (const member of members) {
    checkedKey(member.name);
    if (member.tag === 'class') checkedMembers(member.functions);
    else if (member.tag === 'object') checkedMembers(member.members);
  }
  return members;
}

/** Returns a key as the name of a property: in quotes only if it needs them. */
export function propertyName(key: string): string {
  return /^\w+(?:\$\d+)?$/u.test(key) ? key : stringLiteral(key);
}

function refuse(name: string): never {
  throw new TypeError(`${JSON.stringify(name)} is not a name of WIT; nothing can be generated for it`);
}
