import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { handlerInterface, transpileWorker } from '../index.ts';

const built = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../../../test-components/${name}.wasm`, import.meta.url));

async function worker(...[bytes, options]: Parameters<typeof transpileWorker>) {
  const files = await transpileWorker(bytes, options);
  const text = (path: string): string => String(files.find((file) => file.path === path)?.content);
  return { files, paths: files.map(({ path }) => path), text };
}

describe('transpileWorker', () => {
  it('writes a worker of a handler of 0.2, which imports all that is beside it and nothing else', async () => {
    const { paths, text } = await worker(await built('http-guest/built/c'), { name: 'app' });
    expect(paths.filter((path) => !path.includes('.stack'))).toEqual([
      'worker.js',
      'grants.json',
      'app.core.wasm',
      'app.core2.wasm',
      'app.core3.wasm',
      'app.trap.wasm',
      'workerd.capnp',
      'wrangler.jsonc',
    ]);
    const imported = [...text('worker.js').matchAll(/^import (?:\w+|\{[^}]*\}) from "([^"]*)";$/gmu)];
    const beside = paths.filter((path) => /\.(?:wasm|json|bin)$/u.test(path));
    expect(imported.map(([, specifier]) => specifier).sort()).toEqual(
      beside.map((path) => `./${path}`).sort(),
    );
    expect(text('worker.js')).not.toMatch(/\bimport\(|import\.meta|\bnode:/u);
    for (const path of beside) expect(text('workerd.capnp')).toContain(`embed "${path}"`);
    expect(text('grants.json')).toBe('{}\n');
  });

  it('writes the same text wherever it runs, without the paths of this machine', async () => {
    const bytes = await built('http-service/built/wat');
    const { text, files } = await worker(bytes);
    expect(text('worker.js')).not.toContain('packages/');
    expect(await transpileWorker(bytes)).toEqual(files);
  });

  it('refuses options that do not exist', async () => {
    const options = { limit: { fuel: 5 } } as object;
    await expect(transpileWorker(await built('http-service/built/wat'), options)).rejects.toThrow(
      '`limit`: there is no such option; did you mean `limits`?',
    );
  });

  it('lets workerd send requests where the grants do, and nowhere else', async () => {
    const bytes = await built('http-service/built/wat');
    const allowed = async (http?: readonly string[]): Promise<string | undefined> =>
      /allow = \[(.*?)\]/u.exec(
        (await worker(bytes, { grants: { ...(http && { http }) } })).text('workerd.capnp'),
      )?.[1];
    expect(await allowed()).toBe('');
    expect(
      await allowed(['https://example.org', 'http://10.0.0.1:80', 'http://[::1]', 'http://localhost']),
    ).toBe('"10.0.0.1/32", "::1/128", "local", "public"');
    expect(await allowed(['*'])).toBe('"public"');
  });

  it('passes variables of the environment of workerd on by name, as text of the configuration', async () => {
    const { text } = await worker(await built('http-service/built/wat'), {
      grants: { bindings: ['KEY', 'a"\\'] },
    });
    expect(text('workerd.capnp')).toContain('(name = "KEY", fromEnvironment = "KEY")');
    expect(text('workerd.capnp')).toContain('(name = "a\\"\\\\", fromEnvironment = "a\\"\\\\")');
  });

  it('gives Cloudflare a name that it takes', async () => {
    const bytes = await built('http-service/built/wat');
    const nameOf = async (name: string): Promise<unknown> =>
      (
        JSON.parse((await worker(bytes, { name })).text('wrangler.jsonc').replace(/^\/\/.*\n/u, '')) as {
          name: string;
        }
      ).name;
    expect(await nameOf('My_App.v2')).toBe('my-app-v2');
    expect(await nameOf('ä')).toBe('component');
  });

  it('refuses what cannot be a worker, with the reason', async () => {
    const handler = await built('http-guest/built/c');
    await expect(worker(await built('edge-handler/built/wat'))).rejects.toThrow(
      'the component exports neither `wasi:http/incoming-handler` nor `wasi:http/handler`',
    );
    await expect(worker(handler, { grants: { http: ['x'] } })).rejects.toThrow('grants.http[0]');
    const text = handler.toString('latin1').replaceAll('wasi:cli/stdout', 'wasi:cli/stdoot');
    await expect(worker(Buffer.from(text, 'latin1'))).rejects.toThrow(
      'the component imports `wasi:cli/stdoot@0.2.12`, which a worker does not have',
    );
  });
});

it('handlerInterface finds the interface with which a component handles requests', async () => {
  expect(handlerInterface(await built('http-guest/built/c'))).toBe('wasi:http/incoming-handler@0.2.12');
  expect(handlerInterface(await built('http-service/built/wat'))).toBe('wasi:http/handler@0.3.0');
  expect(handlerInterface(await built('edge-handler/built/wat'))).toBeUndefined();
});
