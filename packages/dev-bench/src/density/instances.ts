import { type Component, instantiateSync } from '@wit-ts/runtime';

interface EdgeHandler {
  handleRequest(request: string): string;
}

interface TenantInstances {
  /** Calls each instance once and returns how many answers were wrong. */
  callEach(): number;
}

/**
 * Makes instances of one component, each for another tenant. The answer of each contains the number of its tenant and
 * how often its host function was called, so an answer from a different instance is noticed.
 */
export function tenantInstances(component: Component, count: number): TenantInstances {
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
    callEach() {
      rounds += 1;
      return handlers.filter(
        (handler, tenant) =>
          handler.handleRequest(`from ${tenant}`) !== `ok: ${tenant} ${rounds} from ${tenant}`,
      ).length;
    },
  };
}

/** Instantiates a core module alone, with imports that do nothing. This is the least that an instance costs. */
export function bareInstances(module: WebAssembly.Module, count: number): readonly WebAssembly.Instance[] {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => 0;
  }
  return Array.from({ length: count }, () => new WebAssembly.Instance(module, imports));
}
