import { LinkError } from '../link-error.ts';

/**
 * Returns an export of a core instance.
 *
 * @param instance the number of the core instance in the plan
 * @throws LinkError when the core module lacks the export to which the component refers
 */
export function exportedCore(
  exports: WebAssembly.Exports,
  instance: number,
  name: string,
): WebAssembly.ExportValue {
  const value = exports[name];
  if (value !== undefined) return value;
  throw new LinkError(
    [{ path: [`core instance ${instance}`, name], expected: 'an export', given: 'nothing' }],
    'a core module lacks an export that the component refers to:',
  );
}
