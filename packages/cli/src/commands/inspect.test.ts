import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CORE_MODULE,
  EMPTY_COMPONENT,
  IMPORTING_COMPONENT,
  testDirectory,
} from '../fixtures/test-directory.ts';

/** One component that instantiates two others, each with a core module. */
const NESTED = readFileSync(new URL('../../../../test-components/nested/built/wat.wasm', import.meta.url));

const WAITING = readFileSync(
  new URL('../../../../test-components/waiting/built/guest.wasm', import.meta.url),
);
const BENCH = readFileSync(
  new URL('../../../../test-components/async-bench/built/wat.wasm', import.meta.url),
);

/** A component that wasm-tools put together from a module of Rust. */
const RUST = readFileSync(
  new URL('../../../../test-components/edge-handler/built/rust.wasm', import.meta.url),
);

describe('wit-ts inspect', () => {
  it('lists what a component contains', async () => {
    const here = await testDirectory({ 'app.wasm': IMPORTING_COMPONENT });
    const { code, out } = await here.run('inspect app.wasm --json');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        size: 23,
        component: {
          offset: 0,
          size: 23,
          modules: [],
          components: [],
          coreInstances: [],
          instances: [],
          imports: [{ name: 'f', sort: 'func' }],
          exports: [],
          canons: {},
          producers: [],
          customSections: [],
        },
        functions: [],
        stringEncodings: [],
        async: false,
        imports: [{ name: 'f', kind: 'function' }],
        exports: [],
        capabilities: {
          required: [{ name: 'host: f', imports: [{ name: 'f', functions: ['f'] }] }],
          notRequired: ['files', 'network', 'HTTP', 'clocks', 'environment', 'random'],
          supporting: [],
        },
      },
    ]);
    const text = await here.run('inspect app.wasm');
    expect(text.out).toContain('app.wasm  23 B');
    expect(text.out).toContain('    f (function)');
  });

  it('prints the tree with the size and share of each part', async () => {
    const { out } = await (await testDirectory({ 'app.wasm': NESTED })).run('inspect app.wasm');
    const lines = out.split('\n').map((line) => line.replace(/\s+/gu, ' ').trim());
    expect(lines).toContainEqual(expect.stringMatching(/^core module 0 Memory 203 B \S+ 12 % 2 functions/u));
    expect(lines).toContainEqual(expect.stringMatching(/^component 0 Inner 524 B \S+ 31 %$/u));
    expect(lines).toContain('instance 2 outer = component 1 with log, inner');
    expect(lines).toContainEqual(
      expect.stringMatching(/^core instance 2 module = core module 1 with memory, log$/u),
    );
    expect(lines).toContain('core instance 1 exports write');
    expect(lines).toContain('lift pass utf8 memory realloc post-return');
    expect(lines).toContain('lower test:nested/log write utf8 memory');
    expect(lines).toContain('strings utf8');
  });

  it('shows what is asynchronous, and what may need a suspended stack', async () => {
    const here = await testDirectory({ 'waiting.wasm': WAITING, 'bench.wasm': BENCH });
    const waiting = (await here.run('inspect waiting.wasm')).out;
    expect(waiting).toMatch(/^ {4}lift {2}async count +utf8 {2}memory async callback$/mu);
    expect(waiting).toMatch(/^ {4}lift {2}describe +utf8 {2}memory$/mu);
    expect(waiting).toContain('stream.drop-writable ×2,');
    expect(waiting).toContain('    needs no suspended stack: it waits in callbacks, on every platform\n');
    const bench = (await here.run('inspect bench.wasm')).out.replace(/\s+/gu, ' ');
    const calls = ['hold', 'later'].map((name) => `synchronous call of bench:tasks/host ${name}`);
    expect(bench).toContain(`needs a suspended stack when it has to wait in: ${calls.join(', ')} `);
    const { concurrency } = JSON.parse((await here.run('inspect bench.wasm --json')).out);
    expect(concurrency.mayBlock).toEqual(calls);
    expect(concurrency.builtIns).toMatchObject({ 'stream.read async': 2, 'waitable.join': 2 });
  });

  it('quotes the names of exports that are numbers', async () => {
    const { out } = await (await testDirectory({ 'app.wasm': RUST })).run('inspect app.wasm');
    expect(out).toContain('\n  core instance 3 actual  exports "0"\n');
    expect(out).toContain('app.wasm  15.4 KiB\n');
  });

  it('assigns every byte to exactly one part', async () => {
    const { out } = await (await testDirectory({ 'app.wasm': NESTED })).run('inspect app.wasm --json');
    const { size, component } = JSON.parse(out);
    expect([size, component.size]).toEqual([NESTED.length, NESTED.length]);
    for (const inner of component.components) {
      const [{ offset, size: bytes }] = inner.modules;
      expect(offset).toBeGreaterThan(inner.offset);
      expect(offset + bytes).toBeLessThanOrEqual(inner.offset + inner.size);
    }
  });

  it('prints the instances and their connections as Mermaid', async () => {
    const { out } = await (await testDirectory({ 'app.wasm': NESTED })).run('inspect app.wasm --mermaid');
    const [first, ...lines] = out.trim().split('\n');
    expect(first).toBe('flowchart LR');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}i\d>"test:nested\/log"\]$/u));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}c0 -->\|"memory"\| c1$/u));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}c1 ==>\|"pass<br\/>crash"\| c3$/u));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}c3 ==>\|"pass"\| e\d$/u));
  });

  it('reads standard input', async () => {
    const { code, out } = await (await testDirectory()).run('inspect -', { stdin: EMPTY_COMPONENT });
    expect(code).toBe(0);
    expect(out).toContain('requires nothing from its host');
  });

  it.each([
    ['a core module', CORE_MODULE, 'core module'],
    [
      'text',
      new TextEncoder().encode('package a:b;'),
      'is not a component: it is text, which starts with `package a:b;`',
    ],
    ['bytes that end', EMPTY_COMPONENT.subarray(0, 6), 'the input ends'],
  ])('exits with 3 for %s', async (_, bytes, message) => {
    const { code, out, err } = await (await testDirectory({ 'app.wasm': bytes })).run('inspect app.wasm');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(message);
  });
});
