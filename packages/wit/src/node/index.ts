export { load, loadText, type DecodedPackage, type Loaded, type LoadOptions } from './load.ts';
