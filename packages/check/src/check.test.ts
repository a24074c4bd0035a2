import { SourceFile, type Span } from '@wit-ts/diagnostics';
import { worldOf, type Contract, type ContractItems } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { reportToJson } from './report-json.ts';
import { renderReport } from './render-report.ts';
import type { Report } from './report.ts';

const METADATA = 'record { id: u64, tags: list<string> }';
const PROCESS = 'func(input: string, meta: metadata) -> result<string, string>';

const TARGET: Contract = {
  world: 'example:service/edge-handler@1.0.0',
  imports: {
    'wasi:io/streams@0.2.6': {
      types: { s: 'resource' },
      functions: { '[method]s.read': 'func() -> list<u8>' },
    },
    'example:service/processor': { types: { metadata: METADATA }, functions: { 'process-data': PROCESS } },
  },
  exports: { 'handle-request': 'func(req: string) -> string' },
};

function reportOf(component: { imports?: ContractItems; exports?: ContractItems }, target = TARGET): Report {
  const world = worldOf({ world: 'root', imports: {}, exports: TARGET.exports, ...component });
  return check({ world }, { world: worldOf(target) });
}

function helps(report: Report): (string | undefined)[] {
  return report.reasons.map(({ help }) => help);
}

describe('check', () => {
  it('lists unused imports and extra exports of a component that satisfies the world', () => {
    const report = reportOf({
      imports: { 'wasi:io/streams@0.2.0': {} },
      exports: { ...TARGET.exports, init: 'func()', t: 'u8' },
    });
    expect(report).toEqual({
      world: 'example:service/edge-handler@1.0.0',
      satisfied: true,
      reasons: [],
      unusedImports: ['example:service/processor'],
      extraExports: ['init'],
    });
    expect(renderReport(report, { component: 'app.wasm' })).toBe(
      [
        '✓ app.wasm satisfies example:service/edge-handler@1.0.0',
        '',
        '  imports that the component does not use: example:service/processor',
        '  exports that the world does not require: init',
      ].join('\n'),
    );
  });

  it('names the functions that a different type breaks', () => {
    const functions = { 'process-data': PROCESS };
    const report = reportOf({
      imports: {
        'example:service/processor': { types: { metadata: METADATA.replace('u64', 's64') }, functions },
      },
    });
    expect(renderReport(report)).toBe(
      [
        '✗ the component does not satisfy example:service/edge-handler@1.0.0: one reason',
        '',
        '  import example:service/processor',
        '    record metadata › field id: the type is `u64` in the world but `s64` in the component [type-different]',
        '      used by process-data',
        '      help: numbers of different width, sign or kind are different types; nothing converts them at the boundary',
        '',
        '  imports that the component does not use: wasi:io/streams@0.2.6',
      ].join('\n'),
    );
    expect(JSON.parse(JSON.stringify(reportToJson(report)))).toEqual({
      world: 'example:service/edge-handler@1.0.0',
      satisfied: false,
      reasons: [
        {
          code: 'type-different',
          severity: 'error',
          message:
            'import example:service/processor › record metadata › field id: the type is `u64` in the world but `s64` in the component',
          help: 'numbers of different width, sign or kind are different types; nothing converts them at the boundary',
          side: 'import',
          path: ['import example:service/processor', 'record metadata', 'field id'],
          segments: [
            { tag: 'import', name: 'example:service/processor' },
            { tag: 'definition', kind: 'record', name: 'metadata' },
            { tag: 'field', name: 'id' },
          ],
          expected: 'u64',
          found: 's64',
          affects: ['process-data'],
        },
      ],
      unusedImports: ['wasi:io/streams@0.2.6'],
      extraExports: [],
    });
  });

  it('points at the innermost part of the world that has a position in its source', () => {
    const file = new SourceFile('world.wit', 'world w {\n  export go: func();\n}\n');
    const world = worldOf({ world: 'w', imports: {}, exports: { go: 'func(a: list<u8>)' } });
    const item = world.exports.get('go');
    if (item?.tag !== 'function') throw new Error('a function');
    const spans = new Map<object, Span>([
      [world, { file, start: 0, end: 7 }],
      [item.function, { file, start: 12, end: 30 }],
    ]);
    const against = (exports: ContractItems) =>
      check(
        { world: worldOf({ world: 'root', imports: {}, exports }) },
        { world, spanOf: (part) => spans.get(part) },
      );
    expect(renderReport(against({}))).toContain('--> world.wit:2:3');
    const [reason] = reportToJson(against({ go: 'func(a: list<u16>)' })).reasons;
    expect(reason).toMatchObject({
      path: ['export go', 'param a', 'list'],
      span: { file: 'world.wit', start: { line: 2, column: 3 } },
    });
    spans.set(item.function.params[0]!, { file, start: 20, end: 21 });
    expect(reportToJson(against({ go: 'func(a: list<u16>)' })).reasons[0]?.span?.start.offset).toBe(20);
    spans.delete(item.function);
    expect(reportToJson(against({})).reasons[0]?.span?.start.offset).toBe(0);
  });

  it('reports imports that WIT cannot express', () => {
    const world = worldOf({ world: 'root', imports: {}, exports: TARGET.exports });
    const unexpressed = [
      { side: 'import', path: ['allocator'], sort: 'core module' },
      { side: 'import', path: ['a:b/i', 'inner'], sort: 'instance' },
      { side: 'export', path: ['main'], sort: 'component' },
    ] as const;
    const report = check({ world, unexpressed }, { world: worldOf(TARGET) });
    expect(report.reasons.map(({ message, help }) => [message, help])).toEqual([
      [
        'import allocator: the component imports the core module `allocator`, which the world does not import',
        'WIT cannot express a core module: build the component without it',
      ],
      [
        'import a:b/i › instance inner: the component imports the instance `inner`, which the world does not import',
        'WIT cannot express an instance within an instance: build the component without it',
      ],
    ]);
    expect(report.reasons.map(({ path }) => path)).toEqual([
      [{ tag: 'import', name: 'allocator' }],
      [
        { tag: 'import', name: 'a:b/i' },
        { tag: 'unexpressed', sort: 'instance', name: 'inner' },
      ],
    ]);
    expect(report.extraExports).toEqual(['main']);
  });

  it('replaces control characters of names', () => {
    const report = reportOf({ imports: { 'a\u001b[31m': 'func()' }, exports: { '\u202eb': 'func()' } });
    // eslint-disable-next-line no-control-regex
    expect(renderReport(report, { component: '\u0007x' })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });

  it('reports thousands of missing names', () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`x:y/i${i}`, {}]));
    const others = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`x:y/j${i}`, {}]));
    expect(reportOf({ imports: many }, { ...TARGET, imports: others }).reasons).toHaveLength(3000);
  });
});

