import type { FlatSpec } from '../value-engine.ts';

/** Returns what lifting values is in messages of traps, without the name of the instance at the end. */
export function liftingText(name: string, what: FlatSpec['what']): string {
  return what === 'result'
    ? `lifting the result of \`${name}\` of `
    : `lifting the arguments of \`${name}\` for `;
}

/** Returns what lowering values is in messages of traps, without the name of the instance at the end. */
export function loweringText(name: string, what: FlatSpec['what']): string {
  return what === 'result'
    ? `lowering the result of \`${name}\` for `
    : `lowering the arguments of \`${name}\` of `;
}

/** Returns what loading values is in messages of traps, without the name of the instance at the end. */
export function loadingText(name: string): string {
  return `loading values of \`${name}\` for `;
}

/** Returns what storing values is in messages of traps, without the name of the instance at the end. */
export function storingText(name: string): string {
  return `storing values of \`${name}\` for `;
}
