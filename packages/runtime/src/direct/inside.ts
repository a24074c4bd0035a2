import { passedOn } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';
import { DirectLinks, throughCore } from './direct-links.ts';

/** How functions are handed over where no engine is needed for it. */
export interface Inside {
  readonly directLinks: (plan: Plan) => DirectLinks;
  readonly throughCore: typeof throughCore;
  readonly passedOn: typeof passedOn;
}

export const inside: Inside = { directLinks: (plan) => new DirectLinks(plan), throughCore, passedOn };
