import { mismatchTexts, type Mismatch } from '@wit-ts/model';

/** Says what happened, for a mismatch of an old world (`found`) with a new one (`expected`). The path is left out. */
export function changeText(mismatch: Mismatch): string {
  const { expected = '', found = '' } = mismatchTexts(mismatch);
  switch (mismatch.code) {
    case 'import-not-offered':
      return 'it was removed';
    case 'export-missing':
      return 'it was added';
    case 'function-missing':
    case 'type-missing':
      return mismatch.side === 'import' ? 'it was removed' : 'it was added';
    case 'function-async':
      return mismatch.expected.async ? 'the function became async' : 'the function is no longer async';
    case 'result-missing':
      return `the result was added: \`${expected}\``;
    case 'result-extra':
      return `the result was removed: \`${expected}\``;
    case 'payload-missing':
      return `a payload \`${expected}\` was added`;
    case 'payload-extra':
      return `the payload \`${found}\` was removed`;
    case 'type-too-deep':
      return 'the type nests too deeply to be compared';
    case 'param-missing':
    case 'field-missing':
    case 'case-missing':
    case 'flag-missing':
      return `\`${expected}\` was added`;
    case 'param-extra':
    case 'field-extra':
    case 'case-extra':
    case 'flag-extra':
      return `\`${found}\` was removed`;
    case 'param-renamed':
    case 'field-renamed':
    case 'case-renamed':
    case 'flag-renamed':
      return `\`${found}\` was renamed to \`${expected}\``;
    case 'param-order':
    case 'field-order':
    case 'case-order':
    case 'flag-order':
      return `the order changed from \`${found}\` to \`${expected}\``;
    default:
      return `\`${found}\` became \`${expected}\``;
  }
}
