import { describe, expect, it } from 'vitest';
import { comparePackageNames, compareSemver } from './version-order.ts';

/** The precedence that semver.org gives as an example, and builds, which only make it total. */
const versions =
  '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.0+1 1.0.1 1.2.0 1.10.0 2.0.0'.split(
    ' ',
  );

describe('compareSemver', () => {
  it('orders every pair of versions', () => {
    for (const [i, a] of versions.entries()) {
      for (const [j, b] of versions.entries()) expect(Math.sign(compareSemver(a, b))).toBe(Math.sign(i - j));
    }
  });

  it('compares numbers of any size', () => {
    expect(compareSemver('1.0.99999999999999999999', '1.0.100000000000000000000')).toBe(-1);
  });
});

describe('comparePackageNames', () => {
  it('compares namespaces, then names, then versions, and no version comes first', () => {
    const names = ['a:a', 'a:a@1.0.0', 'a:a@2.0.0', 'a:b', 'b:a'].map((text) => {
      const [, namespace = '', name = '', version] = /^(\w+):(\w+)(?:@(.*))?$/u.exec(text)!;
      return version === undefined ? { namespace, name } : { namespace, name, version };
    });
    expect(names.toReversed().sort(comparePackageNames)).toEqual(names);
  });
});
