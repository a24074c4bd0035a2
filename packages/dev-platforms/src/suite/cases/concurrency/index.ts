import type { PlatformCase } from '../../platform-case.ts';
import { betweenComponents } from './between-components.ts';
import { calls } from './calls.ts';
import { cancellation } from './cancellation.ts';
import { guestStreams } from './guest-streams.ts';
import { hostStreams } from './host-streams.ts';
import { threads } from './threads.ts';
import { waiting } from './waiting.ts';

/** Tasks, streams, futures and threads. */
export const concurrency: readonly PlatformCase[] = [
  ...calls,
  ...guestStreams,
  ...hostStreams,
  ...cancellation,
  ...waiting,
  ...threads,
  ...betweenComponents,
];
