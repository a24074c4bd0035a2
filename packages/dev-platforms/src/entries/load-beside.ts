import type { PlatformComponent } from '../suite/platform-case.ts';

/** Fetches a component, which the server offers beside the test file. */
export async function loadBeside(name: string): Promise<PlatformComponent | undefined> {
  const response = await fetch(`./${name.replace('/', '.')}.wasm`);
  return response.ok ? { bytes: new Uint8Array(await response.arrayBuffer()) } : undefined;
}
