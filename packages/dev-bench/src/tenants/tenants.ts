import { ComponentError, Fuel, type Component, type Limits } from '@wit-ts/runtime';
import { memoryDirectory } from '@wit-ts/wasi';
import { instantiateWithGrants, type InstanceWithGrants } from '@wit-ts/wasi/run';

/** A plugin of `test-components/plugin-host`. */
type Tenant = InstanceWithGrants<{ call(text: string): string | Promise<string> }>;

const FUEL = 10_000_000;

/** The limits of a tenant, with its own fuel. The component is compiled for the same limits. */
export function tenantLimits(): Limits {
  return { memoryBytes: 4 * 2 ** 20, fuel: new Fuel(FUEL) };
}

/** Starts a tenant with nothing but a file system of its own, in memory. */
export function startTenant(component: Component): Promise<Tenant> {
  const dirs = [{ host: memoryDirectory({}, { bytes: 2 ** 20 }), guest: '/', write: true }];
  return instantiateWithGrants(component, { dirs }, { limits: tenantLimits() });
}

/** Lets each tenant write down its number and read it back. Returns how many answered something else. */
export async function askEach(
  tenants: readonly Tenant[],
  expected: (index: number) => string,
): Promise<number> {
  let wrong = 0;
  for (const [index, tenant] of tenants.entries()) {
    const answer = await tenant.exports.call(`tenant ${index}`);
    if (answer !== expected(index)) wrong += 1;
  }
  return wrong;
}

/** What a hostile tenant tries, and how each attempt ends. */
export async function provoke(hostile: Component): Promise<Readonly<Record<string, string>>> {
  const endings: Record<string, string> = {};
  for (const attempt of ['loop', 'memory', 'trap', 'exit', 'read /etc/passwd', 'read ../notes.txt']) {
    const tenant = await startTenant(hostile);
    try {
      endings[attempt] = await tenant.exports.call(attempt);
    } catch (error) {
      endings[attempt] =
        error instanceof ComponentError
          ? String(error.payload)
          : error instanceof Error
            ? error.message
            : 'failed';
    } finally {
      tenant.close();
    }
  }
  return endings;
}
