import type { GeneratedFile } from '@wit-ts/bindgen';
import { qualifiedName, type World } from '@wit-ts/model';
import type { ExportsType } from './check-types.ts';
import { handlesRequests } from './engines.ts';

/** Returns the modules that the host gives to a guest: those that its declarations declare. */
export function hostModules(declarations: readonly GeneratedFile[]): ReadonlySet<string> {
  return new Set(declared(declarations).map(({ module }) => module));
}

/**
 * Returns the type of what a guest must export. It is absent for a world that exports nothing, and for one that exports
 * an HTTP handler: the engine has it, and the guest listens to the event `fetch`.
 */
export function exportsTypeOf(declarations: readonly GeneratedFile[], world: World): ExportsType | undefined {
  if (handlesRequests(world) || world.package === undefined) return undefined;
  const own = qualifiedName(world.package.name, world.name);
  const text = declared(declarations).find(({ module }) => module === own)?.text;
  const name = /^ {2}export interface (\w+Exports) \{$/mu.exec(text ?? '')?.[1];
  return name === undefined ? undefined : { module: own, name };
}

/** The modules that generated files declare, with the text of each. */
function declared(
  declarations: readonly GeneratedFile[],
): readonly { readonly module: string; readonly text: string }[] {
  return declarations.flatMap(({ content }) =>
    content.split(/^declare module /mu).flatMap((text) => {
      const name = /^"(?:[^"\\]|\\.)*"(?= \{$)/mu.exec(text);
      return name?.index === 0 ? [{ module: JSON.parse(name[0]) as string, text }] : [];
    }),
  );
}
