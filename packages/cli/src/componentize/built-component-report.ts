import { check, type Reason, type Report } from '@wit-ts/check';
import { componentWorld, decode } from '@wit-ts/component';
import type { World } from '@wit-ts/model';
import type { WitInput } from '../read-input.ts';
import { mentionsWasi } from './engines.ts';

/** How a built component compares with its world. */
export interface BuiltComponentReport {
  readonly report: Report;
  /** The interfaces of WASI that the engine imports, and that the world does not name. */
  readonly engineImports: readonly string[];
}

/**
 * Compares a component with the world of its guest. An engine has its own imports of WASI: for a world that names
 * something of WASI, its host has the rest, too, and they are no reason against the component.
 */
export function reportOn(bytes: Uint8Array, { spanOf }: WitInput, world: World): BuiltComponentReport {
  const report = check(componentWorld(decode(bytes)), { world, ...(spanOf && { spanOf }) });
  const tolerated = mentionsWasi(world) ? report.reasons.filter(isImportOfWasi) : [];
  const reasons = report.reasons.filter((reason) => !tolerated.includes(reason));
  return {
    report: { ...report, reasons, satisfied: reasons.length === 0 },
    engineImports: tolerated.map(importedName),
  };
}

function isImportOfWasi(reason: Reason): boolean {
  return reason.code === 'import-not-offered' && importedName(reason).startsWith('wasi:');
}

function importedName({ path: [first] }: Reason): string {
  return first?.tag === 'import' ? first.name : '';
}
