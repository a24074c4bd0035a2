import { platform as ownPlatform } from '#platform';
import { metadataHasher } from '../files/metadata-hash.ts';
import { OpenDescriptors } from '../files/sandbox/open-descriptors.ts';
import type { Grants, InputGrant, OutputGrant } from '../grants.ts';
import type { Refusal } from '../refusal.ts';
import type { ByteSink, ByteSource } from './byte-streams.ts';
import { checkGrants } from './check-grants.ts';
import { grantedClocks } from './clocks.ts';
import { networkGrants } from './network-grants.ts';
import type { Platform } from './platform.ts';
import { openPreopens } from './preopens.ts';
import { seededRandom } from './random.ts';
import { Sockets } from './sockets/sockets.ts';
import { outputSink } from './sinks.ts';
import { inputSource } from './sources.ts';
import type { System } from './system.ts';

/**
 * Binds grants to a platform, for one instance.
 *
 * @throws TypeError when the grants do not have the form that their type says
 * @throws FileError when a granted directory of the host cannot be opened
 */
export function makeSystem(grants: Grants, platform: Platform = ownPlatform): System {
  checkGrants(grants);
  const { clocks = false, random = false } = grants;
  const network = networkGrants(grants);
  const limits = {
    descriptors: grants.limits?.descriptors ?? 1024,
    bytesPerCall: grants.limits?.bytesPerCall ?? 1_048_576,
    headerBytes: grants.limits?.headerBytes ?? 131_072,
  };
  const descriptors = new OpenDescriptors(limits.descriptors);
  const { preopens, streams } = orClosed(descriptors, () => ({
    preopens: openPreopens(grants, descriptors, platform),
    streams: openStreams(grants, platform),
  }));
  return {
    args: [...(grants.args ?? [])],
    env: Object.entries(grants.env ?? {}),
    preopens,
    ...streams,
    clocks: clocks === false ? undefined : grantedClocks(clocks, platform),
    random: randomOf(random, platform),
    mayExit: grants.exit ?? false,
    network,
    sockets: new Sockets(network, platform.sockets, descriptors),
    limits,
    metadataHash: metadataHasher(() => secretOf(platform)),
    refuse: (refusal: Refusal) => grants.onRefused?.(refusal),
    close() {
      descriptors.closeAll();
      for (const stream of Object.values(streams)) stream.close();
    },
  };
}

function secretOf({ fillRandom }: Platform): Uint8Array {
  const secret = new Uint8Array(16);
  fillRandom(secret);
  return secret;
}

/** Opens something, and closes the descriptors that are open already if that fails. */
function orClosed<T>(descriptors: OpenDescriptors, open: () => T): T {
  try {
    return open();
  } catch (error) {
    descriptors.closeAll();
    throw error;
  }
}

function openStreams({ stdin, stdout, stderr }: Grants, platform: Platform) {
  return {
    stdin: inputOf(stdin, platform),
    stdout: outputOf(stdout, 'stdout', platform.standardOutput),
    stderr: outputOf(stderr, 'stderr', platform.standardError),
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
