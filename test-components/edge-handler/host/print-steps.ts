import { performance } from 'node:perf_hooks';
import { stdout } from 'node:process';

const useColor = stdout.isTTY && !process.env['NO_COLOR'];

/** Runs a step of the demo. Prints its title first, then what the step prints, and finally how long it took. */
export async function step<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  stdout.write(`${styled(title, '1')}\n`);
  const value = await work();
  stdout.write(`${styled(`  took ${elapsed(start)}`, '2')}\n\n`);
  return value;
}

/** Prints text, indented below the title of its step. */
export function say(text: string): void {
  const lines = text.split('\n').map((line) => (line === '' ? '\n' : `  ${line}\n`));
  stdout.write(lines.join(''));
}

/** Returns the time since a start: `84 ms` or `1.3 s`. */
export function elapsed(start: number): string {
  const milliseconds = performance.now() - start;
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function styled(text: string, style: string): string {
  return useColor ? `\u001b[${style}m${text}\u001b[0m` : text;
}
