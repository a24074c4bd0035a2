export { installFrozen } from './install-frozen.ts';
export {
  bundlerPackages,
  enginePackages,
  installPeers,
  largePrograms,
  peerPath,
  peersDirectory,
  peersInstalled,
} from './install-peers.ts';
export { freshWasmTools, peer } from './peer.ts';
export type {
  ComponentizeJs,
  EmbedOptions,
  JcoTranspile,
  PeerModules,
  PeerName,
  Preview2Instantiation,
  Preview3Shim,
  ShimFields,
  ShimRequest,
  ShimResponse,
  ShimResult,
  JcoTranspileOptions,
  WasmTools,
} from './peer-modules.ts';
