import { syntaxCodes, type SyntaxCode } from '@wit-ts/grammar';

/** Found in the syntax: by the grammar, or in what it leaves to be judged. */
const textCodes = [
  ...syntaxCodes,
  'invalid-name',
  'invalid-string',
  'invalid-version',
  'misplaced-package',
  'nested-name',
] as const;

/** Found in what the text means. */
const meaningCodes = [
  'case-clash',
  'conflicting-gates',
  'conflicting-package',
  'constructor-result',
  'disabled-feature',
  'duplicate-attribute',
  'duplicate-case',
  'duplicate-constructor',
  'duplicate-export',
  'duplicate-field',
  'duplicate-flag',
  'duplicate-import',
  'duplicate-item',
  'duplicate-method',
  'duplicate-name',
  'duplicate-package',
  'duplicate-package-docs',
  'duplicate-param',
  'empty-enum',
  'empty-flags',
  'empty-record',
  'empty-tuple',
  'empty-variant',
  'future-payload',
  'gate-mismatch',
  'import-and-export',
  'include-clash',
  'item-cycle',
  'list-length',
  'lone-deprecated',
  'map-key',
  'missing-package',
  'name-clash',
  'not-a-resource',
  'not-a-type',
  'not-a-world',
  'not-an-interface',
  'package-cycle',
  'returned-borrow',
  'stream-payload',
  'too-many-flags',
  'type-cycle',
  'unknown-include-name',
  'unknown-interface',
  'unknown-package',
  'unknown-world',
  'unreleased-gate',
  'unversioned-gate',
] as const;

/** Found by `load`, where a file is not what it should be. */
const fileCodes = [
  'empty-directory',
  'invalid-binary',
  'invalid-utf8',
  'unreadable',
  'unsupported-binary',
] as const;

/** Found by `selectWorld`, and by `format`. */
const otherCodes = ['ambiguous-world', 'format-unfaithful', 'no-world'] as const;

/** A code of what this package finds. `docs/codes.md` explains each. */
export type WitCode =
  SyntaxCode | (typeof textCodes | typeof meaningCodes | typeof fileCodes | typeof otherCodes)[number];

/** Every code of what this package finds. Stable: codes are added, and never change their meaning. */
export const witCodes: readonly WitCode[] = [...textCodes, ...meaningCodes, ...fileCodes, ...otherCodes];
