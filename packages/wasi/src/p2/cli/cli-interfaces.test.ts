import { Trap } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { blockingSink, blockingSource } from '../../fixtures/byte-streams.ts';
import type { Grants } from '../../grants.ts';
import type { Refusal } from '../../refusal.ts';
import { Exit } from '../../system/exit.ts';
import { makeSystem } from '../../system/make-system.ts';
import { wasi2 } from '../index.ts';

function granted(grants: Grants = {}) {
  const refusals: Refusal[] = [];
  const onRefused = (refusal: Refusal): void => void refusals.push(refusal);
  return { imports: wasi2(makeSystem({ ...grants, onRefused })), refusals };
}

describe('wasi:cli/environment', () => {
  it('gives what is granted, in its order, and no current directory', () => {
    const { imports } = granted({ env: { B: '1', A: 'Grüße' }, args: ['me', '', '--x'] });
    const environment = imports['wasi:cli/environment@0.2.12'];
    expect(environment.getEnvironment()).toEqual([
      ['B', '1'],
      ['A', 'Grüße'],
    ]);
    expect(environment.getArguments()).toEqual(['me', '', '--x']);
    expect(environment.initialCwd()).toBe(undefined);
  });

  it('is empty without grants, whatever the process has', () => {
    const environment = granted().imports['wasi:cli/environment@0.2.12'];
    expect([environment.getEnvironment(), environment.getArguments()]).toEqual([[], []]);
  });
});

describe('wasi:cli/exit', () => {
  it.each<[number, (exit: ReturnType<typeof granted>['imports']['wasi:cli/exit@0.2.12']) => void]>([
    [0, (exit) => exit.exit({ tag: 'ok' })],
    [1, (exit) => exit.exit({ tag: 'err' })],
    [0, (exit) => exit.exitWithCode(0)],
    [255, (exit) => exit.exitWithCode(255)],
  ])('ends the instance with %d, and not the process', (code, action) => {
    const { imports, refusals } = granted({ exit: true });
    expect(() => action(imports['wasi:cli/exit@0.2.12'])).toThrow(new Exit(code));
    expect(refusals).toEqual([]);
  });

  it('traps without the grant, and reports it', () => {
    const { imports, refusals } = granted();
    const exit = imports['wasi:cli/exit@0.2.12'];
    expect(() => exit.exit({ tag: 'ok' })).toThrow(Trap);
    expect(() => exit.exitWithCode(3)).toThrow(
      'called `exit-with-code` of `wasi:cli/exit@0.2.12`; it is not granted; `exit: true` in the grants would allow it',
    );
    expect(refusals.map((refusal) => refusal.function)).toEqual(['exit', 'exit-with-code']);
  });
});

describe('the standard streams', () => {
  it('carry bytes of the grants, and stay open when the program drops a stream', () => {
    const stdout = blockingSink();
    const { imports } = granted({ stdin: 'Grüße', stdout });
    const input = imports['wasi:cli/stdin@0.2.12'].getStdin();
    expect(input.blockingRead(2n)).toEqual(new TextEncoder().encode('Gr'));
    input[Symbol.dispose]();
    const again = imports['wasi:cli/stdin@0.2.12'].getStdin();
    expect(new TextDecoder().decode(again.blockingRead(100n))).toBe('üße');
    const output = imports['wasi:cli/stdout@0.2.12'].getStdout();
    output.blockingWriteAndFlush(Uint8Array.of(1, 2));
    output[Symbol.dispose]();
    expect(stdout).toMatchObject({ written: [1, 2], isClosed: false });
  });

  it('have ended, and forget, without grants', () => {
    const { imports } = granted();
    expect(() => imports['wasi:cli/stdin@0.2.12'].getStdin().blockingRead(1n)).toThrow('closed');
    const error = imports['wasi:cli/stderr@0.2.12'].getStderr();
    error.blockingWriteAndFlush(new Uint8Array(4096));
    expect(error.checkWrite()).toBeGreaterThan(0n);
  });

  it('are terminals only if the host says so', () => {
    const terminal = { isTerminal: true };
    const { imports } = granted({
      stdin: Object.assign(blockingSource(), terminal),
      stdout: Object.assign(blockingSink(), terminal),
      stderr: blockingSink(),
    });
    const isTerminal = [
      imports['wasi:cli/terminal-stdin@0.2.12'].getTerminalStdin(),
      imports['wasi:cli/terminal-stdout@0.2.12'].getTerminalStdout(),
      imports['wasi:cli/terminal-stderr@0.2.12'].getTerminalStderr(),
      granted().imports['wasi:cli/terminal-stdin@0.2.12'].getTerminalStdin(),
    ].map((found) => found !== undefined);
    expect(isTerminal).toEqual([true, true, false, false]);
  });
});
