import { makeSystem } from '../../system/make-system.ts';
import { handlerHost2, handlerHost3 } from '../handler-hosts.ts';
import { missingNames } from '../named-imports.ts';
import { noClient } from '../without-effects.ts';

/** Returns the names of a component's imports that a worker does not have. @param version that of its handler */
export function missingInterfaces(version: 2 | 3, imports: readonly string[]): readonly string[] {
  const system = makeSystem({});
  const host = version === 3 ? handlerHost3(system, noClient) : handlerHost2(system, noClient);
  return missingNames(imports, host.imports);
}
