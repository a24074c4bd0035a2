import { worldOf, type Contract, type Resolve } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { checkResolve } from './check-resolve.ts';
import { resolveReportToJson } from './report-json.ts';
import { renderResolveReport } from './render-report.ts';

const READ = { functions: { read: 'func() -> string' } };

function contract(version: string, functions: Contract['exports'], name = 'w'): Resolve {
  const world = worldOf({ world: `a:b/${name}@${version}`, imports: {}, exports: functions });
  const pkg = world.package!;
  return { packages: [pkg], worlds: [world], interfaces: [], types: [] };
}

describe('checkResolve', () => {
  const target = contract('1.0.0', { 'a:b/i@1.0.0': READ });

  it('is satisfied by a later version that links', () => {
    const more = { functions: { ...READ.functions, write: 'func()' } };
    const report = checkResolve(contract('1.1.0', { 'a:b/i@1.1.0': more }), target);
    expect(report.reports.map(({ world, satisfied }) => [world, satisfied])).toEqual([
      ['interfaces of a:b@1.0.0', true],
      ['a:b/w@1.0.0', true],
    ]);
    expect(renderResolveReport(report)).toBe('✓ the contract satisfies interfaces of a:b@1.0.0, a:b/w@1.0.0');
    expect(resolveReportToJson(report)).toMatchObject({ satisfied: true, missingWorlds: [] });
  });

  it('names missing worlds, and the reasons for the others', () => {
    const other = checkResolve(contract('1.1.0', {}, 'v'), target);
    expect(other).toMatchObject({ satisfied: false, missingWorlds: ['a:b/w@1.0.0'] });
    expect(renderResolveReport(other, { component: 'new/' })).toContain('✗ new/ has no world a:b/w@1.0.0');
    const less = checkResolve(contract('1.1.0', { 'a:b/i@1.1.0': {} }), target);
    expect(less.reports.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
      'function-missing',
      'function-missing',
    ]);
  });

  it('does not accept a version that does not link', () => {
    expect(checkResolve(contract('2.0.0', { 'a:b/i@2.0.0': READ }), target).missingWorlds).toEqual([
      'a:b/w@1.0.0',
    ]);
  });
});
