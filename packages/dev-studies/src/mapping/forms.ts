import type { GenerateOptions } from '@wit-ts/bindgen';
import type { MappingChoices } from '@wit-ts/mapping';

/** The choices of the mapping, and the form of variants, which changes declarations only. */
export type TypeForm = MappingChoices & Pick<GenerateOptions, 'variants'>;

/** How the worlds are declared, and their values passed, one after the other: each choice alone, and with others. */
export const FORMS: readonly TypeForm[] = [
  {},
  { results: 'value' },
  {},
  { flags: 'bigint', variants: 'class' },
  { casing: 'wit', variants: 'const' },
  {},
  { results: 'value', flags: 'bigint', casing: 'wit', variants: 'class' },
];
