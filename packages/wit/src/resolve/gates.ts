import type { Span } from '@wit-ts/diagnostics';
import { packageNameText, type Stability } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { place, type Off, type Session } from './session.ts';
import type { Unit } from './units.ts';
import { compareSemver } from './version-order.ts';

/** What the attributes of an item say. */
export interface Gate {
  readonly stability?: Stability;
  readonly externalId?: string;
  /** The gate is off: the item is left out of the contract. */
  readonly off?: Off;
}

const open: Gate = {};

/**
 * Reads the attributes of an item (`WIT.md`, "Feature Gates"). `site` is the item's name, where errors about the gate
 * are told.
 */
export function readGate(
  attributes: readonly ast.Attribute[],
  site: Span,
  unit: Unit,
  session: Session,
): Gate {
  if (attributes.length === 0) return open;
  const found: { [Tag in ast.Attribute['tag']]?: Extract<ast.Attribute, { tag: Tag }> } = {};
  for (const attribute of attributes) {
    const first = found[attribute.tag];
    if (first === undefined) {
      Object.assign(found, { [attribute.tag]: attribute });
      continue;
    }
    session.error('duplicate-attribute', attribute.span, `\`@${attribute.tag}\` stands here twice`, {
      related: place('first here', first.span),
      help: 'remove one of them',
    });
  }
  const { since, unstable, deprecated } = found;
  const externalId = found['external-id'];
  const also = externalId === undefined ? {} : { externalId: externalId.value };
  const until = deprecated === undefined ? {} : { deprecated: deprecated.version.text };
  if (since !== undefined) {
    if (unstable !== undefined) {
      session.error('conflicting-gates', since.span, 'an item is either stable or unstable, not both', {
        related: place('unstable here', unstable.span),
        help: 'remove `@unstable` once the feature is released in a version',
      });
    }
    checkVersion(since.version, site, unit, session);
    return { ...also, stability: { tag: 'stable', since: since.version.text, ...until } };
  }
  if (unstable !== undefined) {
    const feature = unstable.feature.name;
    const off = session.enabled(feature) ? {} : { off: { feature, span: unstable.span } };
    return { ...also, ...off, stability: { tag: 'unstable', feature, ...until } };
  }
  if (deprecated !== undefined) {
    session.error(
      'lone-deprecated',
      deprecated.span,
      '`@deprecated` needs `@since` or `@unstable` beside it',
      {
        help: 'add `@since(version = …)` with the version that introduced the item',
      },
    );
  }
  return also;
}

function checkVersion(version: ast.VersionNode, site: Span, unit: Unit, session: Session): void {
  const current = unit.name.version;
  const name = packageNameText(unit.name);
  const related = place('the gate is here', version.span);
  if (current === undefined) {
    if (unit.name.namespace === '') return;
    session.error(
      'unversioned-gate',
      site,
      `\`@since\` needs a version of package \`${name}\` to compare with`,
      {
        related,
        help: `write \`package ${name}@${version.text};\``,
      },
    );
  } else if (compareSemver(version.text, current) > 0) {
    session.error(
      'unreleased-gate',
      site,
      `this is said to exist since version ${version.text}, but the package is at ${current}`,
      { related, help: `raise the version of package \`${name}\`, or correct the gate` },
    );
  }
}

/** Reports a mention of something whose gate is off by something whose gate is not. */
export function reportOff(what: string, off: Off, site: Span, mention: Span, session: Session): void {
  const elsewhere = mention.start !== site.start || mention.file !== site.file;
  session.error('disabled-feature', site, `this needs ${what}, which belongs to feature \`${off.feature}\``, {
    related: [...(elsewhere ? place('mentioned here', mention) : []), ...place('gated here', off.span)],
    help: `enable the feature with \`--features ${off.feature}\`, or gate this item by the same feature`,
  });
}
