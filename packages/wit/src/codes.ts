import { syntaxCodes, type SyntaxCode } from '@wit-ts/grammar';

/** Codes of the syntax, reported by the grammar or when the AST is built. */
const textCodes = [
  ...syntaxCodes,
  'invalid-name',
  'invalid-string',
  'invalid-version',
  'misplaced-package',
  'nested-name',
] as const;

/** Codes of the meaning, reported by `resolve`. */
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
  'too-many-parts',
  'type-cycle',
  'unknown-include-name',
  'unknown-interface',
  'unknown-package',
  'unknown-world',
  'unreleased-gate',
  'unversioned-gate',
] as const;

/** Codes of `load`, about files that cannot be used. */
const fileCodes = [
  'empty-directory',
  'invalid-binary',
  'invalid-utf8',
  'unreadable',
  'unsupported-binary',
] as const;

/** Codes of `selectWorld` and `format`. */
const otherCodes = ['ambiguous-world', 'format-unfaithful', 'no-world'] as const;

/** A code of a diagnostic of this package. `docs/codes.md` explains each. */
export type WitCode =
  SyntaxCode | (typeof textCodes | typeof meaningCodes | typeof fileCodes | typeof otherCodes)[number];

/** Every code of a diagnostic of this package. Codes are stable: new ones are added, and none changes its meaning. */
export const witCodes: readonly WitCode[] = [...textCodes, ...meaningCodes, ...fileCodes, ...otherCodes];
