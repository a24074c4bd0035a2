import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { peerPath } from '@wit-ts/dev-peers';
import type { JcoRequest, JcoAnswer } from './jco-host-types.ts';

interface JcoTypes {
  generateHostTypes(path: string, options: object): Promise<Readonly<Record<string, Uint8Array>>>;
}

const module = pathToFileURL(peerPath('@bytecodealliance/jco-transpile/dist/index.js')).href;
const jco = (await import(module)) as JcoTypes;

parentPort!.on('message', async ({ path, options }: JcoRequest) => {
  parentPort!.postMessage(await answer(path, options));
});

async function answer(path: string, options: object): Promise<JcoAnswer> {
  try {
    const files = await jco.generateHostTypes(path, { ...options, allFeatures: true });
    const decoder = new TextDecoder();
    return {
      files: Object.entries(files).map(([file, bytes]) => ({ path: file, content: decoder.decode(bytes) })),
    };
  } catch (error) {
    // After a trap the tool answers nothing any more.
    const isBroken = error instanceof WebAssembly.RuntimeError || (error as Error).name === 'RuntimeError';
    return { refused: String(error).split('\n', 1)[0]!, isBroken };
  }
}
