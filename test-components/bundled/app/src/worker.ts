import { compile, instantiate as instantiateStatic } from './app.wasm';
import { appImports } from './imports.ts';
import { instantiate } from './world.wit';

interface Environment {
  /** The bytes of the component, for the runtime. */
  readonly component: ArrayBuffer;
}

/** A worker for workerd, which compiles no WebAssembly while it runs: both ways use the imported core modules. */
export default {
  async fetch(request: Request, { component }: Environment): Promise<Response> {
    const written = await instantiateStatic(appImports);
    const source = { bytes: new Uint8Array(component), modules: await compile() };
    const checked = await instantiate(source, appImports);
    const text = new URL(request.url).pathname.slice(1);
    return Response.json([written.handleRequest(text), checked.handleRequest(text)]);
  },
};
