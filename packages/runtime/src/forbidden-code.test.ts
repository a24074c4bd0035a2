import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { built } from './fixtures/components.ts';
import { compile, instantiate } from './index.ts';

// Each file of tests has its own copy of the runtime, which asks the platform only once.
beforeAll(() => {
  vi.stubGlobal('Function', function refuse() {
    throw new EvalError('Code generation from strings disallowed for this context');
  });
});
afterAll(() => vi.unstubAllGlobals());

it('says which engines work where no code may be made from text', async () => {
  const bytes = await built('edge-handler');
  await expect(compile(bytes, { engine: 'compile' })).rejects.toThrow(
    new TypeError(
      "engine: 'compile' makes code from text, which this platform or its Content-Security-Policy forbids; " +
        "'auto' and 'reference' work without",
    ),
  );
});

it.each(['auto', 'reference'] as const)('runs a component there with the engine %s', async (engine) => {
  const imports = { 'example:service/processor': { processData: (input: string) => input } };
  const { handleRequest } = await instantiate<{ handleRequest(input: string): unknown }>(
    await built('edge-handler'),
    imports,
    { engine },
  );
  expect(handleRequest('hello')).toBe('ok: hello');
});
