import { instantiate as instantiateStatic } from './app.wasm';
import { appImports } from './imports.ts';
import { instantiate } from './world.wit';

/** Answers a request twice: with the static module, and with the runtime, which compares component and world. */
export async function answers(request: string, component: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const written = await instantiateStatic(appImports);
  const checked = await instantiate(component, appImports);
  return [written.handleRequest(request), checked.handleRequest(request)];
}
