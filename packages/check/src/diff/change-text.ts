import type { Mismatch } from '@wit-ts/model';

/** What happened where the old does not fit the new (`expected` is new, `found` old), without the place. */
export function changeText(mismatch: Mismatch): string {
  const { code, expected = '', found = '' } = mismatch;
  switch (code) {
    case 'import-not-offered':
      return 'it was removed';
    case 'export-missing':
      return 'it was added';
    case 'function-missing':
    case 'type-missing':
      return mismatch.side === 'import' ? 'it was removed' : 'it was added';
    case 'function-async':
      return expected.startsWith('async') ? 'the function became async' : 'the function is async no more';
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
    default:
      if (code.endsWith('-missing')) return `\`${expected}\` was added`;
      if (code.endsWith('-extra')) return `\`${found}\` was removed`;
      if (code.endsWith('-renamed')) return `\`${found}\` was renamed to \`${expected}\``;
      if (code.endsWith('-order')) return `the order changed from \`${found}\` to \`${expected}\``;
      return `\`${found}\` became \`${expected}\``;
  }
}
