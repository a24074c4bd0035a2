import { ComponentError, Trap } from '@wit-ts/runtime';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldList } from './field-list.ts';
import { byteText, textBytes } from './field-syntax.ts';
import { fieldsClass } from './fields.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const Fields3 = fieldsClass({ mostBytes: 4096, reportsSize: true });
const Fields2 = fieldsClass({ mostBytes: 4096, reportsSize: false });

function problemOf(change: () => unknown): unknown {
  try {
    change();
    return undefined;
  } catch (error) {
    return error instanceof ComponentError ? (error as ComponentError<{ tag: string }>).payload.tag : error;
  }
}

const FORBIDDEN = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'host',
  'http2-settings',
];

const name = fc
  .stringMatching(/^[\w!#$%&'*+.^`|~-]{1,12}$/u)
  .filter((text) => !FORBIDDEN.includes(text.toLowerCase()));
const value = fc
  .array(
    fc.integer({ min: 0x20, max: 0xff }).filter((byte) => byte !== 0x7f),
    { maxLength: 12 },
  )
  .map((list) => Uint8Array.from(list));

describe('fields', () => {
  it('keep values in their order, and names as they were written first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 10 }), (entries) => {
        const fields = Fields3.fromList(entries);
        const firstNames = new Map<string, string>();
        for (const [each] of entries)
          if (!firstNames.has(each.toLowerCase())) firstNames.set(each.toLowerCase(), each);
        const expected = entries.map(([each, of]) => [firstNames.get(each.toLowerCase()), of]);
        expect(fields.entries()).toEqual(expected);
        expect(fields.clone().copyAll()).toEqual(expected);
        for (const [each] of entries) {
          const same = entries.filter(([other]) => other.toLowerCase() === each.toLowerCase());
          expect(fields.get(each.toUpperCase())).toEqual(same.map(([, bytesOf]) => bytesOf));
          expect(fields.has(each.toLowerCase())).toBe(true);
        }
      }),
    );
  });

  it('are independent of their clones', () => {
    const fields = Fields3.fromList([['a', bytes('1')]]);
    const clone = fields.clone();
    clone.set('a', [bytes('2'), bytes('3')]);
    clone.append('b', bytes('4'));
    expect(fields.entries()).toEqual([['a', bytes('1')]]);
    expect(clone.getAndDelete('A')).toEqual([bytes('2'), bytes('3')]);
    expect(clone.entries()).toEqual([['b', bytes('4')]]);
  });

  it.each(FORBIDDEN)('refuse to set %s in any case', (forbidden) => {
    const fields = new Fields3();
    for (const each of [forbidden, forbidden.toUpperCase()]) {
      expect(problemOf(() => fields.append(each, bytes('x')))).toBe('forbidden');
      expect(problemOf(() => fields.set(each, [bytes('x')]))).toBe('forbidden');
      expect(problemOf(() => fields.delete(each))).toBe('forbidden');
      expect(problemOf(() => Fields3.fromList([[each, bytes('x')]]))).toBe('forbidden');
    }
  });

  it.each(['', ' ', 'a b', 'a:', 'a\r\nb', 'ä', 'a\0', '(', 'a,b'])('refuse the name %j', (wrong) => {
    const fields = new Fields3();
    expect(problemOf(() => fields.append(wrong, bytes('x')))).toBe('invalid-syntax');
    expect(problemOf(() => fields.delete(wrong))).toBe('invalid-syntax');
    expect(fields.has(wrong)).toBe(false);
    expect(fields.get(wrong)).toEqual([]);
  });

  it('refuse values with which a line could end, and change nothing', () => {
    const fields = Fields3.fromList([['a', bytes('1')]]);
    for (const wrong of ['\r', '\n', 'x\r\ny: z', '\0', '\u007f', '\u0001']) {
      expect(problemOf(() => fields.append('a', bytes(wrong)))).toBe('invalid-syntax');
      expect(problemOf(() => fields.set('a', [bytes('2'), bytes(wrong)]))).toBe('invalid-syntax');
    }
    expect(fields.entries()).toEqual([['a', bytes('1')]]);
    fields.append('a', bytes('a\tb'));
    expect(fields.get('a')).toHaveLength(2);
  });

  it('cannot be changed when they belong to a message', () => {
    const list = new FieldList(100);
    list.append('a', '1');
    const fields = new Fields3(list, {});
    for (const change of [
      () => fields.append('b', bytes('x')),
      () => fields.set('a', []),
      () => fields.delete('a'),
      () => fields.getAndDelete('a'),
    ])
      expect(problemOf(change)).toBe('immutable');
    fields.clone().append('b', bytes('x'));
    expect(list.has('b')).toBe(false);
  });

  it('have a limit, which is an error in 0.3 and a trap in 0.2', () => {
    const large = new Uint8Array(4096).fill(0x61);
    const many = (fields: InstanceType<typeof Fields3>) => () => {
      for (let count = 0; count < 1000; count += 1) fields.append('a', bytes(''));
    };
    expect(problemOf(() => new Fields3().append('a', large))).toBe('size-exceeded');
    expect(problemOf(many(new Fields3()))).toBe('size-exceeded');
    expect(problemOf(() => new Fields2().append('a', large))).toBeInstanceOf(Trap);
    expect(problemOf(many(new Fields2()))).toBeInstanceOf(Trap);
  });

  it('leave out of a received message what belongs to its connection', () => {
    const list = FieldList.received(['Host', 'a', 'X-One', '1', 'Connection', 'close', 'x-two', '2'], 1000);
    expect([...(list ?? [])]).toEqual([
      ['X-One', '1'],
      ['x-two', '2'],
    ]);
    expect(FieldList.received(['a', 'x'.repeat(100)], 100)).toBeUndefined();
  });

  it('have one character for each byte on the way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (given) => {
        expect(textBytes(byteText(given))).toEqual(given);
      }),
    );
  });
});
