import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
import {
  concatenate,
  coreModule,
  coreName,
  exportedFunc,
  section,
  SECTION,
} from '@wit-ts/component/module-writer';
import { describe, expect, it } from 'vitest';
import { compileCoreModule, reasonOf } from './core-modules.ts';
import { Fuel, LinkError, Trap } from './index.ts';

const page = 65_536;

/**
 * (module
 *   (memory (export "memory") 1)
 *   (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
 *   (func (export "endless") (loop (br 0))))
 */
const small = coreModule([
  section(SECTION.type, [
    [0x60, 1, 0x7f, 1, 0x7f],
    [0x60, 0, 0],
  ]),
  section(SECTION.function, [[0], [1]]),
  section(SECTION.memory, [[0, 1]]),
  section(SECTION.export, [
    concatenate([coreName('memory'), [2, 0]]),
    exportedFunc('grow', 0),
    exportedFunc('endless', 1),
  ]),
  section(SECTION.code, [
    [6, 0, 0x20, 0, 0x40, 0, 0x0b],
    [7, 0, 0x03, 0x40, 0x0c, 0, 0x0b, 0x0b],
  ]),
]);

interface Small {
  readonly memory: WebAssembly.Memory;
  grow(pages: number): number;
  endless(): void;
}

describe('a core module with limits', () => {
  it('grows its memory up to the limit, in each of its instances', async () => {
    const module = await compileCoreModule(small, { memoryBytes: 3 * page });
    for (let count = 0; count < 2; count += 1) {
      const exports = (await module.instantiate()) as unknown as Small;
      expect([exports.grow(2), exports.grow(1)]).toEqual([1, -1]);
      expect(exports.memory.buffer.byteLength).toBe(3 * page);
      expect(Object.keys(exports)).toEqual(['memory', 'grow', 'endless']);
    }
  });

  it('is refused when it has more from the start', async () => {
    const module = await compileCoreModule(small, { memoryBytes: 100 });
    await expect(module.instantiate()).rejects.toThrow(LinkError);
    await expect(module.instantiate()).rejects.toThrow(/at most 100 bytes in all memories/u);
  });

  it('stops when its fuel is empty, for which there is a reason', async () => {
    const module = await compileCoreModule(small, { fuel: 10 });
    const fuel = new Fuel(1000);
    for (const [exports, message] of [
      [await module.instantiate({}, fuel), /^out of fuel: 1000 of 1000/u],
      [await module.instantiate(), /^out of fuel: 10 of 10/u],
    ] as const) {
      try {
        (exports as unknown as Small).endless();
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
        expect(reasonOf(error)).toBeInstanceOf(Trap);
        expect((reasonOf(error) as Trap).message).toMatch(message);
      }
    }
    expect(fuel.used).toBe(1000);
  });

  it('refuses fuel for which it was not compiled, and limits that are not', async () => {
    await expect((await compileCoreModule(small)).instantiate({}, 5)).rejects.toThrow(/compiled without/u);
    await expect(compileCoreModule(small, { memoryBytes: -1 })).rejects.toThrow(TypeError);
  });

  it('runs a program of WASI preview 1, whose work is the same each time', async () => {
    const program = new URL('../../../test-components/hello-env/built/rust.wasm', import.meta.url);
    const module = await compileCoreModule(await readFile(program), { fuel: 0, memoryBytes: 32 * page });
    const used: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      const fuel = new Fuel(10_000_000);
      const wasi = new WASI({ version: 'preview1', args: ['program'], stdout: 2, returnOnExit: true });
      const imports = { wasi_snapshot_preview1: wasi.wasiImport as WebAssembly.ModuleImports };
      expect(wasi.start({ exports: await module.instantiate(imports, fuel) })).toBe(0);
      used.push(fuel.used);
    }
    expect(used[0]).toBeGreaterThan(1000);
    expect(used[1]).toBe(used[0]);
  });
});
