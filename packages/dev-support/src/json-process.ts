import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long one process may take, in milliseconds. */
const TIME_LIMIT = 10 * 60_000;

/**
 * Runs a script in a new Node process and returns the JSON that it prints. The measurements use this, so that no row
 * profits or suffers from what another row has done to the engine.
 *
 * Throws an Error with the script's output when the script fails or takes longer than ten minutes.
 *
 * @param flags options of Node, for example `--expose-gc`
 */
export async function jsonFromProcess<Result>(
  script: URL,
  args: readonly string[],
  flags: readonly string[] = process.execArgv,
): Promise<Result> {
  const { stdout } = await run(process.execPath, [...flags, fileURLToPath(script), ...args], {
    maxBuffer: 1 << 26,
    // Only `flags` determine the options of Node.
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: TIME_LIMIT,
  });
  const result: Result = JSON.parse(stdout);
  return result;
}
