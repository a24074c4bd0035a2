import type { Span } from '@wit-ts/diagnostics';
import { packageNameText, type Stability } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import { relatedAt, type DisabledFeature, type Resolution } from './resolution.ts';
import type { SourcePackage } from './source-packages.ts';
import { compareSemver } from './version-order.ts';

/** The meaning of the attributes of an item. */
export interface Gate {
  readonly stability?: Stability;
  readonly externalId?: string;
  /** Set when a disabled feature gates the item, which is then left out of the contract. */
  readonly disabledBy?: DisabledFeature;
}

const open: Gate = {};

/**
 * Reads the attributes of an item (`WIT.md`, "Feature Gates"). `site` is the item's name, at which errors about gates
 * are reported.
 */
export function readGate(
  attributes: readonly ast.Attribute[],
  site: Span,
  sourcePackage: SourcePackage,
  resolution: Resolution,
): Gate {
  if (attributes.length === 0) return open;
  const found: { [Tag in ast.Attribute['tag']]?: Extract<ast.Attribute, { tag: Tag }> } = {};
  for (const attribute of attributes) {
    const first = found[attribute.tag];
    if (first === undefined) {
      Object.assign(found, { [attribute.tag]: attribute });
      continue;
    }
    resolution.error('duplicate-attribute', attribute.span, `\`@${attribute.tag}\` is given twice`, {
      related: relatedAt('first given here', first.span),
      help: 'remove one of them',
    });
  }
  const { since, unstable, deprecated } = found;
  const externalId = found['external-id'];
  const also = externalId === undefined ? {} : { externalId: externalId.value };
  const until = deprecated === undefined ? {} : { deprecated: deprecated.version.text };
  if (since !== undefined) {
    if (unstable !== undefined) {
      resolution.error('conflicting-gates', since.span, 'an item is either stable or unstable, not both', {
        related: relatedAt('unstable here', unstable.span),
        help: 'remove `@unstable` once the feature is released in a version',
      });
    }
    checkVersion(since.version, site, sourcePackage, resolution);
    return { ...also, stability: { tag: 'stable', since: since.version.text, ...until } };
  }
  if (unstable !== undefined) {
    const feature = unstable.feature.name;
    const disabledBy = resolution.enabled(feature) ? {} : { disabledBy: { feature, span: unstable.span } };
    return { ...also, ...disabledBy, stability: { tag: 'unstable', feature, ...until } };
  }
  if (deprecated !== undefined) {
    resolution.error(
      'lone-deprecated',
      deprecated.span,
      '`@deprecated` requires `@since` or `@unstable` on the same item',
      {
        help: 'add `@since(version = …)` with the version that introduced the item',
      },
    );
  }
  return also;
}

function checkVersion(
  version: ast.VersionNode,
  site: Span,
  sourcePackage: SourcePackage,
  resolution: Resolution,
): void {
  const current = sourcePackage.name.version;
  const name = packageNameText(sourcePackage.name);
  const related = relatedAt('the gate is here', version.span);
  if (current === undefined) {
    if (sourcePackage.name.namespace === '') return;
    resolution.error('unversioned-gate', site, `\`@since\` requires a version of package \`${name}\``, {
      related,
      help: `write \`package ${name}@${version.text};\``,
    });
  } else if (compareSemver(version.text, current) > 0) {
    resolution.error(
      'unreleased-gate',
      site,
      `this item says that it exists since version ${version.text}, but the package is at version ${current}`,
      { related, help: `raise the version of package \`${name}\`, or correct the gate` },
    );
  }
}

/** Reports an enabled item that mentions a disabled one. */
export function reportDisabled(
  what: string,
  disabledBy: DisabledFeature,
  site: Span,
  mention: Span,
  resolution: Resolution,
): void {
  const elsewhere = mention.start !== site.start || mention.file !== site.file;
  resolution.error(
    'disabled-feature',
    site,
    `this needs ${what}, which belongs to feature \`${disabledBy.feature}\``,
    {
      related: [
        ...(elsewhere ? relatedAt('mentioned here', mention) : []),
        ...relatedAt('gated here', disabledBy.span),
      ],
      help: `enable the feature with \`--features ${disabledBy.feature}\`, or gate this item by the same feature`,
    },
  );
}
