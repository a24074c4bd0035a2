import type { Span } from '@wit-ts/diagnostics';
import type { TypeDef } from '@wit-ts/model';
import type { DisabledFeature, Resolution } from './resolution.ts';
import { relatedAt } from './resolution.ts';

/** What a name of an interface or a world stands for. */
export type Entry = { readonly span: Span } &
  /** `def` is missing where the definition has errors; mentions of it are not reported again. */
  (
    | { readonly tag: 'type'; readonly def?: TypeDef; readonly disabledBy?: DisabledFeature }
    | { readonly tag: 'function' }
  );

/** The names of one interface, or of one world's types. Names of an interface must be unique. */
export class MemberScope {
  readonly entries = new Map<string, Entry>();
  /** A `use` was not understood, and may have brought any name. */
  incomplete = false;

  /** Adds a name, unless it is taken, which is reported at the later of the two. Returns whether it was free. */
  define(name: string, entry: Entry, resolution: Resolution): boolean {
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
