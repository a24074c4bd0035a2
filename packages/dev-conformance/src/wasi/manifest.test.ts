import { describe, expect, it } from 'vitest';
import { readManifest } from './manifest.ts';

describe('readManifest', () => {
  it('runs a command that has no manifest, and expects that it ends well', () => {
    expect(readManifest(undefined)).toEqual({
      world: 'command',
      steps: [
        { type: 'run', args: [], env: {} },
        { type: 'wait', exitCode: 0, output: {} },
      ],
    });
  });

  it('reads the form without operations as `run` and `wait`', () => {
    const text = '{ "args": ["a"], "env": { "K": "V" }, "root": "data", "exit_code": 3, "stdout": "out" }';
    expect(readManifest(text).steps).toEqual([
      { type: 'run', args: ['a'], env: { K: 'V' }, root: 'data' },
      { type: 'wait', exitCode: 3, output: { stdout: 'out' } },
    ]);
  });

  it('reads `null` as an absent root', () => {
    expect(readManifest('{ "root": null }').steps[0]).toEqual({ type: 'run', args: [], env: {} });
  });

  it('reads operations with their default values', () => {
    const operations = ['run', 'read', 'write', 'connect', 'request', 'wait'].map((type) => ({ type }));
    const text = JSON.stringify({ world: 'wasi:http/service', operations });
    expect(readManifest(text)).toEqual({
      world: 'service',
      steps: [
        { type: 'run', args: [], env: {} },
        { type: 'read', id: 'stdout', payload: '' },
        { type: 'write', payload: '' },
        { type: 'connect', id: 'server', protocol: 'tcp' },
        { type: 'request', method: 'GET', path: '/', headers: {}, response: { headers: {} } },
        { type: 'wait', exitCode: 0, output: {} },
      ],
    });
  });

  it('reads what a request sends and expects', () => {
    const request = {
      type: 'request',
      method: 'POST',
      path: '/echo',
      headers: { a: 'b' },
      body: 'text',
      response: { status: 201, headers: { c: 'd' }, body: '' },
    };
    expect(readManifest(JSON.stringify({ operations: [{ type: 'run' }, request] })).steps[1]).toEqual(
      request,
    );
  });

  it('waits at the end of operations that do not', () => {
    expect(readManifest('{ "operations": [{ "type": "run" }] }').steps).toHaveLength(2);
  });

  it.each([
    ['[]', 'the manifest is not an object'],
    ['{ "operations": {} }', '`operations` is not a list'],
    ['{ "operations": [] }', 'the first operation is not `run`'],
    ['{ "operations": [{ "type": "wait" }] }', 'the first operation is not `run`'],
    ['{ "operations": [1] }', 'operation 0 is not an object'],
    ['{ "operations": [{ "type": "fly" }] }', 'no operation is named "fly"'],
    ['{ "operations": [{ "type": "run" }, { "type": "send" }] }', '`id` is not a string'],
    [
      '{ "operations": [{ "type": "run" }, { "type": "read", "id": "stdin" }] }',
      '`id` is "stdin", not stdout',
    ],
    ['{ "operations": [{ "type": "run" }, { "type": "kill", "signal": "X" }] }', '`signal` is "X"'],
    ['{ "args": "a" }', '`args` is not a list of strings'],
    ['{ "env": { "K": 1 } }', '`env.K` is not a string'],
    ['{ "root": 1 }', '`root` is not a string'],
    ['{ "exit_code": "1" }', '`exit_code` is not a number'],
    ['{ "world": "wasi:nn/ml" }', '`world` is "wasi:nn/ml"'],
  ])('refuses %s', (text, message) => {
    expect(() => readManifest(text)).toThrow(message);
  });
});
