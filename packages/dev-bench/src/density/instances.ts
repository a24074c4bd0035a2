import { type Component, instantiateSync } from '@wit-ts/runtime';

interface EdgeHandler {
  handleRequest(request: string): string;
}

export interface Tenants {
  /** Calls each of them once, and counts the answers that are not its own. */
  strangers(): number;
}

/**
 * Instances of one component, each for a tenant of its own: what its host function says tells them apart, and how often that
 * was called must be known to this one only.
 */
export function tenants(component: Component, count: number): Tenants {
  const calls = new Uint32Array(count);
  const handlers = Array.from({ length: count }, (_, tenant) =>
    instantiateSync<EdgeHandler>(component, {
      'example:service/processor': {
        processData(input: string): string {
          calls[tenant]! += 1;
          return `${tenant} ${calls[tenant]} ${input}`;
        },
      },
    }),
  );
  let rounds = 0;
  return {
    strangers() {
      rounds += 1;
      return handlers.filter(
        (handler, tenant) =>
          handler.handleRequest(`from ${tenant}`) !== `ok: ${tenant} ${rounds} from ${tenant}`,
      ).length;
    },
  };
}

/** Bare core instances of one module, with functions that do nothing: what an instance costs at least. */
export function bareInstances(module: WebAssembly.Module, count: number): readonly WebAssembly.Instance[] {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => 0;
  }
  return Array.from({ length: count }, () => new WebAssembly.Instance(module, imports));
}
