import { describe, expect, it } from 'vitest';
import {
  type Bytes,
  concatenate,
  coreModule,
  coreName,
  section,
  SECTION,
  sectionOf,
  unsigned,
} from '../core/module-writer.ts';
import { DecodeError } from '../decode-error.ts';
import { runMetered } from './fixtures/metered-run.ts';
import { meterModule } from './meter-module.ts';

const I32 = 0x7f;
const I64 = 0x7e;

const sized = (body: Bytes): Bytes => concatenate([unsigned(body.length), body]);
const custom = (name: string, content: Bytes): Bytes => sectionOf(0, concatenate([coreName(name), content]));

/** Returns a global that never changes. */
function global(type: number, ...value: number[]): Bytes {
  return [type, 0, ...value, 0x0b];
}

/** Returns a module with one function, which is exported as `run`. */
function withBody(body: Bytes, parameters: Bytes = [], results: Bytes = []): Uint8Array {
  return coreModule([
    section(SECTION.type, [
      concatenate([[0x60], unsigned(parameters.length), parameters, unsigned(results.length), results]),
    ]),
    section(SECTION.function, [[0]]),
    section(SECTION.memory, [[0, 1]]),
    section(SECTION.export, [concatenate([coreName('run'), [0, 0]])]),
    section(SECTION.code, [sized(body)]),
  ]);
}

/** Returns what a function has used whose body, without locals and its last `end`, traps with the argument 1. */
function usedAtTrap(...body: readonly Bytes[]): number {
  const bytes = meterModule(withBody(concatenate([[0], ...body, [0x0b]]), [I32]));
  const { used, error, isEmpty } = runMetered(bytes, [1], 100);
  expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
  expect(isEmpty).toBe(false);
  return used;
}

/** Returns the content of the custom sections of a name. */
function customs(bytes: Uint8Array, name: string): number[][] {
  const module = new WebAssembly.Module(bytes as BufferSource);
  return WebAssembly.Module.customSections(module, name).map((content) => [...new Uint8Array(content)]);
}

