import type { ClockGrant, Grants } from '../grants.ts';
import { inputSource } from '../system/sources.ts';
import { outputSink } from '../system/sinks.ts';
import type { ByteSink, ByteSource } from '../system/byte-streams.ts';
import { STREAMS, type StreamName } from './messages.ts';

/** Grants in two parts. */
export interface PostedGrants {
  /** What the worker is given. */
  readonly cloned: Grants;
  /** What stays in the thread of the host. */
  readonly input: ByteSource | undefined;
  readonly outputs: ReadonlyMap<StreamName, ByteSink>;
}

/**
 * Divides checked grants into what another thread can be given, and the streams that this one serves.
 *
 * @throws TypeError when something of the host would have to run in the other thread
 */
export function dividedGrants(grants: Grants): PostedGrants {
  const { stdin, stdout, stderr, ...rest } = grants;
  for (const [index, { host }] of (rest.dirs ?? []).entries())
    if (typeof host !== 'string')
      throw new TypeError(`grants.dirs[${index}].host: an open directory stays in its thread; give a path`);
  if (typeof rest.clocks === 'object') refuseFunctions(rest.clocks);
  const outputs = new Map<StreamName, ByteSink>();
  for (const [name, grant] of [['stdout', stdout] as const, ['stderr', stderr] as const])
    if (grant !== undefined && grant !== 'inherit') outputs.set(name, outputSink(grant));
  const isData = stdin === undefined || typeof stdin === 'string' || stdin instanceof Uint8Array;
  return {
    cloned: {
      ...withoutReports(rest),
      ...(isData && stdin !== undefined && { stdin }),
      ...(stdout === 'inherit' && { stdout }),
      ...(stderr === 'inherit' && { stderr }),
    },
    input: isData ? undefined : inputSource(stdin),
    outputs,
  };
}

/** The thread of the host calls `onRefused` and `onCall`, for messages of the worker. */
function withoutReports(grants: Grants): Grants {
  const copy: { -readonly [Name in keyof Grants]: Grants[Name] } = { ...grants };
  delete copy.onRefused;
  delete copy.onCall;
  return copy;
}

function refuseFunctions(clocks: ClockGrant): void {
  for (const [name, clock] of Object.entries(clocks))
    if (typeof clock === 'function')
      throw new TypeError(`grants.clocks.${name}: a function stays in its thread; give a bigint`);
}

/** The streams that the thread of the host serves. */
export function servedStreams({ input, outputs }: PostedGrants): readonly StreamName[] {
  return STREAMS.filter((name) => outputs.has(name) || (name === 'stdin' && input !== undefined));
}
