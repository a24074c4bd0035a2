import type { PrintedFactory } from './printed-functions.ts';

/** The members of a binding as text. A function is called only if its member is used. */
export type BindingMembers = Readonly<Record<string, string | undefined | (() => string)>>;

/** Prints the call of a factory with the members of a binding that it reads. */
export function bindingText({ name, uses }: PrintedFactory, members: BindingMembers): string {
  const used = Object.entries(members).filter(([key, text]) => text !== undefined && uses(key));
  const texts = used.map(([key, text]) => `${key}: ${typeof text === 'function' ? text() : text}`);
  return `${name}({ ${texts.join(', ')} })`;
}
