import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, componentModules, instantiate } from '../index.ts';
import { stackModules, withStackModules } from '../stack-modules.ts';

interface Guest {
  readonly inner: Record<
    'askStackful' | 'askBlocking' | 'askCallback' | 'countThreads',
    (n: number) => Promise<number>
  > & {
    suspendSynchronously(): number;
  };
  readonly outer: { relay(n: number): Promise<number> };
}

const bytes = await built('async-platforms');
const compiled = (modules: readonly Uint8Array[]): WebAssembly.Module[] =>
  modules.map((module) => new WebAssembly.Module(module as BufferSource));
const core = compiled(componentModules(bytes));
const stacks = compiled(stackModules(bytes));
const stacksForSuspension = compiled(stackModules(bytes, { suspend: true }));
const handlerBytes = await built('edge-handler');
const handlerCore = compiled(componentModules(handlerBytes));
const handlerStacks = compiled(stackModules(handlerBytes, { suspend: true }));
const faultsBytes = await built('async-faults');
const faultsCore = compiled(componentModules(faultsBytes));
const faultsStacks = compiled(stackModules(faultsBytes));
const imports = { ask: (n: number) => Promise.resolve(n + 1) };

describe('a platform that compiles no WebAssembly while it runs', () => {
  beforeAll(() => {
    vi.spyOn(WebAssembly, 'Module').mockImplementation(function refuse() {
      throw new WebAssembly.CompileError('code generation disallowed by embedder');
    });
  });
  afterAll(() => vi.restoreAllMocks());

  it.each(['compile', 'reference'] as const)(
    'suspends stacks with modules that it is given (%s)',
    async (engine) => {
      const component = withStackModules(await compile({ bytes, modules: core }, { engine }), stacks);
      const { inner, outer } = await instantiate<Guest>(component, imports);
      expect(await Promise.all([inner.askStackful(1), inner.askBlocking(2), inner.askCallback(3)])).toEqual([
        2, 3, 4,
      ]);
      expect([await outer.relay(4), await inner.countThreads(5), inner.suspendSynchronously()]).toEqual([
        5, 5, 12,
      ]);
    },
  );

  it('takes the modules for suspended imports also for instances without', async () => {
    const component = withStackModules(await compile({ bytes, modules: core }), stacksForSuspension);
    const { inner } = await instantiate<Guest>(component, imports);
    expect(await Promise.all([inner.askStackful(1), inner.askBlocking(2)])).toEqual([2, 3]);
  });

  it('says which modules are missing when a task would have to wait', async () => {
    const { inner } = await instantiate<Guest>(await compile({ bytes, modules: core }), imports);
    expect(inner.suspendSynchronously()).toBe(12);
    await expect(inner.askBlocking(1)).rejects.toThrow(
      '`inner#ask-blocking` of the component › inner would have to wait for the result of `ask`, and this platform ' +
        'compiles no WebAssembly while it runs: use `stackModules` of `@wit-ts/runtime/stack-modules` when the ' +
        'component is deployed, and `withStackModules` when it runs',
    );
  });

  it('refuses too many or too few of them', async () => {
    const component = await compile({ bytes, modules: core });
    for (const modules of [stacks.slice(1), [...stacks, ...stacks]])
      expect(() => withStackModules(component, modules)).toThrow(
        `these ${modules.length} modules do not belong`,
      );
  });

  it('suspends imports that are synchronous in WIT, with the modules for them', async () => {
    const processor = { processData: (input: string) => Promise.resolve(input) };
    const handled = { 'example:service/processor': processor };
    const component = withStackModules(
      await compile({ bytes: handlerBytes, modules: handlerCore }),
      handlerStacks,
    );
    const { handleRequest } = await instantiate<{ handleRequest(text: string): Promise<string> }>(
      component,
      handled,
      {
        suspend: true,
      },
    );
    expect(await handleRequest('hällo')).toBe('ok: hällo');
  });

  it('says so when the modules are not those for suspended imports', async () => {
    const handled = { 'example:service/processor': { processData: () => Promise.resolve('') } };
    const handler = await instantiate<{ handleRequest(text: string): Promise<string> }>(
      await compile({ bytes: handlerBytes, modules: handlerCore }),
      handled,
      { suspend: true },
    );
    await expect(handler.handleRequest('a')).rejects.toThrow('use `stackModules` of');
    const component = withStackModules(
      await compile({ bytes: faultsBytes, modules: faultsCore }),
      faultsStacks,
    );
    const functions = ['ask', 'tomorrow', 'dayAfter', 'source', 'pair', 'choose', 'sink'];
    const host = Object.fromEntries(functions.map((name) => [name, () => 0]));
    await expect(instantiate(component, { thing: Map, ...host } as never, { suspend: true })).rejects.toThrow(
      'use `stackModules(bytes, { suspend: true })` when the component is deployed',
    );
  });

  it('needs none for a component that waits in callbacks only', async () => {
    expect(stackModules(handlerBytes)).toEqual([]);
    expect(stackModules(faultsBytes).length).toBeLessThan(stacks.length);
  });
});
