import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { compile, instantiate, Trap } from './index.ts';

type Exports = Record<string, (...args: readonly unknown[]) => unknown>;

const traps = await compile(await built('traps'));
const nested = await compile(await built('nested'));

const refusing = {
  'test:traps/host': {
    call(): never {
      throw new RangeError('no answer');
    },
    text(): void {},
  },
};

async function failing(name: string, ...args: readonly unknown[]) {
  const exports = await instantiate<Exports>(traps, refusing);
  return thrown(() => exports[name]!(...args));
}

describe('the message of a trap', () => {
  it.each([
    ['crash', [], 'wasm trap: unreachable (running `crash` of the component)'],
    ['outOfBounds', [], 'wasm trap: memory access out of bounds (running `out-of-bounds` of the component)'],
    [
      'farText',
      [],
      'string pointer/length out of bounds of memory (lifting the result of `far-text` of the component)',
    ],
    ['brokenText', [], 'invalid utf-8 (lifting the result of `broken-text` of the component)'],
    ['noColor', [], 'invalid variant discriminant (lifting the result of `no-color` of the component)'],
    [
      'brokenArgument',
      [],
      'invalid utf-8 (lifting the arguments of `test:traps/host#text` for the component)',
    ],
    ['call', [], "test:traps/host#call: the host's function threw: no answer (called by the component)"],
    [
      'misallocate',
      ['text'],
      'realloc return: beyond end of memory (lowering the arguments of `misallocate` of the component)',
    ],
    [
      'leaveLate',
      [],
      'cannot leave component instance (lifting the arguments of `test:traps/host#call` for the component)',
    ],
  ])('names the function, the component and the step: %s', async (name, args, message) => {
    const error = await failing(name, ...args);
    expect(error).toBeInstanceOf(Trap);
    expect(error.message).toBe(message);
  });

  it('names the instance as the host named it, and a nested instance by its path', async () => {
    const log = { 'test:nested/log': { write: () => undefined } };
    const { crash } = await instantiate<Exports>(nested, log, { name: 'tenant 7' });
    const error = thrown(() => crash!('x'));
    expect(error.message).toBe('wasm trap: unreachable (running `crash` of tenant 7 › inner)');
    expect(thrown(() => crash!('x')).message).toBe(
      `cannot enter component instance: it failed before: ${error.message} (calling \`crash\` of tenant 7 › outer)`,
    );
  });
});

describe('the stack of a trap', () => {
  it('is the stack of wasm when wasm trapped', async () => {
    const { cause } = await failing('crash');
    expect(cause).toBeInstanceOf(WebAssembly.RuntimeError);
    expect((cause as Error).stack).toMatch(/wasm-function\[\d+\]/u);
  });

  it('includes wasm frames when wasm called the host', async () => {
    const error = await failing('brokenArgument');
    expect(error.stack).toMatch(/wasm-function\[\d+\]/u);
    const { cause } = await failing('call');
    expect(cause).toBeInstanceOf(RangeError);
    expect((cause as Error).stack).toMatch(/wasm-function\[\d+\]/u);
  });

  it('names the function that the host called', async () => {
    expect((await failing('crash')).stack).toContain('$crash');
  });
});
