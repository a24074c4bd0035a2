import { describe, expect, it } from 'vitest';
import { trapMatches } from './trap-kinds.ts';

describe('trapMatches', () => {
  it.each([
    ['wasm `unreachable` instruction executed', 'wasm trap: unreachable'],
    ['string content out-of-bounds', 'string pointer/length out of bounds of memory'],
    ['list content out-of-bounds', 'realloc return: beyond end of memory'],
    ['incomplete utf-8 byte sequence', 'invalid utf-8'],
    ['a message of no known kind', 'anything'],
    ['', 'anything'],
  ])('accepts, when %j is expected, %j', (expected, actual) => {
    expect(trapMatches(expected, actual)).toBe(true);
  });

  it.each([
    ['cannot block a synchronous task before returning', 'unreachable'],
    ['waitable cannot be used synchronously while added to a waitable set', '`waitable-set.new` is not run'],
    ['cannot leave component instance', 'cannot enter component instance'],
  ])('rejects, when %j is expected, %j', (expected, actual) => {
    expect(trapMatches(expected, actual)).toBe(false);
  });
});
