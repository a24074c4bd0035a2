import { componentWorld, decode } from '@wit-ts/component';
import { type Contract, contractOf, contractText } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, LinkError } from '../index.ts';
import { instantiateUncheckedSync, instantiateWorldSync } from './v1-sync.ts';
import { instantiateUnchecked } from './v1.ts';

interface Exports {
  handleRequest(request: string): string;
}

const bytes = await built('edge-handler/wat');
const component = await compile(bytes);
const contract = contractOf(componentWorld(decode(bytes)).world);
const imports = { 'example:service/processor': { processData: (text: string) => text.toUpperCase() } };

const other: Contract = { world: 'a:b/other', imports: {}, exports: { run: 'func()' } };

describe('bindings', () => {
  it('make an instance without a promise', () => {
    const exports = instantiateWorldSync<Exports>(contract, component, imports);
    expect(exports.handleRequest('a')).toBe('ok: A');
    expect(instantiateWorldSync<Exports>(contract, component, imports)).not.toBe(exports);
  });

  it('take a contract as the text that generated code has', () => {
    const text = contractText(contract);
    expect(instantiateWorldSync<Exports>(text, component, imports)).toBeDefined();
    expect(() => instantiateWorldSync(contractText(other), component, imports)).toThrow(
      'does not satisfy the world a:b/other',
    );
    expect(() => instantiateWorldSync('nonsense', component, imports)).toThrow('malformed contract');
  });

  it('compare the component with the contract', () => {
    expect(() => instantiateWorldSync<Exports>(other, component, imports)).toThrow(LinkError);
    expect(() => instantiateWorldSync<Exports>(other, component, imports)).toThrow(
      /does not satisfy the world a:b\/other:[^]*run/u,
    );
  });

  it('take a compiled component only', () => {
    const given: unknown = bytes;
    expect(() => instantiateWorldSync(contract, given as typeof component, imports)).toThrow(
      'use `instantiate` for bytes',
    );
  });

  it('take any component if they have no contract, and still report imports that are missing', async () => {
    expect(instantiateUncheckedSync<Exports>(component, imports).handleRequest('a')).toBe('ok: A');
    expect((await instantiateUnchecked<Exports>(bytes, imports)).handleRequest('a')).toBe('ok: A');
    expect(() => instantiateUncheckedSync(component, {})).toThrow(LinkError);
    await expect(instantiateUnchecked(bytes, {})).rejects.toThrow(LinkError);
  });
});

describe('names that are one in JavaScript', () => {
  const [processor] = Object.keys(imports);
  const item = contract.imports[processor!];
  const clashing: Contract = {
    ...contract,
    imports: {
      [processor!]: {
        ...(typeof item === 'object' ? item : {}),
        functions: {
          'process-DATA': 'func()',
          ...(typeof item === 'object' && 'functions' in item ? item.functions : {}),
        },
      },
    },
  };

  it('are those of the contract', () => {
    const both = { processData: () => 'the other', processData$1: (text: string) => `right: ${text}` };
    const exports = instantiateWorldSync<Exports>(clashing, component, { [processor!]: both });
    expect(exports.handleRequest('a')).toBe('ok: right: a');
  });
});
