import { describe, expect, it } from 'vitest';
import { ComponentInstance, enteringSet } from './instance.ts';

describe('enteringSet', () => {
  const root = new ComponentInstance('root');
  const left = new ComponentInstance('left', root);
  const right = new ComponentInstance('right', root);
  const inner = new ComponentInstance('inner', left);

  it('contains the callee and its ancestors when the host calls', () => {
    expect(enteringSet(inner, undefined)).toEqual([inner, left, root]);
  });

  it('leaves out the caller and its ancestors', () => {
    expect(enteringSet(left, root)).toEqual([left]);
    expect(enteringSet(root, left)).toEqual([]);
    expect(enteringSet(right, inner)).toEqual([right]);
    expect(enteringSet(left, left)).toEqual([]);
  });
});
