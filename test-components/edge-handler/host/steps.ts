import { performance } from 'node:perf_hooks';
import { stdout } from 'node:process';

const color = stdout.isTTY && !process.env['NO_COLOR'];

/** Runs a step of the demo, and prints its title, what it says and how long it took. */
export async function step<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  stdout.write(`${color ? '\u001b[1m' : ''}${title}${color ? '\u001b[0m' : ''}\n`);
  const value = await work();
  stdout.write(`  ${(performance.now() - start).toFixed(1)} ms\n\n`);
  return value;
}

/** A line of what a step did. */
export function say(text: string): void {
  stdout.write(
    text
      .split('\n')
      .map((line) => `  ${line}\n`)
      .join(''),
  );
}
