import { equal } from '../expect.ts';
import type { CaseContext, PlatformCase } from '../platform-case.ts';

interface Shop {
  total(product: number, count: number): number;
  available(product: number): Promise<number>;
}

async function buysIn(shop: Promise<Shop>): Promise<void> {
  const { total, available } = await shop;
  equal(total(3, 2), 798);
  equal(await Promise.all([available(4), available(5)]), [8, 10]);
}

const imports = { stock: async (product: number) => product * 2 };

/** A component that imports a component, and the component that is given to it. Both have tasks. */
export const linkedComponents: readonly PlatformCase[] = [
  {
    name: 'a component is given a component when it is instantiated',
    run: (context: CaseContext) =>
      buysIn(context.linked('linking/shop', { pricing: 'linking/pricing' }, imports)),
  },
  {
    name: 'a component is given a component before it is instantiated',
    run: (context: CaseContext) =>
      buysIn(context.linked('linking/shop', { pricing: 'linking/pricing' }, imports, 'written')),
  },
];
