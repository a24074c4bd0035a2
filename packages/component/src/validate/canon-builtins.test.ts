import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { withCore } from '../fixtures/with-core.ts';
import { validate } from './validate.ts';

const I32 = 0x7f;
const REALLOC = { params: [I32, I32, I32, I32], results: [I32] };
const MEMORY: b.Bytes = [0x03, 0];

function messages(sections: b.Bytes): string[] {
  return validate(decode(b.component(sections))).map((finding) => finding.message);
}

describe('built-ins', () => {
  it.each<[string, b.Bytes, string[]]>([
    [
      'resource.new of an import',
      [0x02, 1],
      ['canon resource.new: type 1 is a resource that this component does not define'],
    ],
    [
      'resource.rep of a value type',
      [0x04, 2],
      ['canon resource.rep: type 2 is a value type, not a resource'],
    ],
    ['resource.drop of an import', [0x03, 1], []],
    ['resource.new of a resource of the component', [0x02, 0], []],
    [
      'a third context slot',
      [0x0a, 0x7f, 2],
      ['canon context.get: context slot 2 does not exist: there are slots 0 and 1'],
    ],
    [
      'a context slot of floats',
      [0x0b, 0x7d, 0],
      ['canon context.set: a context slot holds i32 or i64, not f32'],
    ],
    ['stream.new of a future', [0x0e, 4], ['canon stream.new: type 4 is not a stream']],
    [
      'stream.read without memory',
      [0x0f, 3, 0],
      [
        "canon stream.read: the option `memory` is required for this function's types",
        "canon stream.read: the option `realloc` is required for this function's types",
      ],
    ],
    ['stream.write', [0x10, 3, b.vec(MEMORY, [0x06])], []],
    ['future.read without a payload', [0x16, 4, b.vec([0x06])], []],
    [
      'task.return with realloc',
      [0x09, 0x00, b.STRING, b.vec(MEMORY, [0x04, 0])],
      ['canon task.return: the option `realloc` is not allowed here'],
    ],
    [
      'waitable-set.wait in no memory',
      [0x20, 0, 5],
      ['core memory 5 does not exist: the last one defined before this is 0'],
    ],
    [
      'error-context.new without memory',
      [0x1c, 0],
      ["canon error-context.new: the option `memory` is required for this function's types"],
    ],
    ['thread.new-indirect of the right type', [0x27, 1, 0], []],
    [
      'thread.new-indirect of another type',
      [0x27, 0, 0],
      [
        'canon thread.new-indirect: the start function of a thread must have the type [i32] -> [], and core type 0 is different',
      ],
    ],
  ])('are checked: %s', (_what, canon, expected) => {
    const sections = withCore(
      [REALLOC],
      b.coreTypes([0x60, b.vec([I32]), b.vec()]),
      b.types(b.resource()),
      b.imports(b.importing('r', b.subResource())),
      b.types(b.list(b.U8), b.stream(b.STRING), [0x65, 0]),
      b.canons(canon),
    );
    expect(messages(sections)).toEqual(expected);
  });

  it.each<[string, readonly b.Bytes[], string[]]>([
    [
      'of one type in both slots',
      [
        [0x0a, 0x7f, 0],
        [0x0b, 0x7f, 1],
        [0x0b, 0x7f, 0],
      ],
      [],
    ],
    [
      'of i64',
      [
        [0x0a, 0x7e, 0],
        [0x0b, 0x7e, 0],
      ],
      [],
    ],
    [
      'of two types in one slot',
      [
        [0x0a, 0x7f, 0],
        [0x0b, 0x7e, 0],
      ],
      ['canon context.set: all context slots of a component have one type, and this is i64 after i32'],
    ],
    [
      'of two types in two slots',
      [
        [0x0b, 0x7e, 0],
        [0x0a, 0x7f, 1],
      ],
      ['canon context.get: all context slots of a component have one type, and this is i32 after i64'],
    ],
    [
      'of one type, after a slot of floats',
      [
        [0x0b, 0x7d, 0],
        [0x0a, 0x7e, 0],
      ],
      ['canon context.set: a context slot holds i32 or i64, not f32'],
    ],
  ])('check context slots %s', (_what, canons, expected) => {
    expect(messages([b.canons(...canons)])).toEqual(expected);
  });

  it.each<[string, b.Bytes]>([
    ['thread.yield', [0x0c]],
    ['waitable-set.wait', [0x20]],
    ['waitable-set.poll', [0x21]],
    ['thread.suspend', [0x29]],
    ['thread.suspend-then-resume', [0x2a]],
    ['thread.yield-then-resume', [0x2b]],
    ['thread.suspend-then-promote', [0x2c]],
    ['thread.yield-then-promote', [0x2d]],
  ])('refuse a reserved immediate of %s that is not 0', (name, opcode) => {
    const memory = name.startsWith('waitable-set') ? [0] : [];
    expect(messages(withCore([], b.canons([opcode, 0, memory])))).toEqual([]);
    expect(messages(withCore([], b.canons([opcode, 1, memory])))).toEqual([
      `canon ${name}: the immediate that was \`cancellable\` is reserved and must be 0x00`,
    ]);
  });

  it('check the context slots of each component by themselves', () => {
    expect(messages([b.canons([0x0a, 0x7f, 0]), b.nested(b.canons([0x0a, 0x7e, 0]))])).toEqual([]);
  });

  it.each<[string, b.Bytes, number]>([
    ['waitable-set.wait', [0x20, 0, 0], 0],
    ['waitable-set.poll', [0x21, 0, 0], 0],
    ['task.return', [0x09, 0x00, b.STRING, b.vec(MEMORY)], 0],
    ['error-context.new', [0x1c, b.vec(MEMORY)], 0],
    ['stream.write', [0x10, 0, b.vec(MEMORY)], 0],
  ])('refuse a shared memory, and one of small pages, for %s', (name, canon) => {
    const given = (...limits: readonly number[]): b.Bytes => [
      b.coreTypes([0x50, b.vec([0x03, b.str('m'), 0x02, limits])]),
      b.imports(b.importing('m', [0x00, 0x11, 0])),
      b.coreInstances([0x00, 0, b.vec()]),
      b.aliases([0x00, 0x02, 0x01, 0, b.str('m')]),
      b.types(b.stream(b.U8)),
      b.canons(canon),
    ];
    expect(messages(given(0x00, 1))).toEqual([]);
    expect(messages(given(0x03, 1, 1))).toEqual([
      `canon ${name}: the memory of canonical options cannot be shared`,
    ]);
    expect(messages(given(0x08, 1, 0))).toEqual([
      `canon ${name}: the memory of canonical options must have pages of 64 KiB`,
    ]);
  });

  it.each<[string, b.Bytes, b.Bytes, string[]]>([
    ['a function in a group', [0x40, 0, 1], [0x4e, b.vec([0x60, b.vec([I32]), b.vec()])], []],
    ['a final subtype', [0x27, 1, 0], [0x4f, 0, 0x60, b.vec([I32]), b.vec()], []],
    [
      'a structure',
      [0x40, 0, 1],
      [0x5f, b.vec()],
      [
        'canon thread.spawn-ref: the start function of a thread must have the type [i32] -> [], and core type 1 is different',
      ],
    ],
    [
      'a module',
      [0x27, 1, 0],
      [0x50, b.vec()],
      [
        'canon thread.new-indirect: the start function of a thread must have the type [i32] -> [], and core type 1 is different',
      ],
    ],
    [
      'a type beyond the index space',
      [0x41, 0, 9, 0],
      [0x5f, b.vec()],
      ['core type 9 does not exist: the last one defined before this is 1'],
    ],
    [
      'a function that is not shared, for a shared thread',
      [0x40, 1, 1],
      [0x60, b.vec([I32]), b.vec()],
      ['canon thread.spawn-ref: core type 1 is not shared, unlike the thread'],
    ],
    [
      'a shared function, for a thread that is not shared',
      [0x27, 1, 0],
      [0x4e, b.vec([0x65, 0x60, b.vec([I32]), b.vec()])],
      ['canon thread.new-indirect: core type 1 is shared, unlike the thread'],
    ],
    [
      'a table that is not shared, for a shared thread',
      [0x41, 1, 1, 0],
      [0x4e, b.vec([0x65, 0x60, b.vec([I32]), b.vec()])],
      ['canon thread.spawn-indirect: the immediate `shared` requires a shared table'],
    ],
  ])('check the start function of a thread: %s', (_what, canon, type, expected) => {
    expect(messages(withCore([], b.coreTypes(type), b.canons(canon)))).toEqual(expected);
  });

  it('require that a destructor takes the representation', () => {
    const dtor = (index: number): b.Bytes => b.types([0x3f, I32, 1, index]);
    const functions = [REALLOC, { params: [I32], results: [] }];
    expect(messages(withCore(functions, dtor(1)))).toEqual([]);
    expect(messages(withCore(functions, dtor(0)))).toEqual(['a destructor must have the type [i32] -> []']);
  });
});
