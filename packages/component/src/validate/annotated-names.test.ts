import { expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { validate } from './validate.ts';

it.each(['import', 'export'])('a constructor that is an %s cannot be async, unlike methods', (direction) => {
  const declare = direction === 'import' ? b.declareImport : b.declareExport;
  const faults = (name: string, type: b.Bytes): string[] =>
    validate(
      decode(
        b.component(
          b.types(
            b.componentType(
              declare('r', b.subResource()),
              b.declareType(b.own(0)),
              b.declareType(b.borrow(0)),
              b.declareType([0x6a, 1, 1, 0]),
              b.declareType(type),
              declare(name, b.funcOf(4)),
            ),
          ),
        ),
      ),
    ).map(({ message }) => message);
  const message = '`[constructor]r`: a constructor cannot be async';
  expect(faults('[constructor]r', b.func([], [1]))).toEqual([]);
  expect(faults('[constructor]r', b.func([], [1], 0x43))).toEqual([message]);
  expect(faults('[constructor]r', b.func([], [3], 0x43))).toEqual([message]);
  expect(faults('[constructor]r', b.func([['x', b.U8]], [1], 0x43))).toEqual([message]);
  expect(faults('[method]r.f', b.func([['self', [2]]], [1], 0x43))).toEqual([]);
  expect(faults('[static]r.f', b.func([], [1], 0x43))).toEqual([]);
});
