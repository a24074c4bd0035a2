/**
 * Returns `workerd` if a bundler resolves packages for it: with the condition that `exports` of packages have for workerd
 * and Cloudflare Workers.
 */
export function targetOfConditions(conditions: readonly string[] | undefined): 'workerd' | undefined {
  return conditions?.includes('workerd') === true ? 'workerd' : undefined;
}