describe('meterModule', () => {
  it('keeps each use of a global, also in constant expressions and exports', () => {
    const bytes = coreModule([
      section(SECTION.type, [[0x60, 0, 1, I32]]),
      section(SECTION.import, [concatenate([coreName('host'), coreName('base'), [3, I32, 0]])]),
      section(SECTION.function, [[0]]),
      section(SECTION.table, [[0x40, 0, 0x70, 0, 3, 0xd2, 0, 0x0b]]),
      section(SECTION.memory, [[0, 1]]),
      section(SECTION.global, [
        global(I32, 0x41, 5),
        // The second is 10 more than the first, and the third is the imported one.
        global(I32, 0x23, 1, 0x41, 10, 0x6a),
        global(I32, 0x23, 0),
        global(0x70, 0xd2, 0),
      ]),
      section(SECTION.export, [
        concatenate([coreName('run'), [0, 0]]),
        concatenate([coreName('memory'), [2, 0]]),
        concatenate([coreName('table'), [1, 0]]),
        concatenate([coreName('second'), [3, 2]]),
        concatenate([coreName('third'), [3, 3]]),
        concatenate([coreName('imported'), [3, 0]]),
      ]),
      section(SECTION.element, [
        [4, 0x41, 0, 0x0b, 1, 0x23, 4, 0x0b],
        [0, 0x23, 0, 0x0b, 1, 0],
        [1, 0, 1, 0],
        [5, 0x70, 1, 0x23, 4, 0x0b],
        [6, 0, 0x41, 1, 0x0b, 0x70, 1, 0x23, 4, 0x0b],
      ]),
      section(SECTION.code, [sized([0, 0x23, 0, 0x23, 1, 0x6a, 0x23, 2, 0x6a, 0x0b])]),
      section(SECTION.data, [
        [0, 0x23, 2, 0x0b, 1, 42],
        [1, 1, 7],
        [2, 0, 0x23, 0, 0x0b, 1, 43],
      ]),
    ]);
    const base = new WebAssembly.Global({ value: 'i32' }, 2);
    const { result, exports, error } = runMetered(meterModule(bytes), [], 100, { host: { base } });
    expect(error).toBeUndefined();
    expect(result).toBe(2 + 5 + 15);
    const { memory, second, third, imported } = exports as Record<string, WebAssembly.ExportValue>;
    const [values, data] = [
      [second, third, imported].map((each) => (each as WebAssembly.Global).value as unknown),
      new Uint8Array((memory as WebAssembly.Memory).buffer),
    ];
    expect(values).toEqual([15, 2, 2]);
    expect([data[15], data[2]]).toEqual([42, 43]);
  });

  it('counts the start function', () => {
    const bytes = coreModule([
      section(SECTION.type, [[0x60, 0, 0]]),
      section(SECTION.function, [[0]]),
      sectionOf(SECTION.start, [0]),
      section(SECTION.code, [sized([0, 0x41, 1, 0x1a, 0x0b])]),
    ]);
    expect(runMetered(meterModule(bytes), [], 100).used).toBe(2);
    expect(runMetered(meterModule(bytes), [], 1)).toMatchObject({ isEmpty: true, used: 0 });
  });

  it('keeps names, and gives those of globals their new indices', () => {
    const functionNames = [1, 4, 1, 0, 1, 0x66];
    const bytes = coreModule([
      section(SECTION.type, [[0x60, 0, 0]]),
      section(SECTION.function, [[0]]),
      section(SECTION.global, [[I32, 0, 0x41, 0, 0x0b]]),
      section(SECTION.code, [sized([0, 0x0b])]),
      custom('name', [...functionNames, 7, 4, 1, 0, 1, 0x67]),
    ]);
    expect(customs(meterModule(bytes), 'name')).toEqual([[...functionNames, 7, 4, 1, 3, 1, 0x67]]);
  });

  it('moves branch hints with their branches', () => {
    // (block (br_if 0 (local.get 0)) (br_if 0 (local.get 0)))
    const body = [0, 0x02, 0x40, 0x20, 0, 0x0d, 0, 0x20, 0, 0x0d, 0, 0x0b, 0x0b];
    const plain = withBody(body, [I32]);
    const hints = custom('metadata.code.branch_hint', [1, 0, 2, 5, 1, 0, 9, 1, 1]);
    const code = plain.length - body.length - 4;
    const metered = meterModule(concatenate([plain.subarray(0, code), hints, plain.subarray(code)]));
    const [moved] = customs(metered, 'metadata.code.branch_hint');
    expect([moved![3], moved![6]].map((offset) => metered[bodyStart(metered) + offset!])).toEqual([
      0x0d, 0x0d,
    ]);
    expect(moved!.filter((_, index) => index !== 3 && index !== 6)).toEqual([1, 0, 2, 1, 0, 1, 1]);
  });

  it('leaves out what would be wrong for the new code, and keeps other custom sections', () => {
    const dropped = ['.debug_line', 'sourceMappingURL', 'external_debug_info', 'reloc.CODE', 'linking'];
    const bytes = concatenate([
      withBody([0, 0x0b]),
      ...[...dropped, 'producers'].map((name) => custom(name, [0])),
      custom('name', [7, 100]),
    ]);
    const metered = meterModule(bytes);
    expect(dropped.flatMap((name) => customs(metered, name))).toEqual([]);
    expect(customs(metered, 'producers')).toEqual([[0]]);
    expect(customs(metered, 'name')).toEqual([]);
  });

  it('returns a module without code as it is', () => {
    const bytes = coreModule([section(SECTION.memory, [[0, 1]])]);
    expect(meterModule(bytes)).toBe(bytes);
  });

  it('charges the operand of bulk operators with 32 and 64 bits before they run', () => {
    for (const [flags, type, constant] of [
      [0, I32, 0x41],
      [4, I64, 0x42],
    ] as const) {
      const bytes = coreModule([
        section(SECTION.type, [[0x60, 1, type, 1, type]]),
        section(SECTION.function, [[0]]),
        section(SECTION.memory, [[flags, 1]]),
        section(SECTION.export, [concatenate([coreName('run'), [0, 0]])]),
        section(SECTION.code, [
          sized([0, constant, 0, 0x41, 1, 0x20, 0, 0xfc, 11, 0, 0x20, 0, 0x40, 0, 0x0b]),
        ]),
      ]);
      const metered = meterModule(bytes);
      const number = (value: number): unknown => (type === I64 ? BigInt(value) : value);
      expect(runMetered(metered, [number(3)], 100)).toMatchObject({ used: 1 + 6 + 6, result: number(1) });
      expect(runMetered(metered, [number(94)], 100)).toMatchObject({ isEmpty: true, used: 7 });
      expect(runMetered(metered, [number(-1)], 100)).toMatchObject({ isEmpty: true, used: 7 });
    }
  });

  it('charges a section when it begins, and all sections before a trap of `unreachable`, a test or a call', () => {
    const TRAP = [0x41, 0, 0x41, 0, 0x6e, 0x1a]; // (drop (i32.div_u (i32.const 0) (i32.const 0)))
    const IF = [0x20, 0, 0x04, 0x40]; // (if (local.get 0) …)
    const LOOP = [0x03, 0x40, 0x41, 0, 0x0d, 0, 0x0b]; // (loop (br_if 0 (i32.const 0)))
    const TRY = [0x1f, 0x40, 0, 0x0b]; // (try_table)
    expect(usedAtTrap(TRAP, [0x41, 0, 0x1a])).toBe(1 + 3 + 1);
    expect(usedAtTrap(IF, TRAP, [0x0b])).toBe(1 + 2);
    expect(usedAtTrap(IF, [0x41, 0, 0x1a, 0x00, 0x0b])).toBe(1 + 2 + 1);
    expect(usedAtTrap(IF, [0x41, 0, 0x1a], LOOP, TRAP, [0x0b])).toBe(1 + 2 + 1 + 2);
    expect(usedAtTrap(IF, TRAP, [0x41, 0, 0x40, 0, 0x1a, 0x0b])).toBe(1 + 2);
    expect(usedAtTrap(IF, [0x41, 0, 0x40, 0, 0x1a], TRAP, [0x0b])).toBe(1 + 2 + 2 + 3);
    // A function that catches exceptions charges every section at once.
    expect(usedAtTrap(TRY, IF, TRAP, [0x0b])).toBe(1 + 1 + 2 + 3);
  });

  it('charges a function that an exception leaves', () => {
    const bytes = coreModule([
      section(SECTION.type, [[0x60, 0, 0]]),
      section(SECTION.function, [[0], [0]]),
      section(SECTION.tag, [[0, 0]]),
      section(SECTION.export, [concatenate([coreName('run'), [0, 0]])]),
      section(SECTION.code, [
        // (block (try_table (catch_all 0) (call 1)))
        sized([0, 0x02, 0x40, 0x1f, 0x40, 1, 2, 0, 0x10, 1, 0x0b, 0x0b, 0x0b]),
        // (if (i32.const 1) (then (throw 0)))
        sized([0, 0x41, 1, 0x04, 0x40, 0x08, 0, 0x0b, 0x0b]),
      ]),
    ]);
    expect(runMetered(meterModule(bytes), [], 100)).toMatchObject({ error: undefined, used: 1 + 2 + 1 + 3 });
  });

  it('refuses a module that reaches for what is added', () => {
    const importing = coreModule([
      section(SECTION.import, [concatenate([coreName('wit-ts:fuel'), coreName('left'), [3, I64, 1]])]),
    ]);
    expect(() => meterModule(importing)).toThrow(/the import module `wit-ts:fuel` is reserved/u);
    for (const [body, message] of [
      [[0, 0x42, 1, 0x21, 0, 0x0b], /a local that does not exist/u],
      [[0, 0x10, 1, 0x0b], /a function that does not exist/u],
      [[0, 0xd2, 1, 0x1a, 0x0b], /a function that does not exist/u],
      [[0, 0x0c, 1, 0x0b], /a branch goes to label 1, which does not exist/u],
    ] as const)
      expect(() => meterModule(withBody(body))).toThrow(message);
    const usingGlobal = withBody([0, 0x23, 0, 0x1a, 0x0b]);
    expect(WebAssembly.validate(meterModule(usingGlobal) as BufferSource)).toBe(false);
  });

  it('throws a DecodeError for truncated and changed bytes, or returns what the engine may refuse', () => {
    const whole = withBody([0, 0x03, 0x40, 0x0e, 2, 0, 1, 0, 0x0b, 0x0b], [I32]);
    for (let at = 8; at < whole.length; at += 1) {
      for (const bytes of [
        whole.subarray(0, at),
        ...[0, 1, 0x0b, 0x7f, 0xff].map((byte) => whole.with(at, byte)),
      ]) {
        try {
          meterModule(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }
    }
  });

  it('reads deep nesting and large tables of labels without recursion', () => {
    const depth = 100_000;
    const loops = new Uint8Array(2 * depth).map((_, index) => (index % 2 === 0 ? 0x03 : 0x40));
    const ends = new Uint8Array(depth + 1).fill(0x0b);
    expect(meterModule(withBody(concatenate([[0], loops, ends]))).length).toBeGreaterThan(depth);
    const labels = concatenate([[0, 0x41, 0, 0x0e], unsigned(60_000), new Uint8Array(60_001), [0x0b]]);
    expect(runMetered(meterModule(withBody(labels)), [], 10)).toMatchObject({ used: 3, error: undefined });
    const claimed = withBody([0, 0x41, 0, 0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0x0b]);
    expect(() => meterModule(claimed)).toThrow(DecodeError);
  });
});

/** Returns where the first body of a metered module with branch hints starts: its declarations of locals. */
function bodyStart(bytes: Uint8Array): number {
  const locals = [1, 1, I64];
  return bytes.findIndex(
    (_, at) => locals.every((byte, index) => bytes[at + index] === byte) && bytes[at + 3] === 0x23,
  );
}
