export {
  load,
  loadText,
  type DecodedPackage,
  type Loaded,
  type LoadOptions,
  type WrongFile,
} from './load.ts';
export { selectWorld } from '../select-world.ts';
export { WitCache } from '../cache.ts';
