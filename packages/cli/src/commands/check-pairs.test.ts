import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

/** Each folder has a world, a world that differs from it in one way, and the output for the two. */
const PAIRS = new URL('../fixtures/check/', import.meta.url);

const FITTING = new URL('../fixtures/fitting/', import.meta.url);

function file(pair: string, name: string): string {
  return readFileSync(new URL(`${pair}/${name}`, PAIRS), 'utf8');
}

describe('pairs that differ in one way', () => {
  const pairs = readdirSync(PAIRS);

  it('are at least twenty', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(20);
  });

  it.each(pairs)('have one reason, with its help: %s', async (pair) => {
    const files = { 'world.wit': file(pair, 'world.wit'), 'component.wit': file(pair, 'component.wit') };
    const here = await testDirectory(files);
    const { code, out, err } = await here.run('check component.wit --wit world.wit');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out.replaceAll(`${here.path}/`, '')).toBe(file(pair, 'answer.txt'));
    const { reasons } = JSON.parse((await here.run('check component.wit --wit world.wit --json')).out);
    expect(reasons).toMatchObject([{ code: expect.any(String), help: expect.any(String) }]);
    expect(reasons).toHaveLength(1);
  });

  it.each(pairs)('have a world that satisfies itself: %s', async (pair) => {
    const here = await testDirectory({ 'world.wit': file(pair, 'world.wit') });
    expect(await here.run('check world.wit --wit world.wit -q')).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('pairs that differ and satisfy the world', () => {
  it.each(readdirSync(FITTING))('%s', async (pair) => {
    const at = (name: string): string => readFileSync(new URL(`${pair}/${name}`, FITTING), 'utf8');
    const here = await testDirectory({ 'world.wit': at('world.wit'), 'component.wit': at('component.wit') });
    expect(await here.run('check component.wit --wit world.wit -q')).toEqual({ code: 0, out: '', err: '' });
    expect(at('world.wit')).not.toBe(at('component.wit'));
  });
});
