/**
 * What reads a component again after that failed: it knows rare definitions, and its errors explain. It is loaded on
 * demand.
 */
export { decode } from '@wit-ts/component/explained';
export { plan } from '@wit-ts/plan/explained';
