import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runSource } from '@wit-ts/dev-support/run-command';

const BIN = fileURLToPath(new URL('../bin.ts', import.meta.url));
const WAITING = fileURLToPath(
  new URL('../../../../test-components/waiting/built/guest.wasm', import.meta.url),
);

/** Makes the process say when it lets timers have their turn for the first time, which tasks that spin do. */
const NOTICING = `--import=data:text/javascript,${encodeURIComponent(`
  const { setImmediate } = globalThis;
  let isNoticed = false;
  globalThis.setImmediate = (...args) => {
    if (!isNoticed) process.stderr.write('a turn');
    isNoticed = true;
    return setImmediate(...args);
  };`)}`;

describe('the process of wit-ts run', () => {
  it('exits with 1 when a stream is neither written to nor dropped', async () => {
    const { code, output } = await runSource(BIN, ['run', WAITING, '--invoke', 'silent()']);
    expect(code).toBe(1);
    expect(output).toBe(
      'error: `silent` gave a stream or a future, and the component neither writes to it nor drops it\n',
    );
  });

  it('warns of a trap after the result', async () => {
    const { code, output } = await runSource(BIN, ['run', WAITING, '--invoke', 'crash-later()']);
    expect(code).toBe(0);
    expect(output.split('\n').toSorted()).toEqual([
      '',
      '1',
      'warning: wasm trap: unreachable (running `crash-later` of the component)',
    ]);
  });

  it.skipIf(process.platform === 'win32')('ends at an interrupt while a function runs', async () => {
    const args = [NOTICING, '--conditions=@wit-ts/source', BIN, 'run', WAITING, '--invoke', 'spin()'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    for await (const chunk of child.stderr) if (String(chunk).includes('a turn')) break;
    child.kill('SIGINT');
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).toEqual([null, 'SIGINT']);
  });
});
