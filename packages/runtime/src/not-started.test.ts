import { describe, expect, it } from 'vitest';
import { linkingExports } from './fixtures/linking.ts';
import { bytesOf } from './fixtures/linking-bytes.ts';
import { compile, instantiate, instantiateSync, Trap } from './index.ts';

describe.each(['compile', 'reference'] as const)(
  'a core module that runs code when it is started (%s)',
  async (engine) => {
    const starts = await compile(bytesOf('starts'), { engine });
    const fault = new RangeError('no f today');
    const start = (f: () => unknown) => instantiate(starts, { f }, { name: 'tenant' });

    it('throws a trap with the error of the host as its cause', async () => {
      const error = await start(() => {
        throw fault;
      }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Trap);
      expect(error).toMatchObject({
        message:
          "f: the host's function threw: no f today (called by tenant › inner) (starting a core module of tenant › inner)",
        cause: fault,
      });
    });

    it('throws the trap of the guest', async () => {
      const error = await start(() => 0).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Trap);
      expect(error).toMatchObject({
        message: 'wasm trap: unreachable (starting a core module of tenant › inner)',
        cause: { name: 'RuntimeError' },
      });
    });

    it('names a wrong value of the host', async () => {
      await expect(start(() => 'x')).rejects.toThrow(
        new TypeError('f: result: expected u32, got "x" (starting a core module of tenant › inner)'),
      );
    });

    it('throws the trap of another component that it calls', async () => {
      const { startsAnother } = await linkingExports({ engine });
      expect(() => instantiateSync(startsAnother!)).toThrow(
        /unreachable .*\(starting a core module of the component › /u,
      );
    });

    it('starts when its code succeeds', async () => {
      await expect(start(() => 1)).resolves.toEqual({});
    });
  },
);
