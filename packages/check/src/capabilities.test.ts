import { worldOf, type ContractItems } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from './capabilities.ts';
import { renderCapabilities } from './render-capabilities.ts';

function asked(imports: ContractItems) {
  return capabilitiesOf(worldOf({ world: 'root', imports, exports: {} }));
}

const F = { functions: { f: 'func()' } };

describe('capabilities', () => {
  it('recognises the interfaces of WASI, in any version', () => {
    const { required, notRequired } = asked({
      'wasi:random/random@0.2.6': F,
      'wasi:sockets/tcp@0.2.6': F,
      'wasi:filesystem/types@0.3.0': F,
      'wasi:clocks/wall-clock@0.2.6': F,
      'wasi:cli/environment@0.2.6': F,
      'wasi:http/outgoing-handler@0.2.6': F,
      'wasi:cli/stdout@0.2.6': F,
    });
    expect(required.map(({ name }) => name)).toEqual([
      'files',
      'network',
      'HTTP',
      'clocks',
      'environment',
      'random',
      'standard output',
    ]);
    expect(notRequired).toEqual([]);
  });

  it('attributes other imports to the host', () => {
    const report = asked({ 'example:shop/prices@1.0.0': F, 'example:shop/stock@1.0.0': F, log: 'func()' });
    expect(report).toEqual({
      required: [
        {
          name: 'host: example:shop',
          imports: [
            { name: 'example:shop/prices@1.0.0', functions: ['f'] },
            { name: 'example:shop/stock@1.0.0', functions: ['f'] },
          ],
        },
        { name: 'host: log', imports: [{ name: 'log', functions: ['log'] }] },
      ],
      notRequired: ['files', 'network', 'HTTP', 'clocks', 'environment', 'random'],
      supporting: [],
    });
  });

  it('leaves out interfaces that give access to nothing', () => {
    const report = asked({
      'wasi:io/streams@0.2.6': F,
      'wasi:filesystem/types@0.2.6': { types: { t: 'u8' } },
    });
    expect(report.required).toEqual([]);
    expect(report.supporting).toEqual([{ name: 'wasi:io/streams@0.2.6', functions: ['f'] }]);
  });

  it('includes imports that WIT cannot express', () => {
    const world = worldOf({ world: 'root', imports: {}, exports: {} });
    const { required } = capabilitiesOf(world, [
      { side: 'import', path: ['libc'], sort: 'core module' },
      { side: 'export', path: ['main'], sort: 'component' },
    ]);
    expect(required).toEqual([
      { name: 'host: core module libc', imports: [{ name: 'core module libc', functions: [] }] },
    ]);
  });

  it('renders as text', () => {
    const functions = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, 'func()']));
    expect(
      renderCapabilities(
        asked({
          'wasi:filesystem/types@0.2.6': {
            types: { descriptor: 'resource' },
            functions: { '[method]descriptor.read': 'func()' },
          },
          'wasi:filesystem/preopens@0.2.6': { functions },
          'wasi:io/poll@0.2.6': F,
          log: 'func()',
        }),
        { component: 'app.wasm' },
      ),
    ).toBe(
      [
        'app.wasm requires',
        '',
        '  files      wasi:filesystem/types@0.2.6 descriptor.read',
        '             wasi:filesystem/preopens@0.2.6 a, b, c, d, … (5 functions)',
        '  host: log  log',
        '',
        '  does not require: network, HTTP, clocks, environment, random',
        '  supporting interfaces, which give no access by themselves: wasi:io/poll@0.2.6',
      ].join('\n'),
    );
    expect(renderCapabilities(asked({}))).toBe('the component requires nothing from its host');
  });
});
