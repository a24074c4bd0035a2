import type { PrintedFactory } from './printed-functions.ts';

/** Prints the call of a factory with the members of a binding that it reads. */
export function bindingText(
  { name, uses }: PrintedFactory,
  members: Readonly<Record<string, string | undefined>>,
): string {
  const used = Object.entries(members).filter(([key, text]) => text !== undefined && uses(key));
  return `${name}({ ${used.map(([key, text]) => `${key}: ${text}`).join(', ')} })`;
}
