import type { Span } from '@wit-ts/diagnostics';
import type { TypeDef } from '@wit-ts/model';
import type { DisabledFeature, Resolution } from './resolution.ts';
import { relatedAt } from './resolution.ts';

/** The meaning of a name of an interface or a world. */
type ScopeEntry = { readonly span: Span } &
  /** `def` is missing if the definition has errors; mentions of it are not reported again. */
  (
    | { readonly tag: 'type'; readonly def?: TypeDef; readonly disabledBy?: DisabledFeature }
    | { readonly tag: 'function' }
  );

/** The names of the members of an interface, or of the types of a world. They must be unique. */
export class MemberScope {
  readonly entries = new Map<string, ScopeEntry>();
  /** Whether a `use` could not be read, so that it may have added any name. */
  incomplete = false;

  /** Adds a name, unless it is taken: then the later of the two is reported. Returns whether it was free. */
  define(name: string, entry: ScopeEntry, resolution: Resolution): boolean {
    const first = this.entries.get(name);
    if (first === undefined) {
      if (name !== '') this.entries.set(name, entry);
      return true;
    }
    const [earlier, later] = first.span.start < entry.span.start ? [first, entry] : [entry, first];
    resolution.error('duplicate-name', later.span, `\`${name}\` is defined twice`, {
      related: relatedAt('first defined here', earlier.span),
      help: 'rename one of them; `use` can rename what it adds with `as`',
    });
    return false;
  }
}
