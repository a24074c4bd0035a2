import { type Grants, run, type RunOptions } from '@wit-ts/wasi';
import { equal } from '../../expect.ts';
import type { CaseContext } from '../../platform-case.ts';

/** What can be seen of a run: its exit code or the error, the outputs, and the paths or functions that were refused. */
interface ProgramRun {
  readonly end: number | string;
  readonly out: string;
  readonly err: string;
  readonly refused: readonly string[];
}

/** Runs a program with grants, and collects its outputs. */
export async function runGranted(
  context: CaseContext,
  name: string,
  grants: Grants = {},
  options: RunOptions = {},
): Promise<ProgramRun> {
  return collected(grants, async (given) => run(await context.program(name), given, options));
}

/** Calls a function with grants whose outputs are collected. */
export async function collected(
  grants: Grants,
  start: (grants: Grants) => Promise<number>,
): Promise<ProgramRun> {
  const [out, err, refused] = [textOutput(), textOutput(), new Set<string>()];
  const onRefused: Grants['onRefused'] = ({ asked, function: called }) =>
    refused.add(asked === '' ? called : asked);
  const end = await start({ stdout: out.write, stderr: err.write, onRefused, ...grants }).catch(String);
  return { end, out: out.text(), err: err.text(), refused: [...refused] };
}

/** A function for a standard output, and the text that it has received. */
function textOutput() {
  const decoder = new TextDecoder();
  let text = '';
  return {
    write: (chunk: Uint8Array): void => void (text += decoder.decode(chunk, { stream: true })),
    text: (): string => text,
  };
}

/** A stream whose chunks are not there when they are asked for. */
export function slowStream(texts: readonly string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = [...texts];
  return new ReadableStream({
    async pull(controller) {
      await new Promise((done) => setTimeout(done, 2));
      const text = left.shift();
      if (text === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(text));
    },
  });
}

/** Compares the parts of a run that are given, and shows the whole run when one of them is different. */
export function hasEnded(given: ProgramRun, expected: Partial<ProgramRun>): void {
  equal(given, { ...given, ...expected }, 'the run');
}

/** Expects that a run ended with an error whose text matches. */
export function hasFailed({ end }: ProgramRun, text: RegExp): void {
  if (typeof end === 'string' && text.test(end)) return;
  throw new Error(`expected the run to fail with ${String(text)}, got ${end}`);
}
