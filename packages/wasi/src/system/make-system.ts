import { platform as ownPlatform } from '#platform';
import type { Grants, InputGrant, OutputGrant } from '../grants.ts';
import type { Refusal } from '../refusal.ts';
import type { ByteSink, ByteSource } from './byte-streams.ts';
import { checkGrants } from './check-grants.ts';
import { grantedClocks } from './clocks.ts';
import { networkGrants } from './network-grants.ts';
import type { Platform } from './platform.ts';
import { seededRandom } from './random.ts';
import { outputSink } from './sinks.ts';
import { inputSource } from './sources.ts';
import type { System } from './system.ts';

/**
 * Binds grants to a platform, for one instance.
 *
 * @throws TypeError when the grants do not have the form that their type says
 */
export function makeSystem(grants: Grants, platform: Platform = ownPlatform): System {
  checkGrants(grants);
  const { clocks = false, random = false, limits = {} } = grants;
  const network = networkGrants(grants);
  const stdin = inputOf(grants.stdin, platform);
  const stdout = outputOf(grants.stdout, 'stdout', platform.standardOutput);
  const stderr = outputOf(grants.stderr, 'stderr', platform.standardError);
  return {
    args: [...(grants.args ?? [])],
    env: Object.entries(grants.env ?? {}),
    preopens: [],
    stdin,
    stdout,
    stderr,
    clocks: clocks === false ? undefined : grantedClocks(clocks, platform),
    random: randomOf(random, platform),
    mayExit: grants.exit ?? false,
    network,
    limits: {
      descriptors: limits.descriptors ?? 1024,
      bytesPerCall: limits.bytesPerCall ?? 1_048_576,
      headerBytes: limits.headerBytes ?? 131_072,
    },
    refuse: (refusal: Refusal) => grants.onRefused?.(refusal),
    close() {
      for (const stream of [stdin, stdout, stderr]) stream.close();
    },
  };
}

function randomOf(grant: boolean | { readonly seed: bigint }, platform: Platform): System['random'] {
  if (grant === false) return undefined;
  return grant === true ? platform.fillRandom : seededRandom(grant.seed);
}

function inputOf(grant: InputGrant | undefined, { standardInput }: Platform): ByteSource {
  if (grant !== 'inherit') return inputSource(grant);
  if (standardInput === undefined) throw notInherited('stdin');
  return standardInput();
}

function outputOf(
  grant: OutputGrant | undefined,
  name: string,
  open: (() => ByteSink) | undefined,
): ByteSink {
  if (grant !== 'inherit') return outputSink(grant);
  if (open === undefined) throw notInherited(name);
  return open();
}

function notInherited(name: string): TypeError {
  const instead = name === 'stdin' ? 'bytes' : 'a function';
  return new TypeError(
    `grants.${name}: this platform has no standard streams to inherit; give a stream or ${instead}`,
  );
}
