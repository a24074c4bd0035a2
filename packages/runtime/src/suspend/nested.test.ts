import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, instantiate, Trap, type TraceEvent } from '../index.ts';

interface Nested {
  pass(text: string): Promise<string>;
  crash(text: string): Promise<void>;
}

describe.each(['compile', 'reference'] as const)(
  'a call that waits inside two components (%s)',
  async (engine) => {
    const component = await compile(await built('nested'), { engine });

    const made = (write: (line: string) => unknown, options: object = {}): Promise<Nested> =>
      instantiate<Nested>(component, { 'test:nested/log': { write } }, { ...options, suspend: true });

    it.each([{}, { trace: () => undefined }, { limits: { memoryBytes: 2 ** 22 } }])(
      'suspends both, one after the other: %o',
      async (options) => {
        const log: string[] = [];
        const { pass } = await made(async (line) => {
          log.push(`+${line}`);
          await sleep(1);
          log.push(`-${line}`);
        }, options);
        expect(await Promise.all([pass('hällo'), pass('again')])).toEqual(['hällo', 'again']);
        expect(log).toEqual(['hällo', 'hällo', 'again', 'again'].flatMap((line) => [`+${line}`, `-${line}`]));
      },
    );

    it.each([{}, { trace: () => undefined }])('may answer at once: %o', async (options) => {
      expect(await (await made(() => undefined, options)).pass('text')).toBe('text');
    });

    it.each([{}, { trace: () => undefined }])(
      'rejects with the trap of the inner component: %o',
      async (options) => {
        const { crash, pass } = await made(() => Promise.resolve(), options);
        const error: unknown = await crash('text').catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Trap);
        expect((error as Trap).message).toContain('unreachable');
        await expect(pass('text')).rejects.toThrow('it failed before');
      },
    );

    it('rejects with a trap if the promise of the host is rejected', async () => {
      const { pass } = await made(() => Promise.reject(new Error('disk is full')));
      await expect(pass('text')).rejects.toThrow(
        "test:nested/log#write: the promise of the host's function was rejected: disk is full",
      );
    });

    it('is traced, with what the components give each other', async () => {
      const events: string[] = [];
      const trace = (event: TraceEvent): void => {
        if (event.tag === 'return')
          events.push(`${event.boundary} ${event.name} ${JSON.stringify(event.value)}`);
      };
      const { pass } = await made(() => sleep(1), { trace });
      expect(await pass('text')).toBe('text');
      expect(events).toEqual([
        'import test:nested/log#write undefined',
        'import test:nested/log#write undefined',
        'inside pass "text"',
        'export pass "text"',
      ]);
    });
  },
);
