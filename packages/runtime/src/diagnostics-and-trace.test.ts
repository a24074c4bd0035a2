import { Trap } from '@wit-ts/abi';
import { expect, it, vi } from 'vitest';
import { compile } from './component.ts';
import { built } from './fixtures/components.ts';
import { bytesOf } from './fixtures/linking-bytes.ts';
import { instantiate } from './instantiate.ts';
import { LinkError } from './link-error.ts';

vi.mock('./diagnostics-and-trace.ts', () => {
  throw new TypeError('this platform has no dynamic imports');
});

/** Returns what a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

it('names the wrong imports if the texts of errors cannot be loaded', async () => {
  const bytes = await built('edge-handler');
  const error = await rejection(instantiate(bytes, {}));
  if (!(error instanceof LinkError)) throw error;
  expect(error.problems.length).toBeGreaterThan(0);
  for (const { expected, given } of error.problems) expect([expected, given]).toEqual(['func', 'undefined']);
});

it('says that `instantiateSync` can trace if the code of the trace cannot be loaded', async () => {
  const imports = { 'example:service/processor': { processData: () => '' } };
  const error = await rejection(
    instantiate(await built('edge-handler'), imports, { trace: () => undefined }),
  );
  expect(error).toMatchObject({
    message: '`options.trace`: no code is loaded on demand; use `instantiateSync`',
    cause: { message: expect.stringContaining('vi.mock') as string },
  });
});

it('refuses an engine and core modules shortly if the texts of errors cannot be loaded', async () => {
  const bytes = await built('edge-handler');
  expect(await rejection(compile(bytes, { engine: 'quick' as 'auto' }))).toEqual(
    new TypeError('engine: it cannot be used here'),
  );
  expect(await rejection(compile({ bytes, modules: [] }))).toEqual(
    new TypeError('the core modules do not fit'),
  );
});

it('throws the trap of a start function if the texts of errors cannot be loaded', async () => {
  const starts = await compile(bytesOf('starts'));
  const fault = new RangeError('no f today');
  const start = (f: () => unknown) => rejection(instantiate(starts, { f }, { name: 'tenant' }));
  const trap = await start(() => 0);
  expect(trap).toBeInstanceOf(Trap);
  expect(trap).toMatchObject({
    message: 'wasm trap: unreachable (starting a core module of tenant › inner)',
    cause: { name: 'RuntimeError' },
  });
  const failed = await start(() => {
    throw fault;
  });
  expect(failed).toBeInstanceOf(Trap);
  expect(failed).toMatchObject({
    message: "f: the host's function threw: no f today (called by tenant › inner)",
    cause: fault,
  });
  expect(await start(() => 'x')).toEqual(new TypeError('f: result: expected u32, got "x"'));
});
