import { describe, expect, it } from 'vitest';
import {
  CORE_MODULE,
  EMPTY_COMPONENT,
  IMPORTING_COMPONENT,
  testDirectory,
} from '../fixtures/test-directory.ts';

const PACKAGE = 'package a:b;\n\ninterface i {\n}\n\nworld w {\n  import i;\n}\n';

describe('wit-ts validate', () => {
  it('prints each finding on one line with --lines', async () => {
    const here = await testDirectory({
      'bad.wit': 'package a:b;\nworld w {\n  import none;\n  export x: func() -> strng;\n}\n',
    });
    const { code, err } = await here.run('validate bad.wit --lines');
    expect(code).toBe(1);
    expect(
      err
        .trimEnd()
        .replace(/^.*\/(?=bad)/gmu, '')
        .split('\n'),
    ).toEqual([
      'bad.wit:3:10: error[unknown-interface]: interface `none` does not exist',
      'bad.wit:4:23: error[unknown-type]: type `strng` does not exist',
    ]);
  });

  it.each([
    ['a.wit', PACKAGE, 0],
    ['app.wasm', IMPORTING_COMPONENT, 0],
    ['bad.wit', 'package a:b;\nworld w { import none; import none2; }\n', 1],
    ['core.wasm', CORE_MODULE, 1],
    ['cut.wasm', EMPTY_COMPONENT.subarray(0, 7), 1],
    ['bad.wasm', Uint8Array.from([...EMPTY_COMPONENT, 10, 6, 1, 0, 1, 0x66, 1, 0]), 1],
  ])('%s', async (name, content, expected) => {
    const here = await testDirectory({ [name]: content });
    const { code, out, err } = await here.run(`validate ${name}`);
    expect({ code, out }).toEqual({ code: expected, out: '' });
    if (expected === 0) expect(err).toBe(`\`${name}\` is valid\n`);
    else expect(err).toMatch(/^error\[/u);
    const json = await here.run(`validate ${name} --json`);
    expect(JSON.parse(json.out)).toMatchObject({ valid: expected === 0 });
    expect(json).toMatchObject({ code: expected, err: '' });
  });

  it('prints the finding, its byte offset and its path', async () => {
    const inner = [...EMPTY_COMPONENT, 2, 7, 2, 0, 5, 0, 0, 6, 0];
    const here = await testDirectory({
      'bad.wasm': Uint8Array.from([...EMPTY_COMPONENT, 4, inner.length, ...inner]),
    });
    const { code, err } = await here.run('validate bad.wasm');
    expect(code).toBe(1);
    expect(err).toBe(
      [
        'error[index-out-of-bounds]: core module 5 does not exist: no core module is defined before this',
        ' --> bad.wasm:0x15 component 0 › core instance 0',
        '',
        'error[index-out-of-bounds]: core module 6 does not exist: no core module is defined before this',
        ' --> bad.wasm:0x18 component 0 › core instance 1',
        '',
        '',
      ].join('\n'),
    );
    const { diagnostics } = JSON.parse((await here.run('validate bad.wasm --json')).out);
    expect(diagnostics[1]).toEqual({
      code: 'index-out-of-bounds',
      severity: 'error',
      message: 'core module 6 does not exist: no core module is defined before this',
      offset: 0x18,
      path: ['component 0', 'core instance 1'],
    });
  });
});
