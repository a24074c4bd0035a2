import { util } from 'prettier';
import { expect, it } from 'vitest';
import { widthOf } from './text-width.ts';

it.each([
  '',
  'ascii ~',
  'é',
  'e\u0301',
  '型',
  'ヘ',
  '한국',
  'Ａ',
  '😀',
  '👩‍👧',
  '👍🏽',
  '\u200b',
  '☃',
  '☃\ufe0f',
  '\u{20000}',
])('measures %j as prettier does', (text) => {
  expect(widthOf(text)).toBe(util.getStringWidth(text));
});
