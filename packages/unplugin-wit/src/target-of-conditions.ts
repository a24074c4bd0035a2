/**
 * Returns `workerd` if a bundler resolves packages with the condition that their `exports` have for workerd and
 * Cloudflare Workers.
 */
export function targetOfConditions(conditions: readonly string[] | undefined): 'workerd' | undefined {
  return conditions?.includes('workerd') === true ? 'workerd' : undefined;
}
