export {
  load,
  loadText,
  type DecodedPackage,
  type Loaded,
  type LoadOptions,
  type WrongFile,
} from './load.ts';
