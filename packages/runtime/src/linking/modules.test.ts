import { thrown } from '@wit-ts/dev-support/thrown';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { linkingExports } from '../fixtures/linking.ts';
import { bytesOf } from '../fixtures/linking-bytes.ts';
import { compile, instantiate, instantiateSync, LinkError } from '../index.ts';
import { moduleBytes } from '../module-bytes.ts';

const plusOne = (x: number): number => x + 1;

/** Returns a copy of a module whose bytes the runtime does not know. */
const copyOf = (module: WebAssembly.Module): WebAssembly.Module => structuredClone(module);

// (module (func (export "g") (param i64) (result i32) i32.const 1))
const exportsOtherwise = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7e, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 0x67, 0, 0, 0x0a,
  6, 1, 4, 0, 0x41, 1, 0x0b,
];

// (module (func (export "answer") (result i64) i64.const 1))
const answersOtherwise = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7e, 3, 2, 1, 0, 7, 0x0a, 1, 6, 0x61, 0x6e, 0x73,
  0x77, 0x65, 0x72, 0, 0, 0x0a, 6, 1, 4, 0, 0x42, 1, 0x0b,
];

// The same module with i32.
const answersRight = answersOtherwise.map((byte) => (byte === 0x7e ? 0x7f : byte === 0x42 ? 0x41 : byte));

describe('an imported core module', async () => {
  const user = await compile(bytesOf('module-user'));
  const { calls, callsMore, callsOtherwise, answerModule } = await linkingExports();
  const use = (someModule: unknown) => instantiateSync(user, { someModule, f: plusOne });

  it('provides what its type declares, and may be exported again', () => {
    const bytes = [...moduleBytes.get(calls)!];
    const foreign = runInNewContext('new WebAssembly.Module(new Uint8Array(bytes))', { bytes }) as unknown;
    for (const module of [calls, copyOf(calls), foreign]) {
      const instance = use(module);
      expect(instance['g'](1)).toBe(2);
      expect(instance['someModuleAgain']).toBe(module);
    }
  });

  it.each<[string, WebAssembly.Module, string]>([
    ['lacks an export', answerModule, 'core export `g`: it is missing'],
    [
      'has an extra import and a wrong export',
      copyOf(callsMore),
      'core import `env` `h`: the module imports it, but the type does not declare it; core export `g`: expected a func, found a memory',
    ],
    [
      'has another signature',
      callsOtherwise,
      'core import `env` `f`: expected [i64] -> [i32], found [i32] -> [i32]',
    ],
  ])('is refused with the reason if it %s', (_, module, reason) => {
    const error = thrown(() => use(module));
    expect(error).toBeInstanceOf(LinkError);
    expect(error.message).toContain(
      `some-module: expected a core module of the imported type, got a core module of another type\n    ${reason}`,
    );
  });

  it('is checked against its signatures when it starts if its bytes are unknown', async () => {
    const otherwise = copyOf(callsOtherwise);
    const exports = new WebAssembly.Module(Uint8Array.from(exportsOtherwise));
    for (const module of [otherwise, exports]) {
      const error = thrown(() => use(module));
      expect(error).toBeInstanceOf(LinkError);
      expect((error as LinkError).problems[0]).toMatchObject({
        path: ['some-module'],
        help: expect.stringMatching(/type|signature/iu) as string,
      });
      await expect(instantiate(user, { someModule: module, f: plusOne })).rejects.toThrow(LinkError);
    }
  });

  it('is checked, too, when an exported component uses it', async () => {
    const maker = await compile(bytesOf('maker'));
    const { twice } = await linkingExports();
    const answers = new WebAssembly.Module(Uint8Array.from(answersOtherwise));
    const { made } = instantiateSync(maker, { answers, someComponent: twice })['all'];
    expect(() => instantiateSync(made, { f: plusOne })).toThrow(LinkError);
    expect(() => instantiateSync(made, { f: plusOne })).toThrow(
      /answers: expected a core module of the imported type/u,
    );
  });

  it('is checked against the type of the import for which it was given', async () => {
    const [maker, otherMaker] = [await compile(bytesOf('maker')), await compile(bytesOf('other-maker'))];
    const { twice } = await linkingExports();
    const answers = new WebAssembly.Module(Uint8Array.from(answersRight));
    const { made } = instantiateSync(maker, { answers, someComponent: twice })['all'];
    const other = instantiateSync(otherMaker, { answers })['made'];
    expect(instantiateSync(made, { f: plusOne })['answer']()).toBe(1);
    expect(() => instantiateSync(other)).toThrow(LinkError);
  });

  it('is reported together with all missing imports', () => {
    const { problems } = thrown(() => instantiateSync(user, { someModule: 5 })) as LinkError;
    expect(problems.map(({ path, given }) => [...path, given])).toEqual([
      ['some-module', 'a number'],
      ['f', 'nothing'],
    ]);
  });
});

// (module (memory (export "memory") i64 1) (func (export "text") (result i64) i64.const 8) …)
// The pointer and the length of "hello" are at address 8.
const wideMemory = Uint8Array.from(
  atob(
    'AGFzbQEAAAABBQFgAAF+AwIBAAUDAQQBBxECBm1lbW9yeQIABHRleHQAAAoGAQQAQggLCxoCAEIICwlkAAAAAAAAAAUAQuQACwVoZWxsbw==',
  ),
  (char) => char.charCodeAt(0),
);

describe.skipIf(!WebAssembly.validate(wideMemory))(
  'a memory of 64-bit addresses (if the engine has them)',
  () => {
    it('is used when the type of the imported module declares it', async () => {
      const { wide } = await linkingExports();
      const instance = instantiateSync(wide!, { m: new WebAssembly.Module(wideMemory) });
      expect([instance['text'](), instantiateSync(instance['inner'])['text']()]).toEqual(['hello', 'hello']);
    });
  },
);
