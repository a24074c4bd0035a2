import { instantiate as instantiateStatic } from './app.wasm';
import { instantiate, type EdgeHandlerImports } from './world.wit';

const imports: EdgeHandlerImports = {
  'example:service/processor': {
    processData: (input, { id, tags }) => `${input.toUpperCase()} ${id} ${tags.length}`,
  },
};

/** Answers a request twice: with the static module, and with the runtime, which compares component and world. */
export async function answers(request: string, component: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const written = await instantiateStatic(imports);
  const checked = await instantiate(component, imports);
  return [written.handleRequest(request), checked.handleRequest(request)];
}
