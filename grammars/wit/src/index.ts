export { parseCst, type ParsedCst } from './parse-cst.ts';
