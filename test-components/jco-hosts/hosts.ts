import { answers } from './hosts/answers.ts';
import { differences } from './hosts/differences.ts';
import { givenFutures } from './hosts/given-futures.ts';
import { givenStreams } from './hosts/given-streams.ts';
import type { JcoHost } from './hosts/jco-host.ts';
import { taken } from './hosts/taken.ts';

/** Hosts as people write them for components that jco transpiles in its asynchronous mode. */
export const jcoHosts: readonly JcoHost[] = [
  ...givenStreams,
  ...givenFutures,
  ...answers,
  ...taken,
  ...differences,
];
