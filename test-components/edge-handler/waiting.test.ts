import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generate, type GenerateOptions } from '@wit-ts/bindgen';
import { load } from '@wit-ts/wit/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';

interface Bindings {
  instantiate(
    component: Uint8Array,
    imports: object,
    options?: object,
  ): Promise<{ handleRequest(request: string): unknown }>;
}

const component = await readFile(inTestComponents('edge-handler/built/rust.wasm'));
const imports = {
  'example:service/processor': {
    processData: (input: string) => Promise.resolve(input.toUpperCase()),
  },
};

describe('bindings that were generated with asynchronous imports', () => {
  let directory = '';

  beforeAll(async () => {
    // Inside the checkout, where the bindings find the runtime.
    directory = await mkdtemp(inTestComponents('edge-handler/host/.waiting-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** Generates the bindings and loads them. */
  async function bindings(name: string, options: GenerateOptions): Promise<Bindings> {
    const { resolve } = await load(inTestComponents('edge-handler/wit/world.wit'));
    for (const { path, content } of await generate(resolve, 'edge-handler', options)) {
      const file = join(directory, name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    return (await import(join(directory, name, 'edge-handler.ts'))) as Bindings;
  }

  it('let the component wait for an import, and its exports return promises', async () => {
    const { instantiate } = await bindings('all', { asyncImports: ['processor#process-data'] });
    const { handleRequest } = await instantiate(component, imports);
    const answers = [handleRequest('one'), handleRequest('two')];
    expect(answers[0]).toBeInstanceOf(Promise);
    expect(await Promise.all(answers)).toEqual(['ok: ONE', 'ok: TWO']);
  });

  it('refuse a promise in exports that were not listed', async () => {
    const { instantiate } = await bindings('none', { asyncImports: true, asyncExports: [] });
    const { handleRequest } = await instantiate(component, imports);
    expect(() => handleRequest('one')).toThrow(TypeError);
  });

  it('let the host choose other functions by its own option', async () => {
    const { instantiate } = await bindings('other', {});
    const { handleRequest } = await instantiate(component, imports, { suspend: true });
    expect(await handleRequest('one')).toBe('ok: ONE');
  });
});
