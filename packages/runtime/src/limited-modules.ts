import { limitModule } from '@wit-ts/component/limits';
import type { Limits } from './limits.ts';
import { LinkError, type LinkProblem } from './link-error.ts';

/** Core modules with limits written into them; loaded where there are some. @throws LinkError with all that is too large */
export function limited(
  modules: readonly Uint8Array[],
  { memoryBytes, tableEntries }: Limits,
): readonly Uint8Array[] {
  const within = {
    ...(memoryBytes === undefined ? {} : { memory: memoryBytes }),
    ...(tableEntries === undefined ? {} : { table: tableEntries }),
  };
  const problems: LinkProblem[] = [];
  const written = modules.map((module, index) => {
    const made = limitModule(module, within);
    if (made instanceof Uint8Array) return made;
    for (const { what, minimum, limit } of made) {
      problems.push({
        path: [`core module ${index}`, what],
        expected: `at most ${limit} ${what === 'memory' ? 'bytes' : 'entries'}`,
        given: `${minimum} from the start`,
      });
    }
    return module;
  });
  if (problems.length > 0) throw new LinkError(problems, 'the component does not fit into its limits:');
  return written;
}
