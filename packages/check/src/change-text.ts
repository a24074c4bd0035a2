import type { Mismatch } from '@wit-ts/model';
import { nameOf } from './summary.ts';

/** What happened where the old does not fit the new (`expected` is new, `found` old), without the place. */
export function changeText(mismatch: Mismatch): string {
  const { code, path, expected = '', found = '' } = mismatch;
  const name = `\`${nameOf(path.at(-1) ?? '')}\``;
  switch (code) {
    case 'import-not-offered':
      return `the import ${name} was removed`;
    case 'export-missing':
      return `the export ${name} was added`;
    case 'function-missing':
    case 'type-missing': {
      const noun = code === 'type-missing' ? 'type' : 'function';
      return `the ${noun} ${name} was ${mismatch.side === 'import' ? 'removed' : 'added'}`;
    }
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
