/** A worker that runs a program over a directory of the browser, saves it, and posts what the program printed. */
import { opfsDirectory, run } from '@wit-ts/wasi';
import type { OpfsRun } from '../suite/cases/wasi/opfs.ts';

addEventListener('message', ({ data }: MessageEvent<OpfsRun>) => {
  void runOver(data).then(postMessage as (message: string) => void);
});

async function runOver({ directory, program, args }: OpfsRun): Promise<string> {
  const root = await navigator.storage.getDirectory();
  const host = await opfsDirectory(await root.getDirectoryHandle(directory));
  let out = '';
  await run(program, {
    dirs: [{ host, guest: '/', write: true }],
    args,
    stdout: (chunk) => void (out += new TextDecoder().decode(chunk)),
    exit: true,
  });
  await host.save();
  return out;
}
