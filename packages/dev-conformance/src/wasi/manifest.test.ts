import { describe, expect, it } from 'vitest';
import { readManifest } from './manifest.ts';

describe('readManifest', () => {
  it('runs a command that has no manifest, and expects that it ends well', () => {
    expect(readManifest(undefined)).toEqual({
      world: 'command',
      proposals: [],
      servers: [],
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
    const operations = ['run', 'read', 'write', 'connect', 'request', 'kill', 'wait'].map((type) => ({
      type,
    }));
    const text = JSON.stringify({ world: 'wasi:http/service', operations });
    expect(readManifest(text)).toEqual({
      world: 'service',
      proposals: [],
      servers: [],
      steps: [
        { type: 'run', args: [], env: {} },
        { type: 'read', id: 'stdout', payload: '' },
        { type: 'write', payload: '' },
        { type: 'connect', id: 'server', protocol: 'tcp' },
        {
          type: 'request',
          method: 'GET',
          path: '/',
          headers: {},
          body: '',
          response: { status: 200, headers: {}, body: '' },
        },
        { type: 'kill', signal: 'SIGTERM' },
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

  it('reads servers, and what each endpoint answers', () => {
    const servers = [
      { name: 'gone', kind: 'closed' },
      {
        name: 'Api_1',
        endpoints: [
          {},
          { method: 'post', path: '/echo', mode: 'echo-body' },
          { path: '/h', mode: 'echo-headers' },
          { path: '/text', response: 'text' },
          { path: '/chunks', response: { status: 201, chunks: ['a', 'b'], trailers: { t: 'v' } } },
        ],
      },
    ];
    const answer = { status: 200, headers: {}, body: '', trailers: {} };
    const manifest = readManifest(JSON.stringify({ proposals: ['http'], servers }));
    expect(manifest.proposals).toEqual(['http']);
    expect(manifest.steps.map(({ type }) => type)).toEqual(['run', 'wait']);
    expect(manifest.servers).toEqual([
      { name: 'gone', isClosed: true, endpoints: [] },
      {
        name: 'Api_1',
        isClosed: false,
        endpoints: [
          { method: 'GET', path: '/', answer },
          { method: 'POST', path: '/echo', answer: 'echo-body' },
          { method: 'GET', path: '/h', answer: 'echo-headers' },
          { method: 'GET', path: '/text', answer: { ...answer, body: 'text' } },
          {
            method: 'GET',
            path: '/chunks',
            answer: { status: 201, headers: {}, body: ['a', 'b'], trailers: { t: 'v' } },
          },
        ],
      },
    ]);
  });

  it('runs a guest several times', () => {
    const operations = ['run', 'wait', 'run', 'wait'].map((type) => ({ type }));
    expect(readManifest(JSON.stringify({ operations })).steps).toHaveLength(4);
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
    ['{ "operations": [{ "type": "run" }, { "type": "recv", "id": "a" }] }', 'no operation connects'],
    ['{ "operations": [{ "type": "run" }, { "type": "run" }] }', 'operation 1 runs the guest before `wait`'],
    [
      '{ "operations": [{ "type": "run" }, { "type": "wait" }, { "type": "read" }] }',
      'operation 2 is `read`, and the guest does not run',
    ],
    [
      '{ "operations": [{ "type": "run" }, { "type": "connect" }, { "type": "connect" }] }',
      'operation 2 connects `server` again',
    ],
    ['{ "operations": [{ "type": "run" }], "args": [] }', '`args` of the older form beside `operations`'],
    ['{ "proposals": ["nn"] }', '`proposals` has "nn"'],
    ['{ "servers": {} }', '`servers` is not a list'],
    ['{ "servers": [{ "name": "a b" }] }', '`name` is "a b"'],
    [
      '{ "servers": [{ "name": "a" }, { "name": "A" }] }',
      'two servers have the address variable `HTTP_SERVER_A`',
    ],
    [
      '{ "servers": [{ "name": "a", "kind": "closed", "endpoints": [] }] }',
      'a closed server has no `endpoints`',
    ],
    ['{ "servers": [{ "name": "a", "endpoints": [{ "method": "FLY" }] }] }', '`method` is "FLY"'],
    [
      '{ "servers": [{ "name": "a", "endpoints": [{ "mode": "echo-body", "response": "" }] }] }',
      'mode `echo-body` has no `response`',
    ],
    [
      '{ "servers": [{ "name": "a", "endpoints": [{ "response": { "body": "", "chunks": [] } }] }] }',
      'both `body` and `chunks`',
    ],
    [
      '{ "servers": [{ "name": "a", "endpoints": [{ "response": { "trailers": {} } }] }] }',
      '`trailers` need `chunks`',
    ],
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
