export { installFrozen } from './install-frozen.ts';
export { installPeers, peersDirectory, peersInstalled } from './install.ts';
export { freshWasmTools, peer, peerPath } from './peer.ts';
export type {
  ComponentizeJs,
  EmbedOptions,
  JcoTranspile,
  PeerModules,
  PeerName,
  Preview2Instantiation,
  TranspileOptions,
  WasmTools,
} from './modules.ts';
