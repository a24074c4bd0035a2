import { describe, expect, it } from 'vitest';
import { versionStep } from './version-step.ts';

describe('versionStep', () => {
  it.each([
    ['1.0.0', '1.0.1', 'patch'],
    ['1.0.0', '1.1.0', 'minor'],
    ['1.9.0', '2.0.0', 'major'],
    ['0.2.10', '0.2.12', 'minor'],
    ['0.2.12', '0.3.0', 'major'],
    ['0.0.1', '0.0.2', 'major'],
    ['0.9.0', '1.0.0', 'major'],
    ['1.0.0', '1.0.0', 'none'],
    ['1.2.0', '1.1.0', 'none'],
    ['0.3.0-rc.1', '0.3.0-rc.2', 'major'],
    ['0.3.0-rc.1', '0.3.0', 'major'],
    ['0.3.0', '0.3.0-rc.1', 'none'],
    ['1.0.0', '1.1.0-rc.1', 'major'],
  ] as const)('%s → %s allows %s', (old, next, allows) => {
    expect(versionStep(old, next, 'patch').allows).toBe(allows);
  });

  it.each([
    ['1.4.2', 'major', '2.0.0'],
    ['1.4.2', 'minor', '1.5.0'],
    ['1.4.2', 'patch', '1.4.3'],
    ['0.2.10', 'major', '0.3.0'],
    ['0.2.10', 'minor', '0.2.11'],
    ['0.0.3', 'major', '0.0.4'],
    ['0.3.0-rc.1', 'major', '0.3.0'],
  ] as const)('%s needs for a %s change at least %s', (old, needed, least) => {
    expect(versionStep(old, old, needed)).toMatchObject({ least, fits: false });
    expect(versionStep(old, least, needed).fits).toBe(true);
  });
});
