/** The addresses of source maps in core modules, for tools that write core modules into files. */
export { sourceMapAddress, withSourceMapAddress } from './core/source-map-section.ts';
