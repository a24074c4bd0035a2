import { describe, expect, it } from 'vitest';
import { isLabel } from '@wit-ts/model';
import { attributeFaults, externNameFault, interfaceNameFault } from './names.ts';

describe('labels', () => {
  it.each([
    'a',
    'A',
    'a1',
    'a-b-c',
    'A-B-C',
    'a-1',
    'is-XML',
    'a11-w0rds',
    'm1x3d-4CR0NYMS',
    'constructor',
    'proto',
  ])('may be %s', (label) => {
    expect(isLabel(label)).toBe(true);
  });

  it.each([
    '',
    '1',
    '1-a',
    'a-',
    '-a',
    'a--b',
    'aB',
    'Ab',
    'a_b',
    'a.b',
    'a:b',
    'é',
    'a b',
    '__proto__',
    'a\n',
  ])('may not be %j', (label) => {
    expect(isLabel(label)).toBe(false);
  });
});

describe('names of imports and exports', () => {
  it.each([
    'a',
    '[constructor]a',
    '[method]a.b',
    '[static]a.B-1',
    'wasi:http/types',
    'ns-1-a:b-1-c/D-2',
    'a:b/c@0.0.0-abcd.1.2+efg.4.ee.5',
    'a:b/c@0.2',
    'a:b/c@1',
  ])('may be %s', (name) => {
    expect(externNameFault(name)).toBeUndefined();
  });

  it.each([
    ['', /empty/u],
    ['aB', /`aB` is not in kebab case/u],
    ['[method]a', /a resource, a dot and a name/u],
    ['[method]a.b.c', /`b\.c` is not in kebab case/u],
    ['[method].a', /empty/u],
    ['[async]a', /`\[async\]` is unknown/u],
    ['A:b/c', /`A` is not in lower-case/u],
    ['a:B/c', /`B` is not in lower-case/u],
    ['a:b/1', /`1` is not in kebab case/u],
    ['a:b', /the form/u],
    ['a:b:c/d', /the form/u],
    ['a:b/c/d', /the form/u],
    ['a:b/c@', /not a version/u],
    ['a:b/c@1.2', /`1\.2` is not a version/u],
    ['a:b/c@0', /not a version/u],
  ])('may not be %j', (name, message) => {
    expect(externNameFault(name)).toMatch(message);
  });
});

describe('attributes', () => {
  it('are accepted on valid names', () => {
    expect(attributeFaults({ name: 'a', implements: 'a:b/c@1.0.0', externalId: '' }, 'instance')).toEqual([]);
    expect(attributeFaults({ name: 'a:b/c@0.2', versionSuffix: '.6-rc.1' }, 'instance')).toEqual([]);
  });

  it.each([
    [{ name: 'a', implements: 'b' }, 'instance', /needs the name of an interface/u],
    [{ name: 'a', implements: 'a:b/c' }, 'func', /only instances/u],
    [{ name: 'a:b/c', implements: 'a:b/c' }, 'instance', /is only for plain names/u],
    [{ name: 'a', versionSuffix: '.1' }, 'instance', /requires a canonical version/u],
    [{ name: 'a:b/c@1.0.0', versionSuffix: '.1' }, 'instance', /requires a canonical version/u],
    [{ name: 'a:b/c@1', versionSuffix: '.x' }, 'instance', /`1\.x` is not a version/u],
    [{ name: 'a:b/c@1', versionSuffix: '' }, 'instance', /`1` is not a version/u],
    [
      { name: 'a:b/c@0.2', versionSuffix: '.6' },
      'func',
      /only instances can have `versionsuffix`, not a func/u,
    ],
    [{ name: 'a:b/c@0.2', versionSuffix: '.6' }, 'component', /only instances can have `versionsuffix`/u],
    [{ name: 'a:b/c@0.2', versionSuffix: '.6' }, 'core module', /only instances can have `versionsuffix`/u],
    [{ name: 'a:b/c@0.2', versionSuffix: '.6' }, 'type', /only instances can have `versionsuffix`/u],
    [{ name: 'a:b/c@0.2', versionSuffix: '.6' }, 'value', /only instances can have `versionsuffix`/u],
    [{ name: 'a', repeated: ['externalId'] }, 'func', /more than once/u],
  ])('are refused: %j of a %s', (name, sort, message) => {
    expect(attributeFaults(name, sort).join('\n')).toMatch(message);
  });
});

it('the name of an interface needs a namespace and a package', () => {
  expect(interfaceNameFault('a:b/c')).toBeUndefined();
  expect(interfaceNameFault('c')).toMatch(/the form/u);
});
