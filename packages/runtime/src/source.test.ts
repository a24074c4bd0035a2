import { Buffer } from 'node:buffer';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { compile, type Component, componentModules, instantiate } from './index.ts';

const traps = new Uint8Array(await built('traps'));
const bench = new Uint8Array(await built('bench-guest'));

const host = { 'test:traps/host': { call: () => undefined, text: () => undefined } };

/** The names of what a component exports. */
function exportsOf(component: Component): readonly string[] {
  return [...component.plan.exports.keys()];
}

const expected = exportsOf(await compile(traps));

/** A buffer of the kind with the bytes at an offset, as memory pools have them. */
function within<B extends ArrayBufferLike>(buffer: B): Uint8Array<B> {
  const view = new Uint8Array(buffer, 24, traps.length);
  view.set(traps);
  return view;
}

const pool = (): ArrayBuffer => new ArrayBuffer(traps.length + 64);
const exact = (): ArrayBuffer => traps.slice().buffer;
const shared = (): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer(traps.length);
  new Uint8Array(buffer).set(traps);
  return buffer;
};

/** Each kind of source, with the buffer that a host may use again. */
const sources: readonly (readonly [string, () => readonly [source: unknown, buffer: ArrayBufferLike]])[] = [
  ['a Uint8Array', () => both(within(pool()))],
  ['a Buffer of a pool', () => both(Buffer.from(within(pool()).buffer, 24, traps.length))],
  ['a Uint8ClampedArray', () => both(new Uint8ClampedArray(within(pool()).buffer, 24, traps.length))],
  ['a DataView', () => both(new DataView(within(pool()).buffer, 24, traps.length))],
  ['a Uint8Array of shared memory', () => both(within(new SharedArrayBuffer(traps.length + 64)))],
  ['an ArrayBuffer', () => whole(exact())],
  ['a SharedArrayBuffer', () => whole(shared())],
  ['a resizable ArrayBuffer', () => whole(resizable())],
  [
    'bytes with modules',
    () => {
      const view = within(pool());
      const modules = componentModules(view).map((module) => new WebAssembly.Module(new Uint8Array(module)));
      return [{ bytes: view, modules }, view.buffer];
    },
  ],
];

function both(view: ArrayBufferView): readonly [unknown, ArrayBufferLike] {
  return [view, view.buffer];
}

function whole(buffer: ArrayBufferLike): readonly [unknown, ArrayBufferLike] {
  return [buffer, buffer];
}

function resizable(): ArrayBuffer {
  const buffer = new ArrayBuffer(traps.length, { maxByteLength: traps.length * 2 });
  new Uint8Array(buffer).set(traps);
  return buffer;
}

describe.each(sources)('the bytes of %s', (_, make) => {
  it('are those at the call, whatever is written to the buffer a moment later', async () => {
    const [source, buffer] = make();
    const compiling = compile(source as Uint8Array);
    const instantiating = instantiate(source as Uint8Array, host);
    new Uint8Array(buffer).fill(0);
    expect(exportsOf(await compiling)).toEqual(expected);
    expect(Object.keys(await instantiating)).toContain('crash');
  });

  it('are those at the call when the buffer is transferred to another thread', async () => {
    const [source, buffer] = make();
    const compiling = compile(source as Uint8Array);
    if (buffer instanceof ArrayBuffer) structuredClone(buffer, { transfer: [buffer] });
    expect(exportsOf(await compiling)).toEqual(expected);
  });

  it('are those at the moment when a promise of them is resolved', async () => {
    const [source, buffer] = make();
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const compiling = compile(promise);
    resolve(source as Uint8Array);
    // Whoever awaits the promise first may use the buffer again.
    await promise;
    await Promise.resolve();
    new Uint8Array(buffer).fill(0);
    expect(exportsOf(await compiling)).toEqual(expected);
  });
});

it('compiles the two components that are read into one buffer in turn', async () => {
  const buffer = new Uint8Array(Math.max(traps.length, bench.length));
  const compiling = [traps, bench].map((bytes) => {
    buffer.set(bytes);
    return compile(buffer.subarray(0, bytes.length));
  });
  const [first, second] = await Promise.all(compiling);
  expect(exportsOf(first!)).toEqual(expected);
  expect(exportsOf(second!)).toContain('add');
});

it('takes the list of compiled modules at the call', async () => {
  const modules = componentModules(traps).map((module) => new WebAssembly.Module(new Uint8Array(module)));
  const compiling = compile({ bytes: traps, modules });
  modules.length = 0;
  expect(exportsOf(await compiling)).toEqual(expected);
});

describe('a source', () => {
  const wasm = { headers: { 'content-type': 'application/wasm' } };

  it.each<[string, () => unknown]>([
    ['a Blob', () => new Blob([traps])],
    ['a File', () => new File([traps], 'app.wasm')],
    ['a promise of a File', () => Promise.resolve(new File([traps], 'app.wasm'))],
    ['a Response', () => new Response(traps, wasm)],
    ['the Request of an upload', () => new Request('http://host/', { method: 'POST', body: traps })],
    ['the response of a library', () => ({ ok: true, arrayBuffer: () => Promise.resolve(traps.buffer) })],
    ['a promise of the bytes of { bytes }', () => ({ bytes: Promise.resolve(traps) })],
    ['a File as the bytes of { bytes }', () => ({ bytes: new File([traps], 'app.wasm') })],
    // oxlint-disable-next-line unicorn/no-thenable
    ['a thenable', () => ({ then: (done: (bytes: unknown) => void) => done(traps) })],
  ])('may be %s', async (_, source) => {
    expect(exportsOf(await compile(source() as Uint8Array))).toEqual(expected);
  });

  it.each([
    'new Uint8Array(list)',
    'new Uint8Array(list).buffer',
    'new DataView(new Uint8Array(list).buffer)',
    'Promise.resolve(new Uint8Array(list))',
    '({ bytes: new Uint8Array(list) })',
    'new (class extends Uint8Array {})(list)',
  ])('may come from another realm: %s', async (code) => {
    const source: unknown = runInNewContext(code, { list: [...traps] });
    expect(exportsOf(await compile(source as Uint8Array))).toEqual(expected);
  });

  it('of `instantiate` may be a promise of a compiled component', async () => {
    expect(Object.keys(await instantiate(compile(traps), host))).toContain('crash');
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a path', () => 'app.wasm', /got "app\.wasm": read the file, or give what `fetch` answers/u],
    ['a URL', () => new URL('http://host/app.wasm'), /give what `fetch` answers/u],
    ['a Request without a body', () => new Request('http://host/'), /give what `fetch` answers/u],
    ['a stream', () => new Blob([traps]).stream(), /give `new Response\(stream\)`/u],
    [
      'a compiled core module',
      () => new WebAssembly.Module(empty),
      /a component cannot be made of a core module/u,
    ],
    ['numbers', () => [...traps], /got an array of/u],
    ['{ bytes } without bytes', () => ({ bytes: 'app.wasm' }), /got "app\.wasm"/u],
    ['a component of another copy of the library', () => ({ decoded: {}, plan: {} }), /another copy/u],
    ['a buffer that was transferred', transferred, /their buffer was transferred before the call/u],
  ])('is refused if it is %s, with what is accepted', async (_, source, message) => {
    await expect(compile(source() as Uint8Array)).rejects.toThrow(TypeError);
    await expect(compile(source() as Uint8Array)).rejects.toThrow(message);
  });
});

const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

function transferred(): unknown {
  const bytes = traps.slice();
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}
