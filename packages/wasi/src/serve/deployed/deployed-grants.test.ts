import {
  assert,
  constant,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../index.ts';
import { readDeployedGrants } from './deployed-grants.ts';

describe('the grants of a worker', () => {
  it('are nothing by default', () => {
    const { grants, options, stdout, stderr } = readDeployedGrants({});
    expect(grants({ SECRET: 'x' })).toEqual({ dirs: [], env: {} });
    expect([options, stdout, stderr]).toEqual([{}, false, false]);
  });

  it('are variables of the data and bindings that are named; the data has precedence', () => {
    const { grants } = readDeployedGrants({ env: { A: '1', B: '2' }, bindings: ['B', 'C', 'D', 'E'] });
    const bindings = { A: 'x', B: 'y', C: 'z', D: { fetch: () => undefined }, F: 'other' };
    expect(grants(bindings).env).toEqual({ A: '1', B: '2', C: 'z' });
  });

  it('are all bindings that are text, if the data says so', () => {
    const { grants } = readDeployedGrants({ bindings: true });
    expect(grants({ A: 'x', N: 5, Z: 'with\0NUL' }).env).toEqual({ A: 'x' });
  });

  it('are files that are read from their bytes', () => {
    const index = JSON.parse('{ "a.txt": [0, 2], "__proto__": { "b": [2, 3] }, "empty": [5, 0] }') as unknown;
    const bytes = new TextEncoder().encode('hiyou');
    const { grants } = readDeployedGrants({ dirs: [{ guest: '/pages', files: index }] }, bytes);
    const [directory] = grants({}).dirs ?? [];
    expect(directory).toMatchObject({ guest: '/pages' });
    expect(directory?.write).toBeUndefined();
    const tree = readTree(directory!.host as Parameters<typeof readTree>[0]);
    expect(Object.keys(tree).sort()).toEqual(['__proto__', 'a.txt', 'empty']);
    expect(tree['a.txt']).toEqual(bytes.slice(0, 2));
    expect(Object.entries(tree).find(([name]) => name === '__proto__')?.[1]).toEqual({ b: bytes.slice(2) });
  });

  it.each([
    [[], 'grants: expected an object, got []'],
    [{ htp: [] }, 'grants: "htp" is unknown; expected args, env, bindings, http'],
    [{ clocks: 'yes' }, 'grants.clocks: expected a boolean, got "yes"'],
    [{ random: { seed: 5 } }, 'grants.random.seed: expected a number as text, got 5'],
    [{ http: ['example.org'] }, 'grants.http[0]'],
    [{ http: 'https://example.org' }, 'grants.http'],
    [{ bindings: ['A=B'] }, 'grants.bindings: expected true or a list of names'],
    [{ bindings: ['A"\n'] }, 'grants.bindings: expected true or a list of names'],
    [{ limits: { fuel: 1 } }, 'grants.limits: "fuel" is unknown; expected milliseconds'],
    [{ limits: { milliseconds: 0 } }, 'limits.milliseconds: expected a number above 0'],
    [{ instances: 'one' }, 'instances: expected `request` or `pool`'],
    [{ dirs: [{ guest: '/a', files: { x: [0, 1] } }] }, 'files["x"]: expected a place in the bytes'],
    [{ dirs: [{ guest: '/a', files: { x: [-1, 1] } }] }, 'files["x"]: expected a place in the bytes'],
    [{ dirs: [{ guest: 'a', files: {} }] }, 'grants.dirs[0].guest: expected an absolute path'],
    [{ dirs: [{ guest: '/a', files: { 'b/c': [0, 0] } }] }, '`b/c` is not the name of a file'],
    [{ dirs: [{ guest: '/a', files: { '..': [0, 0] } }] }, '`..` is not the name of a file'],
  ])('are refused in another form: %j', (data, message) => {
    expect(() => readDeployedGrants(data)).toThrow(message);
    expect(() => readDeployedGrants(data)).toThrow(TypeError);
  });

  it('are read or refused with a TypeError, whatever the data is', () => {
    const names = oneof(
      constantFrom('args', 'env', 'bindings', 'http', 'dirs', 'clocks', 'random', 'limits', 'instances'),
      string(),
    );
    const directories = record({ guest: constant('/a'), files: jsonValue({ maxDepth: 4 }) });
    const data = oneof(jsonValue(), dictionary(names, oneof(jsonValue(), directories)));
    assert(
      property(data, (given) => {
        try {
          readDeployedGrants(given, new Uint8Array(8)).grants({});
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
    );
  });

  it('are refused if directories are nested without end', () => {
    const files = JSON.parse(`${'{"a":'.repeat(20_000)}{}${'}'.repeat(20_000)}`) as unknown;
    expect(() => readDeployedGrants({ dirs: [{ guest: '/a', files }] })).toThrow('nested more than 256 deep');
  });
});