describe('help', () => {
  it('names the version that the world has instead', () => {
    expect(
      helps(reportOf({ imports: { 'wasi:io/streams@0.3.0': {}, 'wasi:io/streams@0.2.0-rc.1': {} } })),
    ).toEqual([
      'the world imports `wasi:io/streams@0.2.6`, which does not link with 0.3.0: only versions 0.3.x do',
      'the world imports `wasi:io/streams@0.2.6`, which does not link with 0.2.0-rc.1: only that exact version does',
    ]);
  });

  it('suggests a similar name', () => {
    const report = reportOf({
      imports: {
        'example:service/procesor': {},
        'wasi:io/streams@0.2.6': { functions: { readd: 'func()' } },
        log: 'func()',
      },
      exports: { 'handle-requests': 'func(req: string) -> string' },
    });
    expect(helps(report)).toEqual([
      'the world imports `example:service/processor`: did you mean that?',
      'add `import log: …;` to the world, or build the component without it',
      'both claim to be version 0.2.6, so one of them differs from what was published under that version',
      'the component exports `handle-requests`: did you mean that?',
    ]);
  });

  it('says that a type of the world is declared, which `import` cannot do', () => {
    expect(helps(reportOf({ imports: { point: 'record { x: u8 }' } }))).toEqual([
      'declare the type `point` in the world, with `use` if an interface has it, or build the component without it',
    ]);
  });

  it('says when a method was built as a static function', () => {
    const report = reportOf({
      imports: {
        'wasi:io/streams@0.2.0': {
          types: { s: 'resource' },
          functions: { '[static]s.read': 'static func()' },
        },
      },
    });
    expect(helps(report)).toEqual([
      'the world has it as `[method]s.read`: a method is called on a resource, a static function or constructor is not',
    ]);
  });
});
