import type { PlatformCase } from '../../platform-case.ts';
import { commands2, commands3 } from './commands.ts';
import { handlers2, handlers3 } from './handlers.ts';
import { opfs } from './opfs.ts';
import { outgoingRequests } from './outgoing-requests.ts';
import { preview1Cases } from './preview1.ts';
import { programFuel } from './program-fuel.ts';
import { workers } from './workers.ts';

/** The cases of WASI, with programs of every kind. */
export const wasiCases: readonly PlatformCase[] = [
  ...preview1Cases,
  ...commands2,
  ...commands3,
  ...handlers2,
  ...handlers3,
  ...outgoingRequests,
  ...workers,
  ...programFuel,
  ...opfs,
];
