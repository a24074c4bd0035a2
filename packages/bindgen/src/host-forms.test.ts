import { resolveOrThrow } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import { alone, worldFrom } from './fixtures/from-contract.ts';
import { generate, type GenerateOptions } from './index.ts';

const WIT = `package forms:host@1.0.0;
interface store {
  resource item { constructor(name: string); rename: func(to: string) -> result<_, string>; }
  find: func(key: list<u8>) -> option<item>;
}
world main { import store; import log: func(text: string); export run: func() -> u32; }`;

async function mainFile(options: GenerateOptions): Promise<string> {
  const [file] = await generate(resolveOrThrow(WIT).resolve, 'main', options);
  return file!.content;
}

describe('the file of a world', () => {
  it('has no value with `typesOnly`', async () => {
    for (const { content } of await generate(resolveOrThrow(WIT).resolve, 'main', { typesOnly: true }))
      for (const line of content.split('\n'))
        expect(line).not.toMatch(/^export (?!type |interface )|^import (?!type )/u);
    expect(await mainFile({ typesOnly: true })).toMatch(
      /export type MainImports =[^]*export interface MainExports/u,
    );
  });

  it('has both types with `typesOnly`, even if the world has neither imports nor exports', async () => {
    const world = worldFrom({});
    const [file] = await generate(alone(world), world, { typesOnly: true });
    expect(file?.content).toContain('export type WImports = object;');
    expect(file?.content).toContain('export type WExports = object;');
  });

  it('has `instantiate` and no contract without the contract', async () => {
    const text = await mainFile({ contract: false });
    expect(text).not.toMatch(/contract\b(?! )/u);
    expect(text).toContain('instantiateUnchecked(...args);');
  });

  it('has `instantiateSync` if it is asked for', async () => {
    expect(await mainFile({})).not.toContain('instantiateSync');
    const text = await mainFile({ instantiateSync: true, asyncImports: ['log'] });
    expect(text).toContain('} from "@wit-ts/runtime/codegen/v1/sync";');
    expect(text).toContain('  instantiateWorldSync(contract, component, imports, {');
    expect(text.match(/suspend: \{ imports: \["log"\], exports: true \}/gu)).toHaveLength(2);
    expect(await mainFile({ instantiateSync: true, contract: false })).toContain(
      '(...args) => instantiateUncheckedSync(...args);',
    );
  });

  it('cannot have only types and a function', async () => {
    await expect(mainFile({ typesOnly: true, instantiateSync: true })).rejects.toThrow('choose one of them');
  });
});
